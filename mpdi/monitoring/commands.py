"""`mpdi notices …`."""

import json
import sys
from collections.abc import Iterator

import click

from mpdi.command_line import say
from mpdi.monitoring.detection import DetectionRules, Observation, detect, labels_of, read_detection_rules
from mpdi.monitoring.ingest_commands import buyers_command, ingest_command, reread_command
from mpdi.monitoring.open_data_commands import export_command
from mpdi.monitoring.watching.commands import watch_command
from tender_parsers import iter_notices
from tender_parsers.notice import Notice


@click.group("notices")
def notices() -> None:
    """Notices of every format: what they declare, what their texts say."""


notices.add_command(ingest_command)
notices.add_command(reread_command)
notices.add_command(buyers_command)
notices.add_command(watch_command)
notices.add_command(export_command)


@notices.command("detect")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="jsonl prints one JSON line a notice, and for a file that cannot be read its path and the error.",
)
def detect_command(files: tuple[str, ...], output_format: str) -> None:
    """Say what the texts of the notices in each FILE (or folder, or archive) say, with the words that prove it.

    Exit 0: all read; 1: something was left out; 2: nothing could be read.
    """
    rules = read_detection_rules()
    read = left_out = 0
    for path in files:
        batch = iter_notices(path)
        for notice in batch:
            read += 1
            for line in _lines(path, notice, rules, output_format):
                _print(line)
        for each in batch.left_out:
            left_out += 1
            say(each.message)
            if output_format == "jsonl":
                _print(json.dumps({"path": each.name, "error": each.message}, ensure_ascii=False))
    sys.exit(2 if not read else int(left_out > 0))


def _print(line: str) -> None:
    """Print a line; half a character of a hostile text leaves as the escape it came in as."""
    click.echo(line.encode("utf-8", "backslashreplace").decode("utf-8"))


def _lines(path: str, notice: Notice, rules: DetectionRules, output_format: str) -> Iterator[str]:
    observations = detect(notice, rules)
    name = notice.source or path
    labels = labels_of(observations)
    if output_format == "jsonl":
        found = {"path": name, "notice_id": notice.notice_id, **labels}
        yield json.dumps(found | {"observations": [_as_json(each) for each in observations]}, ensure_ascii=False)
        return
    yield f"{name}: {', '.join(label for label, said in labels.items() if said) or 'nothing found'}"
    for each in observations:
        words = " ".join(each.words.split())
        yield f"  {each.rule} ({each.lot or 'whole'}, {each.element}): “{words}”"


def _as_json(observation: Observation) -> dict[str, object]:
    return {
        "label": observation.label.value,
        "lot": observation.lot,
        "element": observation.element,
        "words": observation.words,
        "rule": observation.rule,
        "text": observation.text,
        "start": observation.start,
        "end": observation.end,
        "language": observation.language,
    }
