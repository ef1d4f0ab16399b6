"""What is said to a person in English, so that a page can say it in another language: the sentence and what fills its places."""

from collections.abc import Callable


class Said(str):
    """A sentence in English that remembers the sentence it was made of and the values of its places."""

    template: str
    values: dict[str, object]

    def __reduce__(self) -> tuple[Callable[..., "Said"], tuple[str, dict[str, object]]]:
        return _made, (self.template, self.values)

    def told(self, translate: Callable[[str], str]) -> str:
        """Return it in the language that `translate` knows; values that are themselves said are translated too."""
        values = {key: each.told(translate) if isinstance(each, Said) else each for key, each in self.values.items()}
        template = translate(self.template)
        return template % values if values else template


def said(template: str, **values: object) -> Said:
    """Return a sentence with its places (`%(name)s`) filled. `make messages` finds these sentences by this name."""
    return _made(template, values)


def _made(template: str, values: dict[str, object]) -> Said:
    made = Said(template % values if values else template)
    made.template, made.values = template, values
    return made
