"""A guide against the library it leads to: clauses, articles, numbers and terms all exist, and none is surer than read."""

from collections.abc import Collection, Iterator

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.reference_data import ReferenceData
from mpdi.guides.errors import GuideClauseError, GuideFileError, GuideLawError, GuideNumberError, GuideTermError
from mpdi.guides.model import Glossary, Guide, LawPoint
from mpdi.guides.numbers import number_keys
from mpdi.guides.reading import Guides


def faults(guides: Guides, clauses: Collection[str], reference: ReferenceData) -> list[GuideFileError]:
    """Return what is wrong, nothing where all is well; `clauses` are the identifiers of the library."""
    found = [fault for guide in guides.all for fault in _guide(guide, clauses, reference)]
    return [*found, *_glossary(guides.glossary, clauses, reference)]


def _guide(guide: Guide, clauses: Collection[str], reference: ReferenceData) -> Iterator[GuideFileError]:
    file = f"{guide.slug}.yaml"
    for clause in guide.clauses:
        if clause.id not in clauses:
            yield GuideClauseError(f"{file}: clauses: the library has no “{clause.id}”. Mend the identifier.")
    for point in guide.law:
        yield from _law(file, point, reference)
    for place, text in guide.texts():
        yield from _numbers(file, place, text, reference)


def _law(file: str, point: LawPoint, reference: ReferenceData) -> Iterator[GuideFileError]:
    act = reference.instruments.get(point.act)
    read = act.articles.get(point.article) if act else None
    if read is None:
        yield GuideLawError(f"{file}: law: {point.act}, {point.article} is not in law/instruments.yaml. Add it there.")
    elif point.certainty.rank > read.rank:
        yield GuideLawError(
            f"{file}: law: {point.act}, {point.article} is “{read}” in law/instruments.yaml: claim no more."
        )


def _numbers(file: str, place: str, text: Bilingual, reference: ReferenceData) -> Iterator[GuideFileError]:
    french, dutch = number_keys(text.fr), number_keys(text.nl)
    if french != dutch:
        yield GuideNumberError(f"{file}: {place}: the numbers differ between French and Dutch. Use the same.")
    for key in sorted(french | dutch):
        if key not in reference.numbers:
            yield GuideNumberError(f"{file}: {place}: “{key}” is not in law/numbers.yaml. Mend the key.")


def _glossary(glossary: Glossary, clauses: Collection[str], reference: ReferenceData) -> Iterator[GuideFileError]:
    file, concepts = "glossary.yaml", {term.concept for term in reference.terms}
    for term in glossary.terms:
        if term.concept is not None and term.concept not in concepts:
            yield GuideTermError(f"{file}: terms.{term.key}: “{term.concept}” is not in glossary/terms.yaml.")
        for identifier in term.clauses:
            if identifier not in clauses:
                yield GuideClauseError(f"{file}: terms.{term.key}: the library has no “{identifier}”.")
    for place, text in glossary.texts():
        yield from _numbers(file, place, text, reference)
