"""`mpdi specs …`: exit codes, JSON exactly as documented, data on standard output and messages on standard error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from clause_samples import SampleLibrary, clause_data
from docx_checks import assert_good_docx, parts_of
from editing import edited
from state import load, withdraw

from mpdi.documents.docx_package import packed
from mpdi.resources import folder

ANSWERS = {
    "publication_date": "2026-12-01",
    "authority": {"name": "Commune d'Exemple", "type": "local"},
    "object": "Nettoyage",
    "nature": "services",
    "cpv": ["90919200"],
    "estimated_value": 120000,
    "procedure": "open",
    "duration_months": 12,
    "lots": 2,
    "payment_days": 30,
}
BLOCKED = {"payment_days": 60}


@pytest.fixture
def answers(tmp_path):
    """Write an answers file; changes over a purchase that nothing blocks."""

    def written(name: str = "answers.yaml", **changes: object) -> Path:
        path = tmp_path / name
        lines = yaml.safe_dump({**ANSWERS, **changes}, allow_unicode=True).replace("'2026-12-01'", "2026-12-01")
        path.write_text(lines, encoding="utf-8")
        return path

    return written


@pytest.fixture
def specification(mpdi, answers, tmp_path):
    """Write a specification and the buyer's file."""

    def written(**changes: object) -> tuple[Path, Path]:
        target, dossier = tmp_path / "specification.docx", tmp_path / "dossier.docx"
        result = mpdi("specs", "write", answers(**changes), "--output", target, "--dossier", dossier)
        assert result.exit_code in (0, 1), result.stderr
        return target, dossier

    return written


def test_select_answers_every_clause_in_force_as_documented(mpdi, answers, published_library):
    result = mpdi("specs", "select", answers(), "--format", "json")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows] == list(published_library.identifiers)
    for row in rows:
        assert list(row) == ["id", "version", "decision", "reason", "rule"]
        assert row["decision"] in ("in", "suggested", "out")
        assert row["reason"].strip()
    assert {row["decision"] for row in rows} == {"in", "suggested", "out"}


def test_select_speaks_the_language_of_the_purchase(mpdi, answers):
    reasons = {
        language: json.loads(mpdi("specs", "select", answers(language=language), "--format", "json").stdout)[0][
            "reason"
        ]
        for language in ("fr", "nl", "fr+nl")
    }
    assert reasons["fr"] == reasons["fr+nl"] != reasons["nl"]


def test_select_as_text_is_a_line_a_clause(mpdi, answers, published_library):
    result = mpdi("specs", "select", answers())
    assert len(result.stdout.splitlines()) == len(published_library.identifiers)


def test_select_says_that_the_category_has_no_clause_yet(mpdi, home, tmp_path):
    withdraw(home, "FOOD")
    path = tmp_path / "repas.yaml"
    path.write_text("{publication_date: 2026-12-01, cpv: ['55524000'], language: fr}", encoding="utf-8")
    result = mpdi("specs", "select", path, "--format", "json")
    assert "pas encore de clause publiée" in result.stderr
    assert json.loads(result.stdout)


def test_missing_companions_are_messages_and_never_in_the_data(mpdi, answers, home, tmp_path):
    samples = SampleLibrary(tmp_path)
    samples.add(
        clause_data("ENV-GEN-901", requires=[{"id": "ENV-GEN-999", "reason": {"fr": "Il le faut", "nl": "Het moet"}}])
    )
    load(home, samples.folder)
    result = mpdi("specs", "select", answers(), "--format", "json")
    assert "Il le faut" in result.stderr
    assert json.loads(result.stdout)


def test_write_says_where_the_files_are(mpdi, answers, tmp_path):
    target, dossier = tmp_path / "a.docx", tmp_path / "b.docx"
    result = mpdi("specs", "write", answers(advance={"percent": 20}), "--output", target, "--dossier", dossier)
    assert result.stdout == ""
    assert str(target) in result.stderr
    assert str(dossier) in result.stderr
    assert_good_docx(target.read_bytes())
    assert_good_docx(dossier.read_bytes())


def test_write_ends_with_1_where_something_must_be_mended_and_writes_all_the_same(mpdi, answers, tmp_path):
    result = mpdi("specs", "write", answers(**BLOCKED), "--output", tmp_path / "a.docx")
    assert result.exit_code == 1
    assert "[L09, block] payment_days: " in result.stderr
    assert_good_docx((tmp_path / "a.docx").read_bytes())
    assert mpdi("specs", "lint", answers(), "--format", "json").exit_code == (
        1 if mpdi("specs", "lint", answers()).stdout else 0
    )


