"""How many purchases further the environment: declared, in detail, against each other, in words."""

from mpdi.monitoring.indicators.declared import uptake
from mpdi.monitoring.indicators.model import Theme

INDICATOR = uptake("environmental_clauses", Theme.ENVIRONMENTAL)
