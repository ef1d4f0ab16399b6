"""Who may see and do what: one table. Views name an action; nothing else decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the portal. A user may hold several, in several bodies; nobody signed in is a visitor."""

    VISITOR = "visitor"
    FIRM = "firm"
    BUYER = "buyer"
    FACILITATOR = "facilitator"
    EXPERT = "expert"
    LEGAL_REVIEWER = "legal_reviewer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """How far a role's right to an action reaches."""

    NONE = "none"
    OWN = "own"
    """Records of one's own, or held by their private link."""
    BODY = "body"
    """Records of a contracting authority in which one holds the role."""
    THEME = "theme"
    """Tickets of a route for which one holds the role, those assigned to one, and those one was asked about."""
    ALL = "all"


class Action(StrEnum):
    """Everything one can see or do that not everybody may."""

    READ_PUBLIC = "read_public"
    WRITE_SPECIFICATION = "write_specification"
    WRITE_PLAN = "write_plan"
    DELETE_PLAN = "delete_plan"
    CLAIM_DRAFT = "claim_draft"
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    INVITE_USER = "invite_user"
    GRANT_ROLE = "grant_role"
    SEE_USERS = "see_users"
    SEE_AUDIT_LOG = "see_audit_log"
    ASK_QUESTION = "ask_question"
    SEE_TICKET = "see_ticket"
    WRITE_MESSAGE = "write_message"
    SEE_INTERNAL_NOTE = "see_internal_note"
    WRITE_INTERNAL_NOTE = "write_internal_note"
    SEE_QUEUE = "see_queue"
    WORK_ON_TICKET = "work_on_ticket"
    REROUTE_TICKET = "reroute_ticket"
    MERGE_TICKETS = "merge_tickets"
    ANSWER_AS_EXPERT = "answer_as_expert"
    WRITE_ARTICLE = "write_article"
    PUBLISH_ARTICLE = "publish_article"
    RATE_ARTICLE = "rate_article"
    MANAGE_READY_ANSWERS = "manage_ready_answers"
    SEE_REPORTS = "see_reports"
    PUBLISH_EVENT = "publish_event"
    SEE_MAIL_STATE = "see_mail_state"
    RESEND_MAIL = "resend_mail"
    CHANGE_LAW_STATUS = "change_law_status"
    READ_SAMPLE = "read_sample"
    DRAW_SAMPLE = "draw_sample"
    SEE_WATCHED = "see_watched"
    SEE_PLANS = "see_plans"


N, O, B, T, A = Scope.NONE, Scope.OWN, Scope.BODY, Scope.THEME, Scope.ALL  # noqa: E741 (columns of a table)

