"""Action plans of authorities that do not exist, with the questions and specifications behind them: part of `mpdi demo`.

Everything goes in through the operations that pages use, and each thing once.
"""

import datetime
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.authorities import ContractingAuthority, register
from mpdi.accounts.models import User
from mpdi.accounts.operations import create_user, find_user
from mpdi.accounts.passwords import hash_password
from mpdi.accounts.role_operations import grant_role
from mpdi.accounts.roles import Grant, Role
from mpdi.action_plans.adoption_operations import Decision, adopt_plan
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.profile_reading import read_profile
from mpdi.action_plans.core.vocabulary import VersionKind
from mpdi.action_plans.models import ActionPlan
from mpdi.action_plans.operations import begin_plan, change_plan
from mpdi.action_plans.wish_operations import choose_wishes
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import read_answers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.fact_operations import add_reference
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import NewQuestion, Reply, answer, open_ticket
from mpdi.helpdesk.states import TicketAction
from mpdi.helpdesk.vocabulary import Obstacle, QuestionNature, Route
from mpdi.references import Reference, ReferenceKind
from mpdi.resources import folder
from mpdi.specifications.manifest import answers_json
from mpdi.specifications.models import SpecificationRevision
from mpdi.specifications.operations import begin_draft, claim_draft

COMMUNE, HOSPITAL, AGENCY = "commune-valexemple", "hopital-grand-modele", "agence-exemplaria"
_COMMAND = "mpdi_demo"
_DOMAIN = "demo.example"
_BUYER = "commune"
_OWNERS = {COMMUNE: _BUYER, HOSPITAL: "aankoper", AGENCY: "acheteur"}
"""Who owns the plan of an authority: the part of an address before `@demo.example`."""


@dataclass(frozen=True)
class _Step:
    """What became of a plan after it was begun: its profile with other keys, then what an organ decided."""

    file: str = ""
    what: str = ""
    decision: Decision | None = None


_ADOPTED_HOSPITAL = Decision(VersionKind.ADOPTION, datetime.date(2025, 12, 15), "Raad van bestuur (demo)")
_AMENDED_HOSPITAL = Decision(
    VersionKind.AMENDMENT, datetime.date(2026, 9, 21), "Raad van bestuur (demo)", "Een doelstelling voor handschoenen."
)
_ADOPTED_AGENCY = Decision(VersionKind.ADOPTION, datetime.date(2025, 6, 16), "Conseil d'administration (démonstration)")
_PLANS: Mapping[str, tuple[str, tuple[_Step, ...]]] = {
    COMMUNE: ("plan-commune.yaml", ()),
    HOSPITAL: (
        "plan-hospital.yaml",
        (
            _Step(decision=_ADOPTED_HOSPITAL),
            _Step("plan-hospital-amendment.yaml", "actions", _AMENDED_HOSPITAL),
        ),
    ),
    AGENCY: (
        "plan-agency.yaml",
        (_Step(decision=_ADOPTED_AGENCY), _Step("plan-agency-progress.yaml", "progress")),
    ),
}


@dataclass(frozen=True)
class FilledPlans:
    """What was put in: the buyer of the commune with the password made for it, and the link of each plan by name."""

    email: str = ""
    password: str = ""
    links: tuple[tuple[str, str], ...] = ()


def fill_plans(session: Session, library: ClauseLibrary) -> FilledPlans:
    """Put in what is not there yet: the commune's buyer, questions, specifications and plans of the three authorities.

    Nothing where the register of authorities does not know them (`MPDI_DEMONSTRATION=0`).
    """
    if register().get(COMMUNE) is None:
        return FilledPlans()
    email, password = _buyer(session)
    owners = {key: find_user(session, f"{name}@{_DOMAIN}") for key, name in _OWNERS.items()}
    _tickets(session)
    _specifications(session, owners)
    links = tuple(_plans(session, library, owners))
    return FilledPlans(email if password else "", password, links)


