"""In which of our languages a text is written: what the notice states is often wrong in Belgium, or says two at once."""

from tender_parsers.notice import two_letters

_MARKS = {
    language: frozenset(marks.split())
    for language, marks in {
        "fr": "le la les des du de et est une un dans pour par sur aux ou ce qui sont avec",
        "nl": "de het een van voor en met op aan zijn wordt niet bij door te is dat worden tot",
        "en": "the of and to for in be is with by on or will are this that from must as an",
    }.items()
}
"""Words without which hardly a sentence goes; an assumption of ours."""
_CERTAIN = 3
"""Marks by which another language must lead before what the notice states is set aside; an assumption of ours."""


def languages_of(words: frozenset[str], stated: str | None) -> tuple[str, ...]:
    """The languages whose rules apply to a text of these folded words.

    The stated one where it is ours; another one too where its marks outnumber those of the stated one clearly. Where
    none is stated and no mark tells: all three. A text in another language: none.
    """
    counts = {language: len(words & marks) for language, marks in _MARKS.items()}
    own = two_letters(stated)
    best = max(counts, key=lambda language: counts[language])
    if own in counts:
        leads = counts[best] - counts[own] >= _CERTAIN
        return (own, best) if leads else (own,)
    if own is not None:
        return (best,) if counts[best] >= 2 * _CERTAIN else ()
    return (best,) if counts[best] >= _CERTAIN else tuple(_MARKS)