_COLUMNS = (
    Role.VISITOR,
    Role.FIRM,
    Role.BUYER,
    Role.FACILITATOR,
    Role.EXPERT,
    Role.LEGAL_REVIEWER,
    Role.COORDINATOR,
    Role.ADMINISTRATOR,
)
# fmt: off
_TABLE: Mapping[Action, tuple[Scope, ...]] = {
    #                              vis fir buy fac exp leg coo adm
    Action.READ_PUBLIC:           (A,  A,  A,  A,  A,  A,  A,  A),
    Action.WRITE_SPECIFICATION:   (O,  O,  O,  O,  O,  O,  O,  O),
    Action.WRITE_PLAN:            (O,  O,  O,  O,  O,  O,  O,  O),
    Action.DELETE_PLAN:           (O,  O,  O,  O,  O,  O,  O,  O),
    Action.CLAIM_DRAFT:           (N,  O,  O,  O,  O,  O,  O,  O),
    Action.MANAGE_OWN_ACCOUNT:    (N,  O,  O,  O,  O,  O,  O,  O),
    Action.INVITE_USER:           (N,  N,  N,  N,  N,  N,  A,  A),
    Action.GRANT_ROLE:            (N,  N,  N,  N,  N,  N,  N,  A),
    Action.SEE_USERS:             (N,  N,  N,  N,  N,  N,  A,  A),
    Action.SEE_AUDIT_LOG:         (N,  N,  N,  N,  N,  N,  N,  A),
    Action.ASK_QUESTION:          (A,  A,  A,  A,  A,  A,  A,  A),
    Action.SEE_TICKET:            (O,  O,  B,  T,  O,  O,  A,  N),
    Action.WRITE_MESSAGE:         (O,  O,  O,  T,  N,  N,  A,  N),
    Action.SEE_INTERNAL_NOTE:     (N,  N,  N,  T,  O,  O,  A,  N),
    Action.WRITE_INTERNAL_NOTE:   (N,  N,  N,  T,  O,  O,  A,  N),
    Action.SEE_QUEUE:             (N,  N,  N,  T,  N,  N,  A,  N),
    Action.WORK_ON_TICKET:        (N,  N,  N,  T,  N,  N,  A,  N),
    Action.REROUTE_TICKET:        (N,  N,  N,  T,  N,  N,  A,  N),
    Action.MERGE_TICKETS:         (N,  N,  N,  T,  N,  N,  A,  N),
    Action.ANSWER_AS_EXPERT:      (N,  N,  N,  N,  O,  O,  N,  N),
    Action.WRITE_ARTICLE:         (N,  N,  N,  A,  A,  N,  A,  N),
    Action.PUBLISH_ARTICLE:       (N,  N,  N,  A,  N,  N,  A,  N),
    Action.RATE_ARTICLE:          (A,  A,  A,  A,  A,  A,  A,  A),
    Action.MANAGE_READY_ANSWERS:  (N,  N,  N,  A,  N,  N,  A,  N),
    Action.SEE_REPORTS:           (N,  N,  N,  A,  N,  N,  A,  N),
    Action.PUBLISH_EVENT:         (N,  N,  N,  N,  N,  N,  A,  N),
    Action.SEE_MAIL_STATE:        (N,  N,  N,  T,  N,  N,  A,  A),
    Action.RESEND_MAIL:           (N,  N,  N,  T,  N,  N,  A,  A),
    Action.CHANGE_LAW_STATUS:     (N,  N,  N,  N,  N,  N,  A,  A),
    Action.READ_SAMPLE:           (N,  N,  N,  A,  A,  A,  A,  N),
    Action.DRAW_SAMPLE:           (N,  N,  N,  N,  N,  N,  A,  N),
    Action.SEE_WATCHED:           (N,  N,  N,  N,  N,  N,  A,  A),
    Action.SEE_PLANS:             (N,  N,  N,  N,  N,  N,  A,  N),
}
# fmt: on

PERMISSIONS: Mapping[Action, Mapping[Role, Scope]] = {
    action: dict(zip(_COLUMNS, scopes, strict=True)) for action, scopes in _TABLE.items()
}
"""For each action and role, how far the right reaches."""


@dataclass(frozen=True)
class Grant:
    """A role held in a body, or for a route of the helpdesk; neither means everywhere."""

    role: Role
    authority_id: str | None = None
    route: str | None = None


@dataclass(frozen=True)
class Person:
    """Who asks: the visitor, or a user with grants."""

    user_id: int | None = None
    grants: tuple[Grant, ...] = field(default_factory=tuple)

    @property
    def roles(self) -> tuple[Grant, ...]:
        """The grants; a visitor's one where there are none."""
        return self.grants or (Grant(Role.VISITOR),)


@dataclass(frozen=True)
class Subject:
    """The record that is asked about, as far as rights depend on it."""

    owner_ids: frozenset[int] = frozenset()
    is_held_by_link: bool = False
    authority_id: str | None = None
    route: str | None = None
    worker_ids: frozenset[int] = frozenset()


VISITOR = Person()
ANYTHING = Subject()


def may(person: Person, action: Action, subject: Subject = ANYTHING) -> bool:
    """Whether a person may do an action on a subject: any of the grants that reaches it is enough."""
    return any(_reaches(grant, PERMISSIONS[action][grant.role], person, subject) for grant in person.roles)


def may_somewhere(person: Person, action: Action) -> bool:
    """Whether there can be a subject on which the person may do the action: what menus ask."""
    return any(PERMISSIONS[action][grant.role] is not Scope.NONE for grant in person.roles)


def _reaches(grant: Grant, scope: Scope, person: Person, subject: Subject) -> bool:
    is_own = subject.is_held_by_link or (person.user_id is not None and person.user_id in subject.owner_ids)
    is_worker = person.user_id is not None and person.user_id in subject.worker_ids
    match scope:
        case Scope.ALL:
            return True
        case Scope.OWN:
            return is_own or is_worker
        case Scope.BODY:
            return is_own or (grant.authority_id is not None and grant.authority_id == subject.authority_id)
        case Scope.THEME:
            return is_own or is_worker or grant.route is None or grant.route == subject.route
    return False
