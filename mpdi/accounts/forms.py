"""Forms of the account pages."""

import json
from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from mpdi.accounts.authorities import register
from mpdi.accounts.emails import InvalidEmailError, cleaned
from mpdi.accounts.passwords import LONGEST, PasswordProblem, WeakPasswordError, check_strength
from mpdi.accounts.role_operations import EVERY_THEME
from mpdi.accounts.roles import Grant, Role
from mpdi.accounts.words import ROLES, ROUTES

MAIL_LANGUAGES = [SelectChoice("fr", "Français"), SelectChoice("nl", "Nederlands")]
_LONGEST_KEPT = 500_000

PROBLEMS: dict[PasswordProblem, LazyString] = {
    PasswordProblem.TOO_SHORT: _l(
        "Too short: use at least 10 characters. Four or five unusual words are easy to keep in mind."
    ),
    PasswordProblem.TOO_LONG: _l("Too long: use at most 200 characters."),
    PasswordProblem.COMMON: _l(
        "Too easy to guess: it is, or resembles, a password that many people use. Add a few unusual words."
    ),
    PasswordProblem.WORD: _l("Too easy to guess: it is made of common words. Add a few unusual ones."),
    PasswordProblem.NAME: _l("Too easy to guess: it is made of names. Add a few unusual words."),
    PasswordProblem.PERSONAL: _l(
        "Too easy to guess: it holds your name, your address or the name of this portal. Choose other words."
    ),
    PasswordProblem.KEYBOARD: _l(
        "Too easy to guess: it follows the keys of the keyboard. Choose a few unusual words instead."
    ),
    PasswordProblem.REPEAT: _l(
        "Too easy to guess: it repeats the same characters. Choose a few unusual words instead."
    ),
    PasswordProblem.SEQUENCE: _l(
        "Too easy to guess: it follows the alphabet or counts. Choose a few unusual words instead."
    ),
    PasswordProblem.DATE: _l("Too easy to guess: it is built on a date or a year. Add a few unusual words."),
    PasswordProblem.GUESSABLE: _l("Too easy to guess: add one or two unusual words."),
}
_PASSWORD_HELP = _l("At least 10 characters, hard to guess: a few unusual words do better than signs and figures.")


class SignInForm(FlaskForm):
    """E-mail address and password; where to go on to, and what was typed before."""

    email = StringField(
        _l("E-mail address"), validators=[DataRequired(_l("Enter your e-mail address.")), Length(max=254)]
    )
    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Enter your password.")), Length(max=LONGEST)]
    )
    next = HiddenField()
    kept = HiddenField()


class ForgottenPasswordForm(FlaskForm):
    """The address for which a new password is wanted."""

    email = StringField(_l("E-mail address"), validators=[DataRequired(_l("Enter your e-mail address."))])

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address; whether it has an account is told to nobody."""
        _check_email(field)


class NewPasswordForm(FlaskForm):
    """A new password. `about` holds what others know of the person."""

    new_password = PasswordField(
        _l("New password"), description=_PASSWORD_HELP, validators=[InputRequired(_l("Choose a password."))]
    )
    about: Sequence[str] = ()

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a weak password, with its reason."""
        try:
            check_strength(field.data or "", self.about)
        except WeakPasswordError as error:
            raise ValidationError(str(PROBLEMS[error.problem])) from error


class InvitationForm(NewPasswordForm):
    """What the invited says of himself."""

    name = StringField(
        _l("Your name"),
        description=_l("As colleagues and those whom you answer will read it."),
        validators=[DataRequired(_l("Enter your name.")), Length(max=120, message=_l("Use at most 120 characters."))],
    )
    language = RadioField(
        _l("Language of your mails"), choices=MAIL_LANGUAGES, validators=[InputRequired(_l("Choose a language."))]
    )

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a password made of the name just typed, too."""
        self.about = (*self.about, self.name.data or "")
        super().validate_new_password(field)


class ProfileForm(FlaskForm):
    """Name and language."""

    name = InvitationForm.name
    language = InvitationForm.language


class ChangePasswordForm(NewPasswordForm):
    """The current password and the new one."""

    current_password = PasswordField(
        _l("Current password"), validators=[InputRequired(_l("Enter your current password."))]
    )


class EraseForm(FlaskForm):
    """The password, asked for again before everything is erased."""

    password = PasswordField(_l("Your password"), validators=[InputRequired(_l("Enter your password."))])


class GrantForm(FlaskForm):
    """A role, in a body or for a route."""

    role = SelectField(_l("Role"), validators=[DataRequired(_l("Choose a role."))])
    authority = SelectField(
        _l("Contracting authority"), description=_l("For a buyer: the body whose questions may be read.")
    )
    route = SelectField(
        _l("Theme of the helpdesk"),
        description=_l("For a facilitator: whose questions are read, with the names and addresses of those who ask."),
    )

    def offer(self, roles: Sequence[Role], language: str) -> None:
        """Fill the lists: the roles that may be given here, the bodies, the routes."""
        self.role.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(role.value, str(ROLES[role])) for role in roles),
        ]
        self.authority.choices = [
            SelectChoice("", _("None")),
            *(SelectChoice(each.id, each.name_in(language)) for each in register().listed(language)),
        ]
        self.route.choices = [
            SelectChoice("", _("Choose, for a facilitator")),
            *(SelectChoice(code, str(words)) for code, words in ROUTES.items()),
            SelectChoice(EVERY_THEME, _("Every theme")),
        ]

    def validate_route(self, field: SelectField) -> None:
        """Ask a facilitator's theme, or every one; refuse either for any other role."""
        is_facilitator = self.role.data == Role.FACILITATOR.value
        if is_facilitator and not field.data:
            raise ValidationError(_("Choose the theme of this facilitator, or every theme."))
        if field.data and not is_facilitator:
            raise ValidationError(_("Only a facilitator holds the role for one theme."))

    def grant(self) -> Grant:
        """Return what was chosen."""
        route = None if self.route.data == EVERY_THEME else self.route.data
        return Grant(Role(self.role.data), self.authority.data or None, route or None)


class InviteForm(GrantForm):
    """Who is invited, and as what."""

    email = StringField(_l("E-mail address"), validators=[DataRequired(_l("Enter an e-mail address."))])
    language = RadioField(
        _l("Language of the invitation"),
        choices=MAIL_LANGUAGES,
        default="fr",
        validators=[InputRequired(_l("Choose a language."))],
    )

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address."""
        _check_email(field)


def _check_email(field: StringField) -> None:
    try:
        cleaned(field.data or "")
    except InvalidEmailError as error:
        raise ValidationError(
            _("This is not an e-mail address: write it whole, such as name@example.brussels.")
        ) from error


def packed_fields(fields: Sequence[tuple[str, str]]) -> str:
    """Return what was typed as one hidden value; nothing where it is too much to carry."""
    text = json.dumps(list(fields), ensure_ascii=False)
    return text if len(text) <= _LONGEST_KEPT else ""


def unpacked_fields(text: str | None) -> list[tuple[str, str]]:
    """Read what was carried; nothing where it is damaged."""
    try:
        data: Any = json.loads(text or "[]")
    except (json.JSONDecodeError, RecursionError):
        return []
    if not isinstance(data, list):
        return []
    return [(pair[0], pair[1]) for pair in data if _is_pair(pair)]


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(item, str) for item in value)


def network_address() -> str:
    """Return where the request comes from."""
    return request.remote_addr or ""
