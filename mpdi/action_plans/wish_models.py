"""What the owner of a plan asked for it: reminders by mail, and that the region may tell that it is in the making."""

import datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mpdi.action_plans.models import ActionPlan
from mpdi.database import Base


class PlanWish(Base):
    """The wishes for one plan; a plan without a row has none: no mail is sent, and nobody is told of it."""

    __tablename__ = "action_plan_wish"

    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id", ondelete="CASCADE"), primary_key=True)
    is_shown: Mapped[bool] = mapped_column(default=False)
    """Whether the regional view may tell that the plan is in the making; nothing of what it says."""
    is_reminded: Mapped[bool] = mapped_column(default=False)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """Who asked: another owner of the plan later gets no reminder that she did not ask for."""
    stop_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the token in the link of a reminder that ends them."""
    reminded_on: Mapped[datetime.date | None] = mapped_column(Date)
    """When the last reminder was put into the outbox."""
    plan: Mapped[ActionPlan] = relationship()
