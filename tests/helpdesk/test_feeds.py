"""The feed of articles: valid Atom, an entry for each language, nothing hostile in it."""

import datetime

from article_samples import answered, services_of
from lxml import etree

from mpdi.accounts.roles import Person
from mpdi.feeds import Feed, FeedEntry, atom
from mpdi.helpdesk.article_operations import ArticleTexts, change_article, draft_from_ticket, publish_article

NS = {"a": "http://www.w3.org/2005/Atom"}
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


def published(app, **words):
    """An article with these words."""
    found = services_of(app)
    with found.database.writing() as session:
        article = draft_from_ticket(session, answered(session), Person())
        change_article(session, article, ArticleTexts(words), article.revision, Person())
        publish_article(session, article, found.library.library(session), article.revision, Person())
        return article.slug


BOTH = {
    "title_fr": "Écolabel & preuve", "question_fr": "Peut-on l'exiger ?", "answer_fr": "Oui.",
    "title_nl": "Ecolabel en bewijs", "question_nl": "Mag dat?", "answer_nl": "Ja.",
}


def read(client):
    answer = client.get("/answers/feed.xml?language=fr")
    assert answer.mimetype == "application/atom+xml"
    return etree.fromstring(answer.data)


def test_an_article_in_two_languages_has_an_entry_in_each(app, client):
    slug = published(app, **BOTH)
    feed = read(client)
    entries = feed.findall("a:entry", NS)
    assert [each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in entries] == ["fr", "nl"]
    assert entries[0].findtext("a:title", namespaces=NS) == "Écolabel & preuve"
    addresses = [each.find("a:link", NS).get("href") for each in entries]
    assert addresses == [f"http://127.0.0.1:8000/answers/{slug}?content={language}" for language in ("fr", "nl")]
    assert "Mag dat?" in client.get(addresses[1]).get_data(as_text=True)


def test_every_element_that_atom_asks_for_is_there_once_and_identifiers_differ(app, client):
    published(app, **BOTH)
    published(app, **BOTH | {"title_nl": "", "question_nl": "", "answer_nl": ""})
    feed = read(client)
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"a:{name}", NS)) == 1
        assert all(len(entry.findall(f"a:{name}", NS)) == 1 for entry in feed.findall("a:entry", NS))
    assert feed.find("a:author/a:name", NS) is not None
    identifiers = [each.text for each in feed.iterfind(".//a:id", NS)]
    assert len(identifiers) == len(set(identifiers)) == 4
    moments = [each.text for each in feed.iterfind(".//a:updated", NS)]
    assert all(datetime.datetime.fromisoformat(each).tzinfo for each in moments)


def test_an_empty_feed_is_valid_too(client):
    feed = read(client)
    assert feed.findall("a:entry", NS) == []
    assert feed.findtext("a:updated", namespaces=NS)


def test_who_asks_again_gets_nothing_where_nothing_changed(app, client):
    published(app, **BOTH)
    tag = client.get("/answers/feed.xml").headers["ETag"]
    assert client.get("/answers/feed.xml", headers={"If-None-Match": tag}).status_code == 304


def test_hostile_words_and_control_characters_make_no_broken_feed():
    entry = FeedEntry("https://x/1", "fr", "<b>\x00\x0b & ]]>", "\ufffe\ud800".encode("utf-8", "ignore").decode() + "texte\n", NOON, NOON)
    made = atom(Feed("T", "MPDI", "https://x/feed", "https://x", NOON, [entry]))
    title = etree.fromstring(made).findtext("a:entry/a:title", namespaces=NS)
    assert title == "<b> & ]]>"
    assert made == atom(Feed("T", "MPDI", "https://x/feed", "https://x", NOON, [entry]))
