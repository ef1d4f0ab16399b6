"""How many purchases further the environment, social aims or ethics: the three together, each purchase once."""

from mpdi.monitoring.indicators.declared import uptake
from mpdi.monitoring.indicators.model import Theme

INDICATOR = uptake("sustainable_clauses", Theme.ENVIRONMENTAL, Theme.SOCIAL, Theme.ETHICAL)
