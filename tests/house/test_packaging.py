"""The wheel, installed in an environment of its own, far from any checkout: initialised, listed, served."""

import json
import os
import shutil
import site
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("mpdi", "tender_parsers", "clauses", "examples", "templates", "static")
FILES = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy: a `build/` left in the checkout would ship deleted files again."""
    place = tmp_path_factory.mktemp("wheel")
    for name in SHIPPED:
        shutil.copytree(ROOT / name, place / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, place / "source" / name)
    run(sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "-w", place / "dist", place / "source", cwd=place)
    (built,) = (place / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with our wheel in it; the dependencies are those already here."""
    place = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", place / "venv", cwd=place)
    run(
        sys.executable,
        "-m",
        "pip",
        "-q",
        "--python",
        place / "venv" / "bin" / "python",
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=place,
    )
    (packages,) = (place / "venv" / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    return place


def run(*command: object, cwd: Path, **environment: str) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MPDI_", "COV"))}
    result = subprocess.run(
        list(map(str, command)), cwd=cwd, env={**clean, **environment}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def started(installed: Path, encoded_library: Path) -> Path:
    """The same, after `mpdi init` from a folder outside the checkout; it encodes what is for small firms, the rest is known."""
    (installed / "elsewhere").mkdir()
    known = installed / "home" / "cache" / "meaning"
    shutil.copytree(encoded_library / "meaning", known)
    listed = json.loads((known / "clauses.json").read_text(encoding="utf-8"))
    for_small_firms = [digest for identifier, digest in listed.items() if identifier.startswith("SME-")]
    unknown = [path for path in known.iterdir() if path.name.partition(".")[0] in ("clauses", *for_small_firms)]
    assert len(unknown) > 10
    for path in unknown:
        path.unlink()
    run(installed / "venv" / "bin" / "mpdi", "init", cwd=installed / "elsewhere", MPDI_HOME=str(installed / "home"))
    return installed


@pytest.fixture(scope="module")
def served(started: Path) -> Iterator[str]:
    """The address of the portal, served by `mpdi serve`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MPDI_", "COV"))}
    process = subprocess.Popen(
        [started / "venv" / "bin" / "mpdi", "serve", "--port", str(port)],
        cwd=started / "elsewhere",
        env={**clean, "MPDI_HOME": str(started / "home")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    _wait(address, process)
    yield address
    process.terminate()
    process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 60
    while True:
        assert process.poll() is None, "mpdi serve ended by itself"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < limit, "mpdi serve does not answer"
            time.sleep(0.3)
        else:
            return


def fetch(address: str, **headers: str) -> tuple[str, str]:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
        assert answer.status == 200
        return answer.headers["Content-Type"], answer.read().decode()


def test_every_file_we_ship_is_in_the_wheel(wheel):
    held = set(ZipFile(wheel).namelist())
    expected = set()
    for name in SHIPPED:
        for path in (path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            inside = path.relative_to(ROOT).as_posix()
            expected.add(inside if name in ("mpdi", "tender_parsers") else f"mpdi/resources/{inside}")
    not_for_the_wheel = {path for path in expected if path.endswith((".pot", ".pyi"))}
    assert expected - held - not_for_the_wheel == set()
    assert not [path for path in held if path.startswith("tests/") or "__pycache__" in path]
    assert any(path.endswith("LICENSE") for path in held)
    assert any(path.endswith("LICENSE-CONTENT") for path in held)


def test_the_wheel_is_what_runs_and_no_checkout(started):
    place = run(
        started / "venv" / "bin" / "python",
        "-c",
        "import mpdi, mpdi.resources as r; print(mpdi.__file__, r.folder('clauses'))",
        cwd=started / "elsewhere",
    )
    assert str(ROOT) not in place
    assert place.count(str(started)) == 2


def test_init_again_changes_nothing_and_the_clauses_are_listed(started):
    listed = run(
        started / "venv" / "bin" / "mpdi", "clauses", "list", cwd=started / "elsewhere", MPDI_HOME=str(started / "home")
    )
    assert len(listed.splitlines()) == len(list((ROOT / "clauses" / "library").iterdir()))
    assert "ENV-CLEAN-001" in listed
    assert sorted(path.name for path in (started / "elsewhere").iterdir()) == []


def test_the_clauses_of_the_wheel_pass_their_check(started):
    run(
        started / "venv" / "bin" / "mpdi",
        "clauses",
        "check",
        cwd=started / "elsewhere",
        MPDI_HOME=str(started / "home"),
    )


@pytest.mark.parametrize(("language", "word"), [("fr", "Clauses"), ("nl", "Clausules")])
def test_pages_are_served_in_both_languages(served, language, word):
    for path in ("/", "/clauses/ENV-CLEAN-001"):
        kind, page = fetch(served + path, **{"Accept-Language": language})
        assert kind.startswith("text/html")
        assert f'lang="{language}"' in page
        assert word in page
        assert "{{" not in page


def test_static_files_are_served(served):
    kind, style = fetch(f"{served}/static/css/mpdi.css")
    assert kind.startswith("text/css")
    assert len(style) > 1000


def test_a_specification_is_written_by_the_installed_program(started):
    target = started / "home" / "specification.docx"
    run(
        started / "venv" / "bin" / "mpdi",
        "specs",
        "select",
        ROOT / "examples" / "nettoyage-fr.yaml",
        cwd=started / "elsewhere",
        MPDI_HOME=str(started / "home"),
    )
    subprocess.run(
        [
            started / "venv" / "bin" / "mpdi",
            "specs",
            "write",
            ROOT / "examples" / "nettoyage-fr.yaml",
            "--output",
            target,
        ],
        cwd=started / "elsewhere",
        env={**os.environ, "MPDI_HOME": str(started / "home")},
        check=False,
        capture_output=True,
    )
    assert target.stat().st_size > 20_000
