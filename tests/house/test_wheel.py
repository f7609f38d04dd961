"""The wheel holds the program and its resources, and both ways to them are found."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from checkout import ROOT, copied, project
from setuptools import find_packages

ASK = "from coachdesk import paths; print(paths.resource('standards.toml'))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    built = ["pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    source = copied(folder / "source")
    answer = subprocess.run(
        [sys.executable, "-m", *built, str(source)], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return next(folder.glob("coachdesk-*.whl"))


def asked(place: Path, elsewhere: Path) -> Path:
    answer = subprocess.run(
        [sys.executable, "-P", "-c", ASK],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(answer.stdout.strip())


def test_the_list_of_packages_is_that_of_the_tree() -> None:
    listed = project()["tool"]["setuptools"]["packages"]
    found = find_packages(str(ROOT), include=["coachdesk", "coachdesk.*"])
    assert sorted(listed) == sorted([*found, "coachdesk.resources"])


def test_the_wheel_holds_every_module_and_every_resource(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    resources = {
        f"coachdesk/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "coachdesk").rglob("*.py")}
    assert resources and modules
    assert resources | modules | {"coachdesk/py.typed"} <= inside
    assert not [name for name in inside if name.startswith(("tests/", "packaging/", "resources/"))]


def test_installed_resources_lie_inside_the_package(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    found = asked(site, tmp_path)
    assert found == site / "coachdesk" / "resources" / "standards.toml"
    assert found.is_file()


def test_in_a_checkout_resources_lie_beside_the_package(tmp_path: Path) -> None:
    found = asked(ROOT, tmp_path)
    assert found == ROOT / "resources" / "standards.toml"
    assert found.is_file()


def test_the_folder_packaging_does_not_shadow_the_library() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    answer = subprocess.run(
        [sys.executable, "-c", "import packaging.version"], cwd=ROOT, capture_output=True, check=False
    )
    assert answer.returncode == 0
