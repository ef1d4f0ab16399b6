"""A purchase, a wage cost and a file, all invented, for the tests of the price check."""

import datetime
from decimal import Decimal
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "offers-cleaning.yaml"
PURCHASE = {
    "authority": {"name": "Commune d'Exemple", "type": "local"}, "nature": "services", "fraud_sensitive": "yes", "procedure": "open",
    "price_weight": 100, "estimated_value": 150000, "cpv_risk_list": "no", "publication_date": datetime.date(2026, 12, 1),
}  # fmt: skip
WAGE = {"joint_committee": "121", "value": Decimal(25), "valid_from": datetime.date(2026, 1, 1), "source": "Fiche inventée du 1er novembre 2026"}
NO_COSTS = {"materials": 0, "transport": 0, "overhead": 0, "margin": 0}
