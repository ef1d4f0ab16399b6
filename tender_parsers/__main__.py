"""`python -m tender_parsers summary|json FILE…`: notices as JSON lines on standard output, messages on standard error.

Exit 0: all read (or the reader of the output went away, as `head` does); 1: something was left out; 2: wrong use, or nothing could be read at all.
"""

import argparse
import io
import json
import os
import sys
from decimal import Decimal

from tender_parsers.exceptions import NoticeError
from tender_parsers.limits import DEFAULT_LIMITS
from tender_parsers.mapped import table_reader
from tender_parsers.reader import Reader
from tender_parsers.reading import Source
from tender_parsers.serialise import to_json
from tender_parsers.sources import LeftOut, iter_notices, reader_for, sources_of


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    given = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A lone surrogate of a hostile JSON text leaves as the escape it came in as.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        tables = table_reader(given.mapping) if given.mapping else None
    except NoticeError as error:
        _say(str(error))
        return 2
    run = _summary if given.command == "summary" else _json
    read = left_out = 0
    for path in given.file:
        more_read, more_left_out = run(path, tables)
        if not more_read and not more_left_out:
            _say(
                f"{path}: nothing to read in it (an empty folder, archive or list). Give a file, or a folder with files."
            )
        read, left_out = read + more_read, left_out + more_left_out
    return 2 if not read else int(left_out > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tender_parsers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    summary = commands.add_parser("summary", help="one line a file: the counts and values that describe it")
    whole = commands.add_parser("json", help="one line a notice: the whole of it, whatever the format")
    for command in (summary, whole):
        command.add_argument("file", nargs="+", help="a file, an archive or a folder")
        command.add_argument("--mapping", help="JSON file that says which column of a CSV or XLSX table is what")
    return parser


def _summary(path: str, tables: Reader | None) -> tuple[int, int]:
    """Print one line a file; how many were read, and how many left out."""
    left_out: list[LeftOut] = []
    read = bad = 0
    for source in sources_of(path, DEFAULT_LIMITS, lambda error: left_out.append(LeftOut.of(error))):
        line = summarise(source, tables)
        _print({"path": source.name, **line})
        if "error" in line:
            _say(str(line["error"]))
            bad += 1
        else:
            read += 1
    for each in left_out:
        _print({"path": each.name, "format": None, "error": each.message})
        _say(each.message)
    return read, bad + len(left_out)


def summarise(source: Source, tables: Reader | None = None) -> dict[str, object]:
    """Format and keys of a source; `error` beside what is known where it cannot be read."""
    kind: str | None = None
    try:
        reader = reader_for(source, tables)
        kind = reader.format
        return {"format": kind, **reader.summary(reader.read(source))}
    except NoticeError as error:
        return {"format": kind, "error": str(error)}


def _json(path: str, tables: Reader | None) -> tuple[int, int]:
    """Print one line a notice; how many there were, and how many files were left out."""
    batch = iter_notices(path, table_reader=tables)
    for notice in batch:
        try:
            sys.stdout.write(to_json(notice) + "\n")
        except NoticeError as error:
            batch.refuse(error)
            batch.notices -= 1
    for each in batch.left_out:
        _say(each.message)
    return batch.notices, len(batch.left_out)


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, default=_number) + "\n")


def _number(value: object) -> float | int | str:
    """Summaries are for comparison by programs: plain JSON numbers. The whole `Notice` keeps every digit."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")


def run() -> int:
    """The command line as a program: a reader that goes away (`| head`) has what it wanted, so that is no finding."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(run())
