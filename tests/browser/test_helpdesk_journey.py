"""The helpdesk's whole journey, in each language: a vague mail, its answer, an article made of it, and the figures.

Real SMTP and IMAP servers carry the mail, a real Chromium shows the pages; only the clock is the test's.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from serving import served

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str((Path(__file__).parent / "../accounts").resolve()))
sys.path.insert(0, str((Path(__file__).parent / "../helpdesk").resolve()))
sys.path.insert(0, str((Path(__file__).parent / "../helpdesk/mail").resolve()))

import mail_servers
import mails
from helpdesk_people import Journey, Somebody
from helpdesk_stories import READY, STORIES
from people import PASSWORD_HASH, add_user
from ticket_samples import Clock, ask

from mpdi import clock
from mpdi.accounts.roles import Grant, Role
from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.helpdesk.queue_operations import save_ready_answer
from mpdi.helpdesk.vocabulary import Obstacle
from mpdi.jobs.models import OutboxEvent
from mpdi.services import EXTENSION, Services

pytestmark = [pytest.mark.browser, pytest.mark.services]
FACILITATOR, COLLEAGUE, COORDINATOR = "Fatima Facilitatrice", "Jan Collega", "Cora Coordination"
DOUBTFUL = (
    "Not published yet: %(count)s wordings could identify somebody. Change each, or confirm that it identifies nobody."
)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[mail_servers.Dovecot]:
    """A mailbox of the helpdesk and one of everybody else."""
    if not Path(mail_servers.DOVECOT).exists() or not Path("/usr/lib/dovecot/imap-login").exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs the Debian package “dovecot-imapd”")
    with mail_servers.dovecot() as server:
        yield server


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A Tuesday morning, which goes on when the test says so."""
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    monkeypatch.setattr(clock, "today", made.today)
    return made


@pytest.fixture
def application(time, library_home, warm_library, dovecot, tmp_path, monkeypatch):
    """A portal of one's own that has a mailbox and a server to send by."""
    dovecot.empty()
    with mail_servers.postman(dovecot, mails.OURS) as post:
        monkeypatch.setenv("MPDI_MAIL_FROM", f"Helpdesk <{mails.OURS}>")
        monkeypatch.setenv("MPDI_IMAP_URL", dovecot.url())
        monkeypatch.setenv("MPDI_SMTP_URL", post.url)
        home = tmp_path / "home"
        shutil.copytree(library_home, home)
        database_url = f"sqlite:///{home / 'mpdi.sqlite3'}"
        made = create_app(Settings(home, database_url, "a secret of the tests", sends_mail=True))
        services: Services = replace(made.extensions[EXTENSION], library=warm_library)
        made.extensions[EXTENSION] = services
        services.suggestions.warm()
        yield made
        services.database.engine.dispose()


@pytest.fixture
def portal(application) -> Iterator[str]:
    """The address of that portal: `visit` opens browsers on it."""
    with served(application) as address:
        yield address


@pytest.fixture(params=STORIES, ids=lambda story: story.language)
def journey(request, application, visit: Callable[..., Page], dovecot, time) -> Journey:
    """A helpdesk with its people, a ready answer, and two questions of others that named the same obstacle."""
    services: Services = application.extensions[EXTENSION]
    with services.database.writing() as session:
        # That 45 clauses were loaded is in the search index already.
        session.query(OutboxEvent).delete()
        for name, role in (
            (FACILITATOR, Role.FACILITATOR),
            (COLLEAGUE, Role.FACILITATOR),
            (COORDINATOR, Role.COORDINATOR),
        ):
            user = add_user(session, Grant(role), email=address_of(name), name=name, password_hash=PASSWORD_HASH)
            user.language = request.param.language
        save_ready_answer(session, READY)
        for language, body in (("fr", "Quel papier recyclé demander ?"), ("nl", "Welke lampen zijn zuinig?")):
            ask(session, body, language=language, obstacles=(Obstacle.A1,))
    return Journey(request.param, visit, services, dovecot, time)


def address_of(name: str) -> str:
    """The address a person signs in with."""
    return f"{name.split()[0].lower()}@helpdesk.example"


def test_from_a_vague_mail_to_a_published_article_and_its_figures(journey: Journey):
    number = question_arrives_by_mail(journey)
    facilitator_sorts_it_and_hands_it_over(journey, number)
    colleague = colleague_answers(journey, number)
    buyer_reads_and_replies_by_mail(journey, number)
    colleague_sees_the_reply_and_resolves(journey, number, colleague)
    slug = answer_becomes_an_article(journey, number, colleague)
    visitor_finds_it(journey, slug)
    coordinator_reads_the_figures(journey)
    coordinator_publishes_the_obstacles(journey)


