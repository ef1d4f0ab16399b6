"""Files changed as a buyer changes them, with another program."""

from io import BytesIO

import docx


def edited(data: bytes, old: str, new: str) -> bytes:
    """Change words as a buyer would, with a word processor."""
    document, changed = docx.Document(BytesIO(data)), 0
    for each in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        if each.text and old in each.text:
            each.text = each.text.replace(old, new)
            changed += 1
    assert changed, f"“{old}” does not stand in the file"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def without(data: bytes, identifier: str) -> bytes:
    """Delete the heading of a clause."""
    document = docx.Document(BytesIO(data))
    for control in list(
        document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}sdt")
    ):
        if f"mpdi:clause:{identifier}@" in docx.oxml.xmlchemy.serialize_for_reading(control):
            control.getparent().remove(control)
    target = BytesIO()
    document.save(target)
    return target.getvalue()
