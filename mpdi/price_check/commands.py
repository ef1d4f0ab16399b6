"""`mpdi prices …`."""

import sys
from pathlib import Path

import click

from mpdi import clock
from mpdi.clause_library.core import strict_yaml
from mpdi.command_line import format_option, print_json, say
from mpdi.exceptions import MpdiError
from mpdi.price_check.core.check import PriceCheck, Verdict, check_prices
from mpdi.price_check.core.errors import OffersError
from mpdi.price_check.core.reading import read_case
from mpdi.price_check.core.report import as_json, as_text
from mpdi.price_check.core.rules import PriceRules, read_price_rules
from mpdi.price_check.letters import letter_language, letter_name, unsourced, write_letter


class UnreadableOffersError(MpdiError):
    """The file of offers holds values that are wrong: each is named with its remedy."""


class UnwritableFolderError(MpdiError):
    """The letters cannot be written where they were asked for."""


@click.group("prices")
def prices() -> None:
    """Offers: what each leaves for an hour of work, and which must be questioned."""


@prices.command("check")
@click.argument("offers", type=click.Path(path_type=Path))
@format_option
@click.option(
    "--letters",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the letter to each tenderer who must be questioned into this folder.",
)
@click.option("--also-may", is_flag=True, help="Write the letter to those who may be questioned, too.")
def check(offers: Path, output_format: str, letters: Path | None, also_may: bool) -> None:
    """Check the prices of an OFFERS.yaml; exit 1 when an offer must be questioned."""
    rules = read_price_rules()
    data = strict_yaml.read(offers)
    try:
        checked = check_prices(read_case(data), rules)
    except OffersError as error:
        raise UnreadableOffersError("\n".join(f"{offers}: {problem}" for problem in error.problems)) from error
    if output_format == "json":
        print_json(as_json(checked, rules))
    else:
        for line in as_text(checked):
            click.echo(line)
    if letters is not None:
        _write_letters(checked, rules, letters, also_may)
    sys.exit(1 if checked.with_verdict(Verdict.MUST) else 0)


def _write_letters(checked: PriceCheck, rules: PriceRules, target: Path, also_may: bool) -> None:
    wanted = (Verdict.MUST, Verdict.MAY) if also_may else (Verdict.MUST,)
    try:
        target.mkdir(parents=True, exist_ok=True)
        for number, offer in enumerate(checked.offers, start=1):
            if offer.verdict in wanted:
                language = letter_language(offer, checked)
                path = target / letter_name(number, offer, language)
                path.write_bytes(write_letter(offer, checked, rules, clock.today(), language))
                say(str(path) + (": holds shares without a source, marked in yellow: replace them before you send it." if unsourced(offer) else ""))
    except OSError as error:
        raise UnwritableFolderError(
            f"{target}: cannot be written ({error.strerror}). Choose a folder that exists and is yours."
        ) from error
