"""The house in order: packages listed, nothing hidden, small functions, every command with its words."""

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mpdi.cli import main

ROOT = Path(__file__).resolve().parents[2]
MAPPED = {
    "mpdi.resources.clauses": "clauses",
    "mpdi.resources.examples": "examples",
    "mpdi.resources.static": "static",
    "mpdi.resources.templates": "templates",
}
LONGEST_FUNCTION, LONGEST_FILE = 55, 400


def config() -> configparser.ConfigParser:
    read = configparser.ConfigParser()
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    return read


def sources() -> Iterator[tuple[str, str]]:
    for place in ("mpdi", "tender_parsers"):
        for path in sorted((ROOT / place).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_setup_lists_every_package_of_the_tree():
    listed = config()["options"]["packages"].split()
    tree = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for place in ("mpdi", "tender_parsers")
        for path in (ROOT / place).rglob("*.py")
    }
    assert sorted(listed) == listed, "keep the list sorted"
    assert set(listed) == tree | set(MAPPED)


def test_setup_maps_the_data_folders():
    mapped = dict(line.split(" = ") for line in config()["options"]["package_dir"].strip().splitlines())
    assert mapped == MAPPED
    data = config()["options.package_data"]
    assert all(data[package] == "**/*" for package in MAPPED)


def test_every_data_folder_of_a_feature_goes_into_the_wheel():
    data = config()["options.package_data"]
    for folder in (path for path in (ROOT / "mpdi").rglob("data") if path.is_dir()):
        package = ".".join(folder.parent.relative_to(ROOT).parts)
        assert "data/" in data.get(package, ""), package


def test_every_folder_of_python_is_a_package():
    assert [name for name, _ in sources() if not (ROOT / name).with_name("__init__.py").is_file()] == []


def test_tests_are_no_package():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_handler_swallows_what_it_does_not_know():
    strange = []
    for name, text in sources():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node):
                strange.append(f"{name}:{node.lineno}")
    assert strange == []


def _is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(each is None or getattr(each, "id", "") in ("Exception", "BaseException") for each in caught)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """To clean up after anything at all and raise it again is no swallowing; `except Exception` is never needed for it."""
    last = handler.body[-1]
    return getattr(handler.type, "id", "") == "BaseException" and isinstance(last, ast.Raise) and last.exc is None


def test_no_drawer_is_named_utils():
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
    assert [name for name, _ in sources() if set(Path(name).with_suffix("").parts) & drawers] == []


def test_functions_and_files_are_small():
    large = []
    for name, text in sources():
        if "migrations/versions" in name:
            continue
        if len(text.splitlines()) > LONGEST_FILE:
            large.append(f"{name}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
            ):
                large.append(f"{name}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines")
    assert large == []


def test_nothing_is_left_for_later_in_a_comment():
    assert [name for name, text in sources() if any(word in text for word in ("TODO", "FIXME", "XXX"))] == []


def test_every_public_thing_says_what_it_is():
    silent = []
    for name, text in sources():
        tree = ast.parse(text)
        if text.strip() and not ast.get_docstring(tree):
            silent.append(name)
        silent += [
            f"{name}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert [each for each in silent if "migrations/versions/" not in each] == []


def commands(command: click.Command = main, path: str = "mpdi") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, under in command.commands.items():
            yield from commands(under, f"{path} {name}")


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=[path for path, _ in commands()])
def test_every_command_says_what_it_does(path, command):
    assert command.help
    assert len(command.help) > 10
    assert all(option.help for option in command.params if isinstance(option, click.Option) and option.is_flag)


def test_the_commands_that_others_script_against_are_there():
    promised = {
        "init",
        "serve",
        "demo",
        "jobs run",
        *(f"clauses {name}" for name in ("check", "list", "show", "search", "diff", "export", "index")),
        *(f"specs {name}" for name in ("select", "write", "inspect", "lint")),
    }
    assert promised <= {path.removeprefix("mpdi ") for path, _ in commands()}