def question_arrives_by_mail(journey: Journey) -> str:
    story = journey.story
    journey.mailbox.put(mails.raw(subject=story.subject, body=story.question, mail_id="<q1@commune.example>"))
    assert "1 filed" in journey.background()
    [acknowledgement] = journey.mailbox.received("other")
    assert acknowledgement["Auto-Submitted"] == "auto-replied"
    assert story.acknowledged in acknowledgement.get_content()
    found = re.search(r"MPDI-\d{4}-\d{5}", acknowledgement["Subject"])
    assert found, "the number by which the buyer can name the question"
    return found[0]


def facilitator_sorts_it_and_hands_it_over(journey: Journey, number: str) -> None:
    story, who = journey.story, journey.somebody().sign_in(address_of(FACILITATOR))
    who.go_to("Queue")
    row = who.page.locator("[data-ticket]", has_text=number)
    expect(row).to_contain_text(who.say("Food"))
    who.look()
    row.get_by_role("link", name=story.subject).click()
    expect(who.page.locator(".message-incoming")).to_contain_text("Elise Dupont")
    expect(who.page.locator(".insertable")).to_contain_text("ENV-CLEAN-001")
    who.look()
    who.press("Sustainable")
    who.is_told("Sent to: %(body)s.", body=who.say("Sustainable purchases: Brussels Environment"))
    who.unfold("Write an internal note")
    who.page.get_by_label(who.say("Note: the asker never sees it")).fill(story.note)
    who.press("Keep the note")
    expect(who.page.locator(".message-note")).to_contain_text(story.note)
    who.page.get_by_label(who.say("Nature of the question")).select_option("technical")
    who.page.get_by_label(who.say("Sustainable criteria or local supply not known")).check()
    who.press("Store the facts")
    who.is_told("The facts are stored.")
    folded = who.unfold("Hand over")
    folded.get_by_label(who.say("To"), exact=True).select_option(label=COLLEAGUE)
    folded.get_by_label(who.say("What the next one must know")).fill(story.hand_over)
    who.press("Hand over", folded)
    expect(who.page.locator(".ticket-side")).to_contain_text(COLLEAGUE)
    who.look()
    who.page.close()


def colleague_answers(journey: Journey, number: str) -> Somebody:
    story, who = journey.story, journey.somebody().sign_in(address_of(COLLEAGUE))
    journey.time.forward(hours=3)
    who.go_to("Queue")
    who.follow(who.say("Mine"))
    expect(who.page.locator("[data-ticket]")).to_have_count(1)
    who.follow(story.subject)
    expect(who.page.locator(".message-note").last).to_contain_text(story.hand_over)
    answer = who.page.get_by_label(who.say("Your answer"))
    answer.fill(story.answer)
    answer.press("Control+End")
    title, text = (READY.title_fr, READY.text_fr) if story.language == "fr" else (READY.title_nl, READY.text_nl)
    ready = who.page.locator("details.ready", has_text=title)
    ready.locator("summary").click()
    ready.get_by_role("button", name=who.say("Put into the answer")).click()
    assert answer.input_value() == f"{story.answer}\n\n{text}"
    who.press("Send the answer")
    who.is_told("Your answer is sent.")
    who.look()
    return who


def buyer_reads_and_replies_by_mail(journey: Journey, number: str) -> None:
    journey.background()
    # Those who answer get mails too, of what happens; they answer no mail.
    answer = [each for each in journey.mailbox.received("other") if each["In-Reply-To"]][-1]
    assert (answer["In-Reply-To"], answer["Auto-Submitted"]) == ("<q1@commune.example>", None)
    assert "ENV-CLEAN-001" in answer.get_content()
    assert journey.story.note not in answer.get_content()
    reply = mails.mail(f"RE: {answer['Subject']}", journey.story.thanks, In_Reply_To=answer["Message-ID"])
    journey.mailbox.put(reply.as_bytes())
    assert "1 filed" in journey.background()


def colleague_sees_the_reply_and_resolves(journey: Journey, number: str, who: Somebody) -> None:
    who.page.reload()
    said = who.page.locator(".message-outgoing .mark")
    expect(said).to_have_text(who.say("Sent by mail"))
    reply = who.page.locator(".message-incoming").last
    expect(reply.locator("> article > .message-body")).to_have_text(journey.story.thanks.split("\n")[0])
    expect(reply).to_contain_text(who.say("Earlier text, quoted"))
    who.press("Resolve")
    who.is_told("The question is resolved. You can make an article of the answer.")
    expect(who.page.locator(".ticket-head")).to_contain_text(who.say("Resolved"))
    who.look()


