"""The words of mails that no person writes: `templates/helpdesk/mails/`, the subject on the first line. Pure."""

from functools import lru_cache
from string import Template

from mpdi.resources import folder


def mail_text(name: str, language: str, **values: str) -> tuple[str, str]:
    """Return subject and body of a mail in the language of its reader, French where it is another than ours."""
    subject, body = _templates(name, language if language in ("fr", "nl") else "fr")
    one_line = {key: " ".join(value.split()) for key, value in values.items()}
    return subject.substitute(one_line), body.substitute(one_line)


@lru_cache
def _templates(name: str, language: str) -> tuple[Template, Template]:
    path = folder("templates") / "helpdesk" / "mails" / f"{name}.{language}.txt"
    subject, _, body = path.read_text(encoding="utf-8").partition("\n")
    return Template(subject.strip()), Template(body.strip() + "\n")
