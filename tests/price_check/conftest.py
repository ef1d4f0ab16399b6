"""Cases for the price check: plainly fictitious firms, one purchase, offers by their amounts."""

import re
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from pypdf import PdfReader

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent.resolve()))
sys.path.insert(0, str((Path(__file__).parent / "../specifications").resolve()))

from libreoffice import convert
from price_samples import PURCHASE

from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.database import Base
from mpdi.price_check.core.check import check_prices
from mpdi.price_check.core.reading import read_case
from mpdi.price_check.core.rules import read_price_rules
from mpdi.services import EXTENSION, Services


@pytest.fixture(scope="session")
def rules():
    """The rules that ship."""
    return read_price_rules()


@pytest.fixture
def data():
    """Make the data of a check: offers by their amounts, other keys as given."""
    def make(*amounts, purchase=(), **keys):
        offers = [amount if isinstance(amount, dict) else {"tenderer": f"Fictive {place}", "amount": amount} for place, amount in enumerate(amounts, start=1)]
        return deepcopy({"purchase": PURCHASE | dict(purchase), "offers": offers} | keys)
    return make


@pytest.fixture
def check(data, rules):
    """Check the offers of such data."""
    return lambda *amounts, purchase=(), **keys: check_prices(read_case(data(*amounts, purchase=purchase, **keys)), rules)


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The portal with an empty database: these pages read no library, and loading one for each test would take long."""
    home = tmp_path_factory.mktemp("prices")
    settings = Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests")
    made = create_app(settings)
    made.testing = True
    found: Services = made.extensions[EXTENSION]
    Base.metadata.create_all(found.database.engine)
    yield made
    found.search.words.close()
    found.database.engine.dispose()


@pytest.fixture
def token():
    """Read the token of the forms of a page."""
    return lambda browser: re.search(r'name="csrf_token"[^>]*value="([^"]*)"', browser.get("/prices").get_data(as_text=True)).group(1)


@pytest.fixture
def pdf_text(tmp_path):
    """Open a Word file in LibreOffice, print it, and return the words of its pages."""
    def read(content: bytes) -> str:
        (tmp_path / "letter.docx").write_bytes(content)
        convert([tmp_path / "letter.docx"], "pdf", tmp_path / "out")
        return " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "out" / "letter.pdf").pages).split())
    return read
