"""Whatever the bytes: a `Notice` that keeps its promises, or a refusal by name. What was found once is kept below."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutation import FIXTURES, SEEDS, hold, spoil

from tender_parsers.exceptions import NoticeError
from tender_parsers.reading import Source
from tender_parsers.sources import reader_for

FOUND = sorted((FIXTURES / "found").glob("*.*"))
DATA = [path.read_bytes() for path in SEEDS]
OFTEN = settings(deadline=None, max_examples=250, suppress_health_check=list(HealthCheck))
XML = [path for path in SEEDS if path.suffix == ".xml"]


@pytest.mark.parametrize("path", SEEDS, ids=[f"{path.parent.name}-{path.stem}" for path in SEEDS])
def test_every_fixture_is_read(path):
    assert hold(path.read_bytes(), path.stem) == path.parent.name.replace("ted", "ted_export")


@pytest.mark.parametrize("path", FOUND, ids=[path.name for path in FOUND])
def test_what_fuzzing_found_stays_mended(path):
    hold(path.read_bytes())


@OFTEN
@given(st.binary(max_size=400))
def test_bytes_of_any_kind(data):
    hold(data)


@OFTEN
@given(
    st.sampled_from(["<TED_EXPORT>", "<ContractNotice>", '{"ocid":', '{"marches":', "id;acheteur\n", "[{"]), st.text()
)
def test_beginnings_of_a_format_with_any_text_behind(beginning, text):
    hold((beginning + text).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("folder", sorted({path.parent.name for path in SEEDS}))
@settings(OFTEN, max_examples=120)
@given(st.data())
def test_spoilt_notices_of_each_format(folder, data):
    seed = data.draw(st.sampled_from([path for path in SEEDS if path.parent.name == folder]))
    random = Random(data.draw(st.integers(0, 2**32)))
    hold(spoil(seed.read_bytes(), random, DATA), seed.stem)


@pytest.mark.parametrize("size", [1, 5, 700])
@pytest.mark.parametrize("path", SEEDS[::3], ids=[path.name for path in SEEDS[::3]])
def test_portions_of_any_size_give_the_same(path, size):
    """A socket or a pipe gives what it has; half a file gives the same refusal at the same byte."""
    for data in (path.read_bytes(), path.read_bytes()[: path.stat().st_size * 2 // 3]):
        portions = [data[at : at + size] for at in range(0, len(data), size)]
        assert _outcome(portions, path) == _outcome([data], path)


def _outcome(portions: list[bytes], path: Path) -> object:
    source = Source("sent", portions)
    try:
        return [str(notice) for notice in reader_for(source).read(source)]
    except NoticeError as error:
        return type(error), error.offset, error.detail
