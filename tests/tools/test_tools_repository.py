"""The repository as a stranger clones it: targets listed, locks that hold, no addresses."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = ROOT / "Makefile"
LOCKS = ("requirements.lock", "requirements-dev.lock")
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)( ; .+?)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
# Each in two parts, so that this file does not contain what it looks for.
REGISTRIES = (
    "pypi" + ".org", "python" + "hosted.org", "index" + "-url", "registry." + "npmjs",
    "conda." + "anaconda", "proxy." + "golang", "find" + "-links",
)  # fmt: skip
MACHINE = (
    "/ro" + "ot/",
    "/wor" + "k/",
    "/ho" + "me/",
    "/tmp" + "/v/",
    "/Us" + "ers/",
    "C:" + "\\Users",
)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE))


def locked(name: str) -> dict[str, str]:
    """Requirement and marker -> version."""
    found = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        match = REQUIREMENT.match(line)
        if match:
            found[match[1] + (match[3] or "")] = match[2]
    return found


def files_of_the_repository() -> dict[str, str]:
    """Text of every file that is in git or would be added; pictures are left out."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git clone")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode("utf-8")
    texts = {}
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            body = (ROOT / name).read_bytes()
            if b"\0" not in body:
                texts[name] = body.decode("utf-8", "replace")
    assert "Makefile" in texts
    return texts


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_help_lists_every_target_with_a_sentence() -> None:
    # This test may itself run under make, which then announces every folder that it enters.
    done = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    listed = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert set(listed) == targets()
    assert {"help", "run", "test", "bench"} <= set(listed)
    assert all(len(words) > 8 for words in listed.values())


def test_every_target_is_phony() -> None:
    """A file called `test` must not stop `make test`."""
    text = MAKEFILE.read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert set(phony.split()) == targets()


def test_the_checks_of_the_hosts_are_those_of_a_person() -> None:
    body = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in body if line.strip() and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_has_a_hash(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [n for n in lines if not (REQUIREMENT.match(n) or HASH.match(n))] == []
    starts = [i for i, line in enumerate(lines) if REQUIREMENT.match(line)]
    assert len(starts) > 30
    assert [lines[i] for i in starts if not HASH.match(lines[i + 1])] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_tests_run_against_the_versions_that_the_app_runs_with() -> None:
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[=<>!~ ;\[]", r)[0].lower() for r in requirements}

    def locked_names(name: str) -> set[str]:
        return {key.split(" ")[0].lower() for key in locked(name)}

    assert names(project["dependencies"]) - locked_names("requirements.lock") == set()
    wanted = names([r for extra in extras.values() for r in extra])
    assert wanted - locked_names("requirements-dev.lock") == set()


def test_no_file_names_a_package_registry() -> None:
    texts = files_of_the_repository()
    found = {(name, host) for name, text in texts.items() for host in REGISTRIES if host in text}
    assert found == set()


def test_no_file_names_a_path_of_this_machine() -> None:
    paths = {*MACHINE, f"{ROOT.parent}/", f"{Path.home()}/"} - {"/", "//"}
    found = {
        (name, path)
        for name, text in files_of_the_repository().items()
        for path in paths
        if path in text
    }
    assert found == set()


def test_no_file_holds_a_conflict_of_a_merge() -> None:
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert [name for name, text in files_of_the_repository().items() if marks.search(text)] == []


def test_no_folder_of_tests_is_a_package() -> None:
    """``tests/data/__init__.py`` would hide the package ``data``."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_names_of_test_files_are_unique() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted({n for n in names if names.count(n) > 1}) == []


def test_project_tables_and_changelog_name_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert newest is not None
    assert (project["version"], package["version"]) == (newest[1], newest[1])
