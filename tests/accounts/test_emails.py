"""Addresses: what is taken for one, and when two are the same."""

import pytest

from mpdi.accounts.emails import InvalidEmailError, cleaned, email_key


@pytest.mark.parametrize("text", ["a@b.be", " Jan.De-Smet+x@ukkel.brussels ", "o'neil@example.org", "é@exämple.be"])
def test_addresses_are_taken(text: str) -> None:
    assert cleaned(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "@b.be", "a@", "a@.be", "a@b.", "a b@c.be", "a@b.be, c@d.be", "a@b.be\nBcc: c@d.be", "<a@b.be>",
     "a@b.be\x00", "x" * 250 + "@b.be", "a@b@c.be"],
)  # fmt: skip
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidEmailError):
        cleaned(text)


def test_two_ways_of_writing_one_address_are_the_same() -> None:
    assert email_key(" Ann@Example.Brussels") == email_key("ann@example.brussels")
    assert email_key("a@b.be") != email_key("a@b.bel")
