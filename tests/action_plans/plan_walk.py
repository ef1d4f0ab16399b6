"""One browser without scripts on the steps of a plan: it sends back what stands in the form, and what is typed over it."""

from typing import Any

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.operations import begin_plan
from mpdi.action_plans.queries import open_plan
from mpdi.services import EXTENSION


class PlanWalk:
    """A plan begun from a profile, and somebody who holds its link."""

    def __init__(self, app: Flask, profile: PlanProfile | None = None, token: str = "", language: str = "fr") -> None:
        self.client = app.test_client()
        self.database = app.extensions[EXTENSION].database
        self.token = token
        self.language = language
        if profile is not None:
            with self.database.writing() as session:
                self.token = begin_plan(session, profile)[1]
        self.page = html.fromstring("<html></html>")

    @property
    def stored(self) -> PlanProfile:
        """The profile as it stands."""
        with self.database.reading() as session:
            return open_plan(session, self.token).profile

    @property
    def revision(self) -> int:
        """The revision shown."""
        with self.database.reading() as session:
            return open_plan(session, self.token).revision

    def open(self, step: str) -> "PlanWalk":
        """Open a step."""
        answer = self.client.get(f"/plans/{self.token}/{step}?language={self.language}&content={self.content}")
        assert answer.status_code == 200, answer.status
        self._read(answer)
        return self

    @property
    def content(self) -> str:
        """The language in which the canevas is read."""
        return "nl" if self.language == "nl" else "fr"

    def send(self, action: str = "next", **typed: Any) -> TestResponse:
        """Send the form of the page, what is typed over what stood in it; a control that is not there is a fault."""
        values = self.values() | {"action": action}
        names = {each.get("name") for each in self.page.xpath("//form[contains(@class,'plan-step')]//*[@name]")}
        for name, value in typed.items():
            place = name.replace("__", ".")
            assert place in names, f"no control {place}"
            values[place] = value
        answer = self.client.post(self.address, data=values)
        if answer.status_code != 303:
            self._read(answer)
        return answer

    def values(self) -> dict[str, Any]:
        """What a browser would send of the form as it stands."""
        [form] = self.page.xpath("//form[contains(@class,'plan-step')]")
        found: dict[str, list[str]] = {}
        for each in form.xpath(".//input|.//textarea|.//select"):
            if each.get("type") in ("radio", "checkbox") and each.get("checked") is None:
                continue
            value = each.value if each.tag in ("select", "textarea") else each.get("value")
            found.setdefault(each.get("name"), []).append(value or "")
        return {name: values if len(values) > 1 else values[0] for name, values in found.items()}

    def errors(self) -> dict[str, str]:
        """What stands beside each field that is wrong, by the id of the field."""
        found = self.page.xpath("//p[@class='field-error']")
        return {each.get("id").removesuffix("-error"): " ".join(each.text_content().split()) for each in found}

    def summed(self) -> list[str]:
        """The ids to which the summary at the top leads."""
        return [each.get("href").removeprefix("#") for each in self.page.xpath("//*[@class='error-summary']//a")]

    def words(self) -> str:
        """The words of the page."""
        return " ".join(self.page.xpath("//main")[0].text_content().split())

    def _read(self, answer: TestResponse) -> None:
        self.page = html.fromstring(answer.get_data(as_text=True))
        self.address = answer.request.path
