"""How many purchases seek innovation: declared, in detail, against each other, in words."""

from mpdi.monitoring.indicators.declared import uptake
from mpdi.monitoring.indicators.model import Theme

INDICATOR = uptake("innovative_purchases", Theme.INNOVATION)
