"""What a notice says of price, turnover and advance, read from its stored form."""

from decimal import Decimal

import pytest

from mpdi.monitoring.award_terms import PriceShare, Turnover, price_share, promises_advance, turnover_demanded


def lot(*criteria, **more):
    return {"award_criteria": [_criterion(*each) for each in criteria], **more}


def _criterion(kind, weight=None, code=None, words=None):
    made = {"type": kind}
    if weight is not None:
        made["numbers"] = [{"kind": "weight", "value": weight, **({"code": code} if code else {})}]
    return made | ({"weight_text": words} if words else {})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (lot(("price", "60"), ("quality", "40")), PriceShare(Decimal(60), False)),
        (lot(("price", None, None, "55 %"), ("quality", None, None, "45 %")), PriceShare(Decimal(55), False)),
        (lot(("price", None, None, "13,50"), ("quality", None, None, "13,5/20")), PriceShare(Decimal(50), False)),
        (lot(("price",), ("cost",)), PriceShare(Decimal(100), True)),
        (lot(("price", "100"), ("quality", "0")), PriceShare(Decimal(100), True)),
        (lot(("price", "1", "ord-imp"), ("quality", "2", "ord-imp")), PriceShare(None, False)),
        (lot(("price",), ("quality", "40")), PriceShare(None, False)),
        (lot(("price", None, None, "voir les documents"), ("quality", "4")), PriceShare(None, False)),
        (lot(("price",), (None,)), PriceShare()),
        (lot(("price",), ({"withheld": True},)), PriceShare()),
        (lot(("price",), award_criteria_in_documents=True), PriceShare()),
        (lot(), PriceShare()),
        ({}, PriceShare()),
    ],
    ids=["percent", "words", "points", "no-quality", "no-weight-of-quality", "order", "one-missing", "in-words",
         "no-type", "withheld", "in-documents", "none", "empty"],
)  # fmt: skip
def test_what_price_decides(given, expected):
    assert price_share(given) == expected


def condition(text, kind="ef-stand", **more):
    return {"selection_criteria": [{"type": kind, "description": [{"value": text}], **more}]}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Chiffre d’affaires annuel d’au moins 250 000 EUR.", 250_000),
        ("Le chiffre d'affaires minimal est de 1.250.000,00 € par an", 1_250_000),
        ("Minimum jaaromzet: € 400.000", 400_000),
        ("A yearly turnover of EUR 2,000,000 at least", 2_000_000),
        ("Capital de 100 000 EUR et chiffre d’affaires de 80000 euros", 80_000),
    ],
    ids=["fr", "decimals", "nl", "en", "first-after-the-word"],
)
def test_the_turnover_demanded_is_the_amount_beside_the_word(text, amount):
    assert turnover_demanded(condition(text), True) == Turnover(True, Decimal(amount))


@pytest.mark.parametrize(
    ("given", "is_read", "expected"),
    [
        (condition("Déclaration concernant le chiffre d’affaires global"), True, Turnover(True)),
        (condition("Assurance des risques professionnels pour 500 000 EUR"), True, Turnover(False)),
        (condition("Berufshaftpflichtversicherung"), False, Turnover()),
        (condition("Berufshaftpflichtversicherung", "slc-stand-ins"), False, Turnover(False)),
        (condition("–", "slc-stand-to-gen"), False, Turnover(True)),
        (condition("Chiffre d’affaires de 500 000 EUR", used="n-used"), True, Turnover()),
        (condition("Trois références", "tp-abil"), True, Turnover()),
        ({}, True, Turnover()),
    ],
    ids=["no-amount", "none-asked", "not-read", "by-code", "code-of-turnover", "not-used", "technical", "nothing"],
)
def test_a_turnover_is_asked_not_asked_or_not_stated(given, is_read, expected):
    assert turnover_demanded(given, is_read) == expected


@pytest.mark.parametrize(
    ("text", "element", "expected"),
    [
        ("Une avance de 5 % est accordée.", "PaymentTerms/Note", True),
        ("Er wordt een voorschot van 15 % toegekend.", "PaymentTerms/Note", True),
        ("An advance payment is made at the start.", "PaymentTerms/Note", True),
        ("Aucune avance forfaitaire.", "PaymentTerms/Note", False),
        ("Er wordt geen voorschot betaald.", "PaymentTerms/Note", False),
        ("Voorschot: neen", "PaymentTerms/Note", False),
        ("Avance forfaitaire : néant", "PaymentTerms/Note", False),
        ("Les repas sont préparés à l’avance.", "Description", False),
        ("Une avance est versée au lauréat.", "AwardingTerms/Prize/Description", False),
    ],
    ids=["fr", "nl", "en", "denied-fr", "denied-nl", "denied-after-nl", "denied-after", "beforehand", "prize"],
)
def test_an_advance_is_promised(text, element, expected):
    assert promises_advance([{"value": text, "element": element}]) is expected
