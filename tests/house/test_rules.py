"""What holds for every file."""

import re
import subprocess
import sys
from pathlib import Path

from checkout import ROOT, project, text_files

REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("pkg", "dev"), ("npmjs", "org"))
]
UNFINISHED = re.compile(
    r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "raise NotImplemented" + "Error")) + r")\b"
)
WAITING = re.compile(r"\b(time\.sleep|qtbot\.wait|pytest\.(mark\.)?skip(if)?)\(")
BLANKET = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:))")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def offenders(rule: re.Pattern[str]) -> list[str]:
    """Modules and tests of ours that a rule finds something in; this file holds the rules."""
    ours = [path for path in text_files() if path.suffix == ".py" and path != Path(__file__)]
    return [named(path) for path in ours if rule.search(path.read_text(encoding="utf-8"))]


def test_no_file_names_a_package_registry() -> None:
    texts = {named(path): path.read_text(encoding="utf-8", errors="replace") for path in text_files()}
    assert {"README.md", "pyproject.toml", "packaging/requirements.lock", ".ci/run"} <= set(texts)
    assert [name for name, text in texts.items() if any(host in text for host in REGISTRIES)] == []


def test_nothing_is_left_unfinished() -> None:
    assert offenders(UNFINISHED) == []


def test_nothing_waits_by_the_clock_or_is_skipped() -> None:
    assert offenders(WAITING) == []


def test_an_exception_to_a_check_names_the_check() -> None:
    assert offenders(BLANKET) == []


def test_the_checks_of_rules_fire() -> None:
    assert UNFINISHED.search("# TO" + "DO later")
    assert WAITING.search("    time.sleep" + "(1)")
    assert BLANKET.search("x = 1  # type: " + "ignore")
    assert not BLANKET.search("x = 1  # type: " + "ignore[misc]")


def test_pytest_is_strict() -> None:
    settings = project()["tool"]["pytest"]["ini_options"]
    assert {"--strict-markers", "--strict-config"} <= set(settings["addopts"].split())
    assert settings["filterwarnings"][0] == "error"
    assert settings["xfail_strict"] is True
    assert settings["qt_log_level_fail"] == "WARNING"
    assert "no:randomly" not in settings["addopts"]


def checked(tool: str, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name(tool), *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_mypy_refuses_a_function_without_types(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("def visit(minutes):\n    return minutes\n", encoding="utf-8")
    answer = checked("mypy", "--config-file", str(ROOT / "pyproject.toml"), "planted.py", folder=tmp_path)
    assert answer.returncode == 1
    assert "[no-untyped-def]" in answer.stdout


def test_ruff_refuses_a_function_that_branches_too_often(tmp_path: Path) -> None:
    branches = "".join(f"    if minutes == {n}:\n        print({n})\n" for n in range(9))
    (tmp_path / "planted.py").write_text(f"def visit(minutes):\n{branches}", encoding="utf-8")
    answer = checked("ruff", "check", "--config", str(ROOT / "pyproject.toml"), "planted.py", folder=tmp_path)
    assert answer.returncode == 1
    assert "C901" in answer.stdout
