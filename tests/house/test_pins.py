"""Every dependency is pinned, hashed, licensed and written down."""

import re
import tomllib

import pytest
from checkout import ROOT, project

PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)==(\S+)", re.MULTILINE)
RUN = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
TEST = (ROOT / "packaging" / "requirements-dev.lock").read_text(encoding="utf-8")


def plain(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


@pytest.mark.parametrize("lock", [RUN, TEST], ids=["run", "test"])
def test_every_pin_has_its_hashes_and_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) > 20
    assert all(PIN.match(entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock
    assert "--" not in lock.replace("--hash=sha256:", "")


def test_the_tests_run_on_the_very_versions_the_coach_gets() -> None:
    assert set(PIN.findall(RUN)) <= set(PIN.findall(TEST))


def test_every_declared_dependency_is_pinned() -> None:
    declared = project()["project"]
    run, test = ({name for name, _ in PIN.findall(lock)} for lock in (RUN, TEST))
    assert {plain(each) for each in declared["dependencies"]} <= run
    assert {plain(each) for each in declared["optional-dependencies"]["dev"]} <= test


def test_qt_is_held_where_it_does_not_abort_python_3_11() -> None:
    line = next(line for line in RUN.splitlines() if line.startswith("pyside6-essentials==6.11"))
    assert "python_full_version < '3.12'" in line


def test_every_library_stands_in_the_notices() -> None:
    notices = (ROOT / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8").lower()
    assert [name for name, _ in PIN.findall(RUN) if not re.search(rf"\b{name}\b", notices)] == []


def test_the_licence_files_that_travel_exist() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in tomllib.loads(text)["project"]["license-files"]:
        assert (ROOT / name).is_file()
    for name in ("icons/LICENSE", "fonts/OFL.txt"):
        assert (ROOT / "resources" / name).is_file()
