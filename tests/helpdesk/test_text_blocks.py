"""Texts as pages show them: links that may be followed and no others, lists, paragraphs; in the conversation too."""

import re

import pytest
from flask import Flask
from ticket_browsers import Browser, in_database, signed_in
from ticket_samples import ask

from mpdi.accounts.roles import Role
from mpdi.helpdesk.text_blocks import blocks
from mpdi.helpdesk.vocabulary import Route

ANSWER = """Bonjour,
voyez https://mpdi.example/clauses/ENV-CLEAN-001 (et http://eu.example/a_(b)?x=1&y=2).

- premier point
  qui continue
- second point <b>gras</b>

3. trois
4. quatre

javascript:alert(1) et https://belgium.be@evil.example/x"""


def addresses(text: str) -> list[str]:
    return [piece.address for block in blocks(text) for line in block.lines for piece in line if piece.address]


@pytest.mark.parametrize(("text", "expected"), [
    ("https://a.example.", ["https://a.example"]),
    ("(voir https://a.example/x)", ["https://a.example/x"]),
    ("https://a.example/x_(y), puis HTTP://b.example/?", ["https://a.example/x_(y)", "HTTP://b.example/"]),
    ("« https://a.example/é »", ["https://a.example/é"]),
    ("javascript:alert(1) data:text/html,x ftp://a.example https:// http://[ https://user@b.example", []),
])
def test_only_plain_web_addresses_become_links(text: str, expected: list[str]) -> None:
    assert addresses(text) == expected


def test_no_word_is_lost_and_numbers_that_do_not_count_on_stay() -> None:
    text = "12. article\n7. autre\n\n1) un\n2) deux\n\n24. november"
    made = blocks(text)
    assert [(block.is_list, block.first) for block in made] == [(False, None), (True, 1), (True, 24)]
    assert "".join(piece.words for piece in made[0].lines[0]) == "12. article"


def test_clauses_are_told_apart_but_not_within_an_address() -> None:
    (block,) = blocks("ENV-CLEAN-001, https://x.example/ENV-CLEAN-001 et ENV-NONE-999", {"ENV-CLEAN-001"})
    assert [piece.clause for piece in block.lines[0] if piece.clause] == ["ENV-CLEAN-001"]


def test_an_answer_reads_as_it_was_meant_behind_the_private_link(app: Flask) -> None:
    with in_database(app) as session:
        number = ask(session, "Quel label pour le nettoyage ?").number
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(f"/helpdesk/tickets/{number}/answer", {"body": ANSWER, "language": "fr"})
    page = fatima.get(f"/helpdesk/tickets/{number}")
    links = re.findall(r'<a class="address" href="([^"]+)" rel="nofollow noopener noreferrer">', page)
    assert links == ["https://mpdi.example/clauses/ENV-CLEAN-001", "http://eu.example/a_(b)?x=1&amp;y=2"]
    assert "<ul><li>premier point qui continue</li><li>second point &lt;b&gt;gras&lt;/b&gt;</li></ul>" in page
    assert '<ol start="3"><li>trois</li><li>quatre</li></ol>' in page
    assert 'href="javascript' not in page


def test_the_asker_sees_the_links_too(app: Flask) -> None:
    visitor = Browser(app)
    fields = {"question": "Est-ce https://label.example/fr ?", "language": "fr", "email": "ann@example.org", "action": "send"}
    address = visitor.post("/questions/new", fields).headers["Location"]
    page = visitor.get(address.removesuffix("/sent"))
    assert '<a class="address" href="https://label.example/fr" rel="nofollow noopener noreferrer">' in page
