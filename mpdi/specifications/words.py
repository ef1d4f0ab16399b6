"""The words a document shows for closed values and fixed phrases (`labels.yaml` and `phrases.yaml` of `templates/documents/`)."""

from mpdi.specifications.skeleton import read_document_data


def label(group: str, value: str, language: str) -> str:
    """Return the word for a value: `label("nature", "services", "nl")` is “diensten”."""
    text: str = read_document_data("labels")[group][value][language]
    return text


def phrase(key: str, language: str, **places: str) -> str:
    """Return a fixed phrase, its places filled."""
    text: str = read_document_data("phrases")[key][language]
    return text.format(**places) if places else text
