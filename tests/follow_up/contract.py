"""Walking through the pages of a log as a browser without scripts does."""

import datetime
import html
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from mpdi.follow_up import operations
from mpdi.services import EXTENSION

PURCHASE = {
    "reference": "EX-2026-090",
    "publication_date": datetime.date(2026, 12, 1),
    "authority": {"name": "Commune d'Exemple", "type": "local"},
    "object": "=Nettoyage <b>des</b> bureaux",
    "nature": "services",
    "cpv": ["90919200"],
    "estimated_value": 120000,
    "procedure": "open",
    "duration_months": 24,
    "lots": 2,
    "payment_days": 30,
    "language": "fr",
}


class Contract:
    """One browser on one log."""

    def __init__(self, app: Flask, token: str = "", language: str = "fr") -> None:
        self.app, self.client, self.token, self.language = app, app.test_client(), token, language

    def begin(self, plan: dict[str, Any], start: datetime.date | None, contractor: str = "Fictive SRL") -> "Contract":
        """Begin a log."""
        with self.app.extensions[EXTENSION].database.writing() as session:
            _log, self.token = operations.begin_log(session, plan, start, contractor)
        return self

    def get(self, step: str = "", status: int = 200) -> str:
        """Open a page of the log."""
        answer = self.client.get(f"/follow-up/{self.token}/{step}?language={self.language}&content=fr")
        assert answer.status_code == status, step
        return html.unescape(answer.get_data(as_text=True))

    def post(
        self, step: str, data: dict[str, Any] | None = None, page: str | None = None, form: str = ""
    ) -> TestResponse:
        """Send a form of a page: with the token and revision that stand in it."""
        page = self.get(form or step) if page is None else page
        known = {name: _value(page, name) for name in ("csrf_token", "revision")}
        return self.client.post(f"/follow-up/{self.token}/{step}", data=known | (data or {}))

    def note(self, key: str, page: str | None = None, **data: Any) -> TestResponse:
        """Note the result of one check."""
        return self.post(f"checks/{key}", {"result": "done", "day": "1/3/2027", **data}, page)


def _value(page: str, name: str) -> str:
    """The value of a hidden field, however its attributes stand; nothing where the page has none."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*?value="([^"]*)"', page)
    return found.group(1) if found else ""


def words(answer: TestResponse) -> str:
    """The page of an answer."""
    return html.unescape(answer.get_data(as_text=True))
