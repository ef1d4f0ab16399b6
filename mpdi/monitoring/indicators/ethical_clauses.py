"""How many purchases look after human rights and fair trade: in a field of detail (BT-775), in words."""

from mpdi.monitoring.indicators.declared import uptake
from mpdi.monitoring.indicators.model import Theme

INDICATOR = uptake("ethical_clauses", Theme.ETHICAL)