def test_two_languages_at_once_are_one_file_in_two_columns(mpdi, answers, tmp_path):
    target, dossier = tmp_path / "a.docx", tmp_path / "b.docx"
    assert mpdi("specs", "write", answers(language="fr+nl"), "--output", target, "--dossier", dossier).exit_code in (
        0,
        1,
    )
    assert_good_docx(target.read_bytes())
    found = json.loads(mpdi("specs", "inspect", target, "--format", "json").stdout)
    assert found["manifest"]["language"] == "fr+nl"
    languages = [(clause["id"], clause["language"]) for clause in found["clauses"]]
    assert len(languages) == len(set(languages)) > 10
    assert {identifier for identifier, language in languages if language == "fr"} == {
        identifier for identifier, language in languages if language == "nl"
    }
    findings = [
        json.loads(mpdi("specs", "lint", each, "--format", "json").stdout)
        for each in (answers(language="fr+nl"), dossier, target)
    ]
    assert findings[0]
    assert findings[0] == findings[1] == findings[2]


@pytest.mark.parametrize("place", ["absent/a.docx", "taken"])
def test_a_place_that_cannot_be_written_is_a_message(mpdi, answers, tmp_path, place):
    (tmp_path / "taken").write_bytes(b"")
    result = mpdi("specs", "write", answers(), "--output", tmp_path / ("taken/a.docx" if place == "taken" else place))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_inspect_answers_as_documented(mpdi, specification):
    target, _ = specification()
    result = mpdi("specs", "inspect", target, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert list(found) == ["manifest", "clauses"]
    assert found["manifest"]["publication_date"] == "2026-12-01"
    assert len(found["clauses"]) > 5
    for clause in found["clauses"]:
        assert list(clause) == ["id", "version", "language", "digest", "state"]
        assert clause["language"] == "fr"
        assert len(clause["digest"]) == 64


def test_inspect_ends_with_1_and_names_what_was_edited(mpdi, specification, published_library):
    target, _ = specification()
    clauses = json.loads(mpdi("specs", "inspect", target, "--format", "json").stdout)["clauses"]
    identifier = clauses[3]["id"]
    title = published_library.version(identifier, clauses[3]["version"]).title.fr
    data = target.read_bytes()
    contents = parts_of(data)["word/document.xml"].decode().count(title.replace("&", "&amp;"))
    assert contents
    target.write_bytes(edited(data, title, title + " (modifié)"))
    result = mpdi("specs", "inspect", target)
    assert result.exit_code == 1
    assert [line.split()[1].split("@")[0] for line in result.stdout.splitlines() if line.startswith("edited")] == [
        identifier
    ]


def test_inspect_tells_what_is_outdated(mpdi, specification, home, tmp_path):
    target, _ = specification()
    clause = json.loads(mpdi("specs", "inspect", target, "--format", "json").stdout)["clauses"][0]
    samples = SampleLibrary(tmp_path)
    samples.add(clause_data(clause["id"], version="99.0.0"))
    load(home, samples.folder)
    result = mpdi("specs", "inspect", target, "--format", "json")
    assert result.exit_code == 1
    assert [each["id"] for each in json.loads(result.stdout)["clauses"] if each["state"] == "outdated"] == [
        clause["id"]
    ]


def test_lint_answers_as_documented(mpdi, answers):
    result = mpdi("specs", "lint", answers(**BLOCKED), "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [list(finding) for finding in found] == [["rule", "severity", "where", "message", "remedy"]] * len(found)
    assert [finding["rule"] for finding in found if finding["where"] == "payment_days"] == ["L09"]
    assert {finding["severity"] for finding in found} <= {"block", "warn"}


def test_lint_ends_with_0_where_there_is_nothing_to_say(mpdi, answers):
    plain = answers(
        nature="supplies",
        cpv=["39130000"],
        estimated_value=10000,
        award=[{"criterion": "price", "weight": 100}],
        lots=0,
        authority={"type": "other"},
    )
    result = mpdi("specs", "lint", plain, "--format", "json")
    assert json.loads(result.stdout) == []
    assert result.exit_code == 0


def test_lint_of_a_file_reads_its_manifest_and_of_the_buyers_file_its_answers(mpdi, answers, specification):
    target, dossier = specification(**BLOCKED)
    told = json.loads(mpdi("specs", "lint", answers(**BLOCKED), "--format", "json").stdout)
    for file in (target, dossier):
        result = mpdi("specs", "lint", file, "--format", "json")
        assert (result.exit_code, json.loads(result.stdout)) == (1, told)


NOT_OURS = {
    "empty.docx": b"",
    "text.docx": b"hello",
    "cut.docx": None,
    "plain.docx": None,
    "changed.docx": None,
    "hollow.docx": None,
}


@pytest.fixture
def not_ours(specification, answers):
    def made(name: str) -> Path:
        target, dossier = specification()
        path = target.with_name(name)
        data = (dossier if name == "hollow.docx" else target).read_bytes()
        parts = parts_of(data)
        if name == "cut.docx":
            data = data[: len(data) // 2]
        elif name == "plain.docx":
            data = packed({key: value for key, value in parts.items() if "customXml" not in key})
        elif name in ("changed.docx", "hollow.docx"):
            item = parts["customXml/item1.xml"]
            kind = b'{"kind": "dossier", "answers": [1]}' if name == "hollow.docx" else b'{"kind": "specification"}'
            parts["customXml/item1.xml"] = item[: item.index(b"{")] + kind + item[item.rindex(b"}") + 1 :]
            data = packed(parts)
        else:
            data = NOT_OURS[name]
        path.write_bytes(data)
        return path

    return made


@pytest.mark.parametrize("command", ["inspect", "lint"])
@pytest.mark.parametrize("name", NOT_OURS)
def test_a_file_that_is_not_ours_is_a_message(mpdi, not_ours, command, name):
    result = mpdi("specs", command, not_ours(name), "--format", "json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr) > 20
    assert "Traceback" not in result.stderr


WRONG = {
    "unknown key": ("couleur: rouge\n", "couleur"),
    "comma": ("estimated_value: 1,5\n", "estimated_value"),
    "twice": ("lots: 1\nlots: 2\n", "stands twice"),
    "too large": ("estimated_value: 1e400\n", "not between"),
    "CPV": ("cpv: ['12345678']\n", "12345678"),
    "date": ("publication_date: 2026-02-30\n", "not a date"),
    "clause": ("overrides: {ENV-GEN-999: {decision: in, reason: x}}\n", "ENV-GEN-999"),
    "no YAML": ("[", "line"),
    "empty": ("", "set of keys"),
    "a law not known": ("publication_date: 2040-01-01\n", "2040"),
    "ten megabytes": ("object: " + "x" * 10_000_000, "larger than 1 MB"),
}


@pytest.mark.parametrize("command", ["select", "lint", "write"])
@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_answers_that_cannot_be_read_are_a_message(mpdi, tmp_path, command, text, words):
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    output = ("--output", tmp_path / "a.docx") if command == "write" else ()
    result = mpdi("specs", command, path, *output)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr) < 2000
    assert result.stdout == ""
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize("command", ["select", "lint", "inspect"])
def test_a_file_that_is_absent_is_a_message(mpdi, tmp_path, command):
    result = mpdi("specs", command, tmp_path / "absent.yaml")
    assert result.exit_code == 2
    assert "absent.yaml" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("specs", "select"),
        ("specs", "lint"),
        ("specs", "write"),
        ("clauses", "list"),
        ("clauses", "show", "ENV-CLEAN-001"),
        ("clauses", "search", "eau"),
        ("clauses", "export", "out"),
        ("clauses", "index"),
        ("jobs", "run"),
        ("specs", "inspect"),
    ],
)
def test_before_init_every_command_says_so(mpdi, answers, specification, home, tmp_path, arguments):
    target, _ = specification()
    (home / "mpdi.sqlite3").unlink()
    for path in home.glob("mpdi.sqlite3-*"):
        path.unlink()
    if arguments[0] == "specs":
        arguments = (
            *arguments,
            target if arguments[1] == "inspect" else answers(),
            *(("--output", tmp_path / "b.docx") if arguments[1] == "write" else ()),
        )
    result = mpdi(*arguments)
    assert result.exit_code == 2
    assert "mpdi init" in result.stderr
    assert result.stdout == ""


def test_another_process_with_another_hash_seed_writes_the_same_bytes(home, answers, tmp_path):
    source = answers(**BLOCKED, options=["social_clause", "variants", "innovation"])
    written = []
    for seed in ("0", "4242"):
        target, dossier = tmp_path / f"{seed}.docx", tmp_path / f"{seed}-dossier.docx"
        subprocess.run(
            [
                Path(sys.executable).with_name("mpdi"),
                "specs",
                "write",
                source,
                "--output",
                target,
                "--dossier",
                dossier,
            ],
            env={**os.environ, "MPDI_HOME": str(home), "PYTHONHASHSEED": seed},
            check=False,
            capture_output=True,
        )
        written.append((target.read_bytes(), dossier.read_bytes()))
    assert written[0] == written[1]


def test_the_examples_of_the_checkout_are_written_and_unchanged(mpdi, tmp_path):
    folder_of_examples = folder("clauses").parent / "examples"
    examples = sorted(path for path in folder_of_examples.glob("*.yaml") if not path.name.startswith(("offers-", "lighting-", "plan-")))
    assert examples
    for path in examples:
        target = tmp_path / f"{path.stem}.docx"
        assert mpdi("specs", "write", path, "--output", target).exit_code == 0, path
        assert mpdi("specs", "inspect", target).exit_code == 0, path
