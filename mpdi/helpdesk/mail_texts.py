"""The words of mails that no person writes: `templates/helpdesk/mails/`, the subject on the first line. Pure."""

from functools import lru_cache
from string import Template

from mpdi.resources import folder


def mail_text(name: str, language: str, **values: str) -> tuple[str, str]:
    """Return subject and body of a mail in the language of its reader, French where it is another than ours."""
    subject, _, body = _words(name, language_of_reader(language)).partition("\n")
    one_line = {key: " ".join(value.split()) for key, value in values.items()}
    return Template(subject.strip()).substitute(one_line), Template(body.strip() + "\n").substitute(one_line)


def mail_part(name: str, language: str, **values: str) -> str:
    """Return words that stand under a mail, such as its signature: they have no subject, and values keep their lines."""
    return Template(_words(name, language_of_reader(language)).strip() + "\n").substitute(values)


def language_of_reader(language: str) -> str:
    """Return the language of ours that a mail is written in: French where its reader has another."""
    return language if language in ("fr", "nl") else "fr"


@lru_cache
def _words(name: str, language: str) -> str:
    return (folder("templates") / "helpdesk" / "mails" / f"{name}.{language}.txt").read_text(encoding="utf-8")
