"""How many purchases further social aims: declared, in detail, against each other, in words."""

from mpdi.monitoring.indicators.declared import uptake
from mpdi.monitoring.indicators.model import Theme

INDICATOR = uptake("social_clauses", Theme.SOCIAL)
