"""How many purchases are said to suit small firms: by the field for it (BT-726), against each other, in words."""

from mpdi.monitoring.indicators.declared import uptake
from mpdi.monitoring.indicators.model import Theme

INDICATOR = uptake("sme_access", Theme.SME)
