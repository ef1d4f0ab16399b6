"""Fixtures of the plans' tests: the canevas, profiles of fictitious authorities, plans drafted from them."""

import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
for _place in ("../documents", "../specifications", "../accounts", "../helpdesk/mail"):
    sys.path.insert(0, str((Path(__file__).parent / _place).resolve()))

from mpdi.action_plans.core.canevas import Canevas  # noqa: E402
from mpdi.action_plans.core.canevas_reading import edition_canevas  # noqa: E402
from mpdi.action_plans.core.drafting import draft_plan  # noqa: E402
from mpdi.action_plans.core.plan import ActionPlanDocument  # noqa: E402
from mpdi.action_plans.core.profile import PlanProfile  # noqa: E402
from mpdi.action_plans.core.profile_reading import read_profile  # noqa: E402
from mpdi.clause_library.core import strict_yaml  # noqa: E402
from mpdi.clause_library.core.library import ClauseLibrary  # noqa: E402
from mpdi.cli import main  # noqa: E402
from mpdi.resources import folder  # noqa: E402

DAY = datetime.date(2026, 12, 2)
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def canevas() -> Canevas:
    """The newest canevas."""
    return edition_canevas()


@pytest.fixture(scope="session")
def read(canevas: Canevas) -> Callable[[Any], PlanProfile]:
    """Read a profile from the text of a YAML file, or from data, on a fixed day."""

    def read_one(given: Any) -> PlanProfile:
        data = strict_yaml.parse(given, "PROFILE.yaml") if isinstance(given, str) else given
        return read_profile(data, canevas, DAY)

    return read_one


@pytest.fixture(scope="session")
def commune(read: Callable[[Any], PlanProfile]) -> PlanProfile:
    """The commune of the examples."""
    return read((folder("examples") / "plan-commune-fr.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def hospital(read: Callable[[Any], PlanProfile]) -> PlanProfile:
    """The hospital of the examples."""
    return read((folder("examples") / "plan-hopital-nl.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def nothing(read: Callable[[Any], PlanProfile]) -> PlanProfile:
    """An authority that knows nothing yet."""
    return read((folder("examples") / "plan-presque-vide.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def draft(canevas: Canevas, clause_library: ClauseLibrary) -> Callable[[PlanProfile], ActionPlanDocument]:
    """Draft the plan of a profile."""

    def draft_one(profile: PlanProfile) -> ActionPlanDocument:
        return draft_plan(profile, canevas, clause_library)

    return draft_one


@pytest.fixture
def mpdi(library_home: Path) -> Run:
    """Run `mpdi ARGUMENTS` on the library of the edition; plans write nothing into it."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(
            main, list(map(str, arguments)), env={"MPDI_HOME": str(library_home), "MPDI_DATABASE_URL": ""}
        )

    return run
