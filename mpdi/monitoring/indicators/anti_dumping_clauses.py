"""How many purchases name a measure against social dumping: in words, for no field declares it."""

from mpdi.monitoring.indicators.declared import uptake
from mpdi.monitoring.indicators.model import Theme

INDICATOR = uptake("anti_dumping_clauses", Theme.ANTI_DUMPING)
