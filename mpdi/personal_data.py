"""Every feature that holds something about people: known to the portal and to `mpdi privacy` alike."""

from mpdi.accounts import privacy
from mpdi.accounts.personal_data import ACCOUNT_DATA
from mpdi.action_plans.personal_data import PLAN_DATA, upload_data
from mpdi.config import Settings
from mpdi.follow_up.personal_data import FOLLOW_UP_DATA
from mpdi.helpdesk.mail.personal_data import mail_data
from mpdi.helpdesk.personal_data import ticket_data
from mpdi.monitoring.hand_coding.personal_data import HAND_CODING_DATA
from mpdi.specifications.personal_data import DRAFT_DATA


def register_personal_data(settings: Settings) -> None:
    """Register what each feature of an installation holds about people, does to forget them, and keeps how long."""
    privacy.register(
        ACCOUNT_DATA,
        DRAFT_DATA,
        FOLLOW_UP_DATA,
        HAND_CODING_DATA,
        PLAN_DATA,
        upload_data(settings.home),
        mail_data(settings.home),
        ticket_data(settings.home, settings.public_address),
    )
