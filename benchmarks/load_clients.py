"""People who use the portal over HTTP, as a browser without scripts does, and who count what they were told."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from mpdi.accounts.current import COOKIE

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_REVISION = re.compile(r'name="revision" value="(\d+)"')
_NUMBER = re.compile(r"MPDI-\d{4}-\d{5,}")
_FORM = "application/x-www-form-urlencoded"


@dataclass
class Told:
    """What the people were told: how often each thing was done, was a conflict, went wrong; and how long it took."""

    done: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """Texts of which somebody was told that they are kept: each is to be found once."""
    changes: Counter[str] = field(default_factory=Counter)
    """Changes that facilitators were told are made, by ticket: each is to be found as an event of its own."""

    def add(self, other: "Told") -> None:
        """Take what another was told too."""
        for name in ("done", "conflicts", "wrong", "changes"):
            getattr(self, name).update(getattr(other, name))
        self.seconds += other.seconds
        self.texts += other.texts


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where to go, the page."""

    status: int
    address: str
    page: str


class Browser:
    """One person's browser."""

    def __init__(self, port: int, told: Told, cookie: str | None = None) -> None:
        self._port, self._told = port, told
        self._cookies = {COOKIE: cookie} if cookie else {}

    def get(self, address: str) -> Answer:
        """Ask for a page; anything but 200 is wrong."""
        answer = self._send("GET", address)
        if answer.status != 200:
            self._told.wrong[f"GET {address.split('?')[0].split('/')[1]}: {answer.status}"] += 1
        return answer

    def post(self, page: Answer, address: str, **fields: str) -> Answer:
        """Send a form of a page, with its token and revision."""
        hidden = {"csrf_token": _TOKEN, "revision": _REVISION}
        values = {name: found[1] for name, pattern in hidden.items() if (found := pattern.search(page.page))}
        return self._send("POST", address, urlencode(values | fields))

    def _send(self, method: str, address: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        headers |= {"Content-Type": _FORM} if body else {}
        line, start = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60), time.perf_counter()
        try:
            line.request(method, address, body, headers)
            answer = line.getresponse()
            page = answer.read().decode("utf-8", "replace")
        except OSError as error:
            self._told.wrong[f"{method}: {type(error).__name__}"] += 1
            return Answer(0, "", "")
        finally:
            line.close()
        self._told.seconds.append(time.perf_counter() - start)
        for value in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: item.value for name, item in SimpleCookie(value).items()}
        return Answer(answer.status, answer.headers.get("Location", ""), page)


class Visitor:
    """Asks, follows the question, writes more."""

    def __init__(self, port: int, name: str) -> None:
        self.told, self._name, self._number = Told(), name, 0
        self._browser = Browser(port, self.told)
        self._chance = random.Random(name)

    def step(self) -> None:
        """Do one thing that a visitor does."""
        self._number += 1
        text = f"Puis-je demander un écolabel pour les fournitures {self._name}x{self._number} ?"
        fields = {"question": text, "email": f"{self._name}@bench.example", "language": "fr"}
        sent = self._browser.post(self._browser.get("/questions/new"), "/questions/new", **fields)
        if not _is_done(self.told, "asked", sent):
            return
        self.told.texts.append(text)
        address = sent.address.removesuffix("/sent")
        if self._chance.random() < 0.5:
            more = f"Encore un mot {self._name}y{self._number}"
            if _is_done(self.told, "asker_wrote", self._browser.post(self._browser.get(address), address, body=more)):
                self.told.texts.append(more)


class Facilitator:
    """Reads the queue, takes a ticket of the same few as everybody, and changes it; or one that came in."""

    def __init__(self, port: int, name: str, cookie: str, shared: Sequence[str]) -> None:
        self.told, self._name, self._shared, self._number = Told(), name, shared, 0
        self._browser = Browser(port, self.told, cookie)
        self._chance = random.Random(name)

    def step(self) -> None:
        """Do one thing that a facilitator does."""
        address = self._chance.choice(("", "", "?words=ecolabel", "?due=overdue", "?done=1&sort=changed"))
        queue = self._browser.get(f"/helpdesk{address}")
        listed = sorted(set(_NUMBER.findall(queue.page)))
        number = self._chance.choice(self._shared if self._chance.random() < 0.6 or not listed else listed)
        page = self._browser.get(f"/helpdesk/tickets/{number}")
        if page.status == 200:
            self._chance.choice((self._answer, self._note, self._note, self._assign, self._state_facts))(page, number)

    def _answer(self, page: Answer, number: str) -> None:
        text = self._text("answered")
        sent = self._browser.post(page, f"/helpdesk/tickets/{number}/answer", body=text, language="fr")
        self._is_written("answered", sent, number, text)

    def _note(self, page: Answer, number: str) -> None:
        text = self._text("noted")
        sent = self._browser.post(page, f"/helpdesk/tickets/{number}/note", note=text, note_language="fr")
        self._is_written("noted", sent, number, text)

    def _text(self, what: str) -> str:
        self._number += 1
        return f"{what} {self._name}z{self._number}"

    def _is_written(self, what: str, sent: Answer, number: str, text: str) -> None:
        if self._is_changed(what, sent, number):
            self.told.texts.append(text)

    def _assign(self, page: Answer, number: str) -> None:
        sent = self._browser.post(page, f"/helpdesk/tickets/{number}/assign", assignee="me")
        self._is_changed("assigned", sent, number)

    def _state_facts(self, page: Answer, number: str) -> None:
        nature = self._chance.choice(("legal", "technical", "economic"))
        sent = self._browser.post(page, f"/helpdesk/tickets/{number}/facts", nature=nature)
        self._is_changed("facts_set", sent, number)

    def _is_changed(self, what: str, answer: Answer, number: str) -> bool:
        done = _is_done(self.told, what, answer)
        self.told.changes[number] += done
        return done


def _is_done(told: Told, what: str, answer: Answer) -> bool:
    if answer.status == 303:
        told.done[what] += 1
    elif answer.status == 409:
        told.conflicts[what] += 1
    else:
        told.wrong[f"{what}: {answer.status}"] += 1
    return answer.status == 303


def at_work(people: Sequence[Visitor | Facilitator], seconds: float) -> Told:
    """Let all work at once for so long; return what they were told."""
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=_work, args=(person.step, end)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = Told()
    for person in people:
        told.add(person.told)
    return told


def _work(step: Callable[[], None], end: float) -> None:
    while time.monotonic() < end:
        step()
