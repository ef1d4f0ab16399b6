"""`python -m tender_parsers summary|json FILE…`: notices as JSON lines on standard output, messages on standard error.

Exit 0: all read; 1: something was left out; 2: wrong use, or nothing could be read at all.
"""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path

from tender_parsers.exceptions import NoticeError
from tender_parsers.limits import DEFAULT_LIMITS
from tender_parsers.reading import Source
from tender_parsers.serialise import to_json
from tender_parsers.sources import LeftOut, iter_notices, open_sources, reader_for


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tender_parsers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    summary = commands.add_parser("summary", help="one line a file: the counts and values that describe it")
    whole = commands.add_parser("json", help="one line a notice: the whole of it, whatever the format")
    for command in (summary, whole):
        command.add_argument("file", nargs="+", help="a file, an archive or a folder")
    given = parser.parse_args(arguments)
    run = _summary if given.command == "summary" else _json
    return max(run(path) for path in given.file)


def _summary(path: str) -> int:
    files = sorted(each for each in Path(path).rglob("*") if each.is_file()) if Path(path).is_dir() else [Path(path)]
    return max((_summarise(file) for file in files), default=2)


def _summarise(path: Path) -> int:
    left_out: list[LeftOut] = []
    good = bad = 0
    for source in open_sources(path, DEFAULT_LIMITS, lambda error: left_out.append(LeftOut.of(error))):
        line = summarise(source)
        _print({"path": source.name, **line})
        good, bad = good + ("error" not in line), bad + ("error" in line)
        if "error" in line:
            _say(str(line["error"]))
    for each in left_out:
        _print({"path": each.name, "format": None, "error": each.message})
        _say(each.message)
    return 2 if not good else int(bool(left_out or bad))


def summarise(source: Source) -> dict[str, object]:
    """Format and keys of a source; `error` beside what is known where it cannot be read."""
    kind: str | None = None
    try:
        reader = reader_for(source)
        kind = reader.format
        return {"format": kind, **reader.summary(reader.read(source))}
    except NoticeError as error:
        return {"format": kind, "error": str(error)}


def _json(path: str) -> int:
    batch = iter_notices(path)
    for notice in batch:
        sys.stdout.write(to_json(notice) + "\n")
    for each in batch.left_out:
        _say(each.message)
    if not batch.notices:
        return 2
    return int(bool(batch.left_out))


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, default=_number) + "\n")


def _number(value: object) -> float | int | str:
    """Summaries are for comparison by programs: plain JSON numbers. The whole `Notice` keeps every digit."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")


if __name__ == "__main__":
    sys.exit(main())
