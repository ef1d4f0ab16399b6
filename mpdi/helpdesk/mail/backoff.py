"""Growing pauses between attempts: one minute, doubled each time, at most a day, spread by chance."""

import datetime
import random

MAX_ATTEMPTS = 15
"""About five days of trying; then it has failed, and only a person tries again."""
_DAY = 24 * 60


def pause(attempts: int) -> datetime.timedelta:
    """Return how long to wait after so many attempts: 80 to 120 % of the pause, so that not all come back at once."""
    minutes = min(2 ** max(0, min(attempts, 20) - 1), _DAY)
    return datetime.timedelta(minutes=minutes * random.uniform(0.8, 1.2))  # noqa: S311 (spreads load, keeps no secret)
