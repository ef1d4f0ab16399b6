"""People at browsers in the helpdesk's journey: they read and press what the interface says in their language."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from babel.support import Translations
from helpdesk_stories import Story
from mail_servers import Dovecot
from people import PASSWORD
from playwright.sync_api import Locator, Page, expect
from ticket_samples import Clock

import mpdi
from mpdi.helpdesk.mail.worker import mail_rounds
from mpdi.helpdesk.routing import understanding_by
from mpdi.services import Services

TRANSLATIONS = Path(mpdi.__file__).parent / "translations"


@dataclass
class Somebody:
    """A person at a browser: reads and presses what the interface says in its language."""

    page: Page
    words: Translations

    def say(self, msgid: str, **values: str) -> str:
        """The words of the interface."""
        said: str = self.words.gettext(msgid)
        return said % values if values else said

    def press(self, msgid: str, inside: Locator | None = None, **values: str) -> None:
        (inside or self.page).get_by_role("button", name=self.say(msgid, **values), exact=True).click()

    def follow(self, words: str) -> None:
        self.page.locator("main").get_by_role("link", name=words, exact=True).first.click()

    def go_to(self, msgid: str) -> None:
        """Follow a link of the menus."""
        self.page.get_by_role("navigation").get_by_role("link", name=self.say(msgid), exact=True).click()

    def unfold(self, msgid: str) -> Locator:
        """Open what is folded under these words."""
        found = self.page.locator("details", has=self.page.locator(f":scope > summary:text-is('{self.say(msgid)}')"))
        if found.get_attribute("open") is None:
            found.locator("> summary").click()
        return found

    def is_told(self, msgid: str, kind: str = "done", **values: str) -> None:
        expect(self.page.locator(f".notice-{kind}").first).to_contain_text(self.say(msgid, **values))

    def look(self) -> None:
        """What axe finds, and whether the page fits on the screen."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}: {found.generate_report()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"

    def sign_in(self, address: str) -> "Somebody":
        self.page.get_by_role("link", name=self.say("Sign in"), exact=True).click()
        self.page.get_by_label(self.say("E-mail address")).fill(address)
        self.page.get_by_label(self.say("Password")).fill(PASSWORD)
        self.press("Sign in")
        expect(self.page.get_by_role("link", name=self.say("My account"), exact=True)).to_be_visible()
        return self


@dataclass
class Journey:
    """Everything the steps share."""

    story: Story
    visit: Callable[..., Page]
    services: Services
    mailbox: Dovecot
    time: Clock

    def somebody(self, address: str = "/") -> Somebody:
        story = self.story
        page = self.visit(address, language=story.language, width=story.width)
        return Somebody(page, Translations.load(str(TRANSLATIONS), [story.language]))

    def background(self) -> str:
        """What the portal does beside its pages: fetch and send mail, handle what happened."""
        services = self.services
        said = mail_rounds(services.settings, services.database, understanding_by(services.suggestions)).round()
        services.jobs.run_pending()
        return " ".join(said)