def answer_becomes_an_article(journey: Journey, number: str, who: Somebody) -> str:
    story = journey.story
    who.press("Make an article of it")
    words = who.page.locator("main").inner_text()
    assert story.private[-1] not in words, "what surely tells who asked is taken out by itself"
    who.look()
    who.press("Publish")
    who.is_told(DOUBTFUL, "problem", count="1")
    expect(who.page.locator("#doubts mark").first).to_have_text("Elise")
    who.look()
    for part, text in (("Title", story.title), ("The question", story.cleaned_question)):
        field(who, part, story.language).fill(text)
    answer = field(who, "The answer", story.language)
    answer.fill(answer.input_value().replace(story.forgotten, story.instead))
    who.press("Publish")
    who.is_told("Published: everybody can read it.")
    expect(who.page.locator("h1")).to_have_text(story.title)
    return who.page.url.rpartition("/")[2]


def field(who: Somebody, part: str, language: str):
    return who.page.locator(f"textarea[lang={language}]").and_(who.page.get_by_label(who.say(part)))


def visitor_finds_it(journey: Journey, slug: str) -> None:
    journey.background()
    story, who = journey.story, journey.somebody()
    who.go_to("Answers")
    who.page.get_by_label(who.say("Your question, in your own words")).fill(story.search)
    who.press("Search")
    who.look()
    who.follow(story.title)
    text = who.page.locator("main").inner_text()
    assert not [each for each in story.private if each in text]
    who.look()
    who.press("It helped")
    who.is_told("Thank you. Your answer is counted, without anything about you.")
    who.go_to("Ask a question")
    who.page.get_by_label(who.say("Your question"), exact=False).first.press_sequentially(story.similar)
    suggested = who.page.locator("#suggestions").get_by_role("link", name=story.title)
    expect(suggested).to_have_attribute("href", f"/answers/{slug}")
    who.look()
    who.page.locator("#suggestions li", has_text=story.title).get_by_role("button").click()
    who.is_told("Thank you. If your question is answered, you need not send it.")


def figure(who: Somebody, name: str):
    """The figure under exactly this name: other names may contain its words ("Questions posées deux fois")."""
    named = who.page.get_by_text(who.say(name), exact=True)
    return who.page.locator(".figures div", has=named).locator(".figure")


def coordinator_reads_the_figures(journey: Journey) -> None:
    who = journey.somebody().sign_in(address_of(COORDINATOR))
    who.go_to("Figures")
    figures = who.page.locator(".figures")
    expect(figure(who, "Questions asked")).to_have_text("3")
    expect(figure(who, "First answer, median")).to_have_text("3 h")
    right = "%(num)s of %(total)s questions that somebody answered, took or sent on"
    expect(figures).to_contain_text(who.words.ngettext(right, right, 0) % {"num": 0, "total": 1})
    expect(figures).to_contain_text(
        who.words.ngettext("%(num)s question asked in all", "%(num)s questions asked in all", 3) % {"num": 3}
    )
    obstacle = who.page.get_by_role("row", name=who.say("Sustainable criteria or local supply not known"))
    expect(obstacle).to_contain_text("3/3")
    shown_and_enough = who.page.get_by_role("row", name=journey.story.title).locator(".number")
    expect(shown_and_enough).to_have_text(["1", "1", "100 %"])
    who.look()
    with who.page.expect_download() as download:
        who.follow(who.say("All figures for a spreadsheet (CSV)"))
    assert "O-A1" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    who.go_to("Articles")
    row = who.page.get_by_role("row", name=journey.story.title)
    expect(row.locator(".number").first).to_have_text("1")
    who.look()


def coordinator_publishes_the_obstacles(journey: Journey) -> None:
    journey.time.forward(days=45)
    who = journey.somebody().sign_in(address_of(COORDINATOR))
    who.page.goto("/helpdesk/obstacles")
    who.look()
    who.press("Publish these counts")
    who.is_told("Published: everybody can read it.")
    reader = journey.somebody("/obstacles")
    row = reader.page.get_by_role("row", name=reader.say("Sustainable criteria or local supply not known"))
    expect(row.locator(".number")).to_have_text("3")
    reader.look()
