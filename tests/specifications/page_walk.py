"""Walking through the pages of a draft as a browser without scripts does."""

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.services import EXTENSION, Services

CLEANING: dict[str, dict[str, Any]] = {
    "authority": {"authority_name": "Commune d'Exemple", "authority_type": "local"},
    "object": {"object": "Nettoyage des bureaux", "reference": "EX-2026-014"},
    "cpv": {"cpv": ["90911300", "90919200"], "main": "90919200"},
    "nature": {"nature": "services"},
    "value": {"estimated_value": "120.000"},
    "procedure": {"procedure": "open"},
    "duration": {"duration_months": "48", "framework": "no"},
    "lots": {
        "divided": "yes",
        "rows": "3",
        "lot_1_title": "Bureaux",
        "lot_1_value": "70 000",
        "lot_2_title": "Écoles",
        "lot_2_value": "50 000,00",
        "lot_2_reserved": "yes",
    },
    "money": {"payment_days": "30", "deposit_percent": "0", "turnover_factor": "1"},
    "ambition": {"ambition": "core", "options": ["social_clause", "reserved_lot"]},
    "dnsh": {"clim-mitig_relevant": "no", "clim-mitig_reason": "Prestations sans équipement"},
    "publication": {"publication_date": "1/12/2026", "language": "fr"},
}


def served(published_home: Path, home: Path) -> Iterator[Flask]:
    """A portal with every clause published, in a state folder of its own."""
    shutil.copytree(published_home, home)
    made = create_app(Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests"))
    made.testing = True
    yield made
    services: Services = made.extensions[EXTENSION]
    services.database.engine.dispose()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} in the page"
    return html.unescape(found.group(1))


def errors_of(page: str) -> list[str]:
    """The words of every error beside a field."""
    found = re.findall(r'<p class="field-error"[^>]*>(.*?)</p>', page, re.DOTALL)
    return [" ".join(html.unescape(re.sub("<[^>]+>", " ", each)).split()) for each in found]


class Flow:
    """One browser on one draft."""

    def __init__(self, app: Flask, language: str = "fr", base: str = "") -> None:
        self.client = app.test_client()
        self.language = language
        self.base = base

    @property
    def token(self) -> str:
        """The secret part of the address."""
        return self.base.rpartition("/")[2]

    def begin(self) -> "Flow":
        """Begin a draft."""
        page = self.client.get(f"/specifications/new?language={self.language}").get_data(as_text=True)
        answer = self.client.post("/specifications/new", data={"csrf_token": hidden(page, "csrf_token")})
        assert answer.status_code == 303
        self.base = answer.location.partition("/questions")[0]
        return self

    def get(self, step: str = "", status: int = 200) -> str:
        """Open a page of the draft."""
        answer = self.client.get(f"{self.base}/{step}?language={self.language}")
        assert answer.status_code == status
        return answer.get_data(as_text=True)

    def post(self, step: str, data: dict[str, Any] | None = None, page: str | None = None) -> TestResponse:
        """Send a form of a page: with the token and revision that stand in it."""
        page = self.get(step) if page is None else page
        known = {"csrf_token": hidden(page, "csrf_token"), "revision": hidden(page, "revision")}
        return self.client.post(f"{self.base}/{step}", data=known | (data or {}))

    def answer(self, key: str, page: str | None = None, **data: Any) -> TestResponse:
        """Answer one question."""
        return self.post(f"questions/{key}", {"action": "save", **data}, page)

    def stored(self) -> str:
        """The answers as the draft gives them back."""
        answer = self.client.get(f"{self.base}/answers.yaml")
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def describe(self, answers: dict[str, dict[str, Any]]) -> "Flow":
        """Answer several questions."""
        for key, data in answers.items():
            assert self.answer(key, **data).status_code == 303, key
        return self