def _buyer(session: Session) -> tuple[str, str]:
    address = f"{_BUYER}@{_DOMAIN}"
    if find_user(session, address) is not None:
        return address, ""
    password = secrets.token_urlsafe(12)
    user = create_user(session, address, "Dominique Démo (commune fictive)", "fr")
    user.password_hash = hash_password(password)
    grant_role(session, _COMMAND, user, Grant(Role.BUYER, authority_id=COMMUNE))
    return address, password


def _read(name: str) -> Any:
    return strict_yaml.read(_place() / name)


def _place() -> Path:
    return folder("examples") / "demonstration"


def _known(identifier: str) -> ContractingAuthority:
    return next(each for each in register().authorities if each.id == identifier)


def _tickets(session: Session) -> None:
    if session.scalar(select(exists().where(Ticket.authority_id.in_(_PLANS)))):
        return
    helper = find_user(session, f"facilitateur@{_DOMAIN}")
    by = Actor(helper.id, helper.name) if helper else Actor(name="Facilitateur Démo")
    for entry in _read("tickets.yaml"):
        _ticket(session, entry, by)


def _ticket(session: Session, entry: Mapping[str, Any], by: Actor) -> None:
    language, authority = entry["language"], _known(entry["authority"])
    asked = NewQuestion(
        entry["body"].strip(),
        language,
        Route(entry["route"]),
        email=f"personne@{_DOMAIN}",
        name="Personne Fictive",
        authority_id=authority.id,
        authority_name=authority.name_in(language),
        is_pilot=entry.get("is_pilot", False),
        question_nature=QuestionNature(entry["nature"]),
        obstacles=tuple(Obstacle(each) for each in entry.get("obstacles", ())),
    )
    ticket, _token = open_ticket(session, asked, Actor(name="Personne Fictive"))
    if clause := entry.get("clause"):
        add_reference(session, ticket, by, Reference(ReferenceKind.CLAUSE, clause), None)
    if reply := entry.get("reply"):
        answer(session, ticket, by, Reply(reply.strip(), language, TicketAction.RESOLVE), None)


def _specifications(session: Session, owners: Mapping[str, User | None]) -> None:
    names = [name for key in _PLANS for name in _known(key).written_names()]
    named = SpecificationRevision.answers[("authority", "name")].as_string().in_(names)
    if session.scalar(select(exists().where(named))):
        return
    for entry in _read("specifications.yaml"):
        answers, authority = dict(entry["answers"]), _known(entry["authority"])
        kind = "other" if authority.id == HOSPITAL else authority.level
        answers["authority"] = {"name": authority.name_in(answers["language"]), "type": kind}
        draft, _token = begin_draft(session, answers_json(read_answers(answers, clock.today())))
        if owner := owners[authority.id]:
            claim_draft(session, draft, owner.id)


def _plans(session: Session, library: ClauseLibrary, owners: Mapping[str, User | None]) -> Iterable[tuple[str, str]]:
    there = set(session.scalars(select(ActionPlan.authority_id).where(ActionPlan.authority_id.in_(_PLANS))))
    for key, (file, steps) in _PLANS.items():
        if key not in there:
            owner = owners[key]
            profile = _profile(_read(file))
            plan, token = begin_plan(session, profile, owner.id if owner else None)
            for step in steps:
                _go_on(session, plan, step, file, library)
            if owner is not None:
                choose_wishes(session, plan, owner.id, is_shown=True, is_reminded=False)
            yield profile.authority.name.fr, token


def _profile(data: Mapping[str, Any]) -> PlanProfile:
    return read_profile(data, edition_canevas(""), clock.today())


def _go_on(session: Session, plan: ActionPlan, step: _Step, file: str, library: ClauseLibrary) -> None:
    if step.file:
        change_plan(session, plan, plan.revision, _profile({**_read(file), **_read(step.file)}), step.what)
    if step.decision is not None:
        day = min(step.decision.decided_on, clock.today())
        decision = Decision(step.decision.kind, day, step.decision.organ, step.decision.note)
        adopt_plan(session, plan, plan.revision, decision, library)
