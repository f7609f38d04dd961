"""The reliability table: every row is declared, and one whose detector does not fire fails."""

import ast
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from checkout import ROOT

FOLDER = ROOT / "tests" / "reliability"
sys.path.append(str(FOLDER))

from judging import judge  # noqa: E402 - found only with the path above
from row import CannotRun, Result, names  # noqa: E402

DECLARED = {"NUMBER", "CHECK", "BOUND", "QUICK", "FULL", "run", "planted"}


def declared(path: Path) -> dict[str, object]:
    """The names that a module gives, with the values that are written out."""
    found: dict[str, object] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                keys = target.elts if isinstance(target, ast.Tuple) else [target]
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                found |= {key.id: value for key, value in zip(keys, values, strict=False)}
    return found


@pytest.mark.parametrize("name", names())
def test_a_row_says_what_it_is_and_is_named_after_its_number(name: str) -> None:
    given = declared(FOLDER / f"{name}.py")
    assert set(given) >= DECLARED
    number = given["NUMBER"]
    assert isinstance(number, ast.Constant)
    assert name.startswith(f"r{int(number.value[1:]):02}_")


def row(noticed: Result | Exception, result: Result, **more: object) -> SimpleNamespace:
    def planted(_folder: Path) -> Result:
        if isinstance(noticed, Exception):
            raise noticed
        return noticed

    return SimpleNamespace(
        NUMBER="R99",
        CHECK="a | b",
        BOUND="0",
        QUICK=1,
        FULL=2,
        planted=planted,
        run=lambda n, _folder: Result(result.done or n, result.said, result.kept),
        **more,
    )


FIRES, SLEEPS = Result(1, "1 lost", False), Result(1, "0 lost", True)


@pytest.mark.parametrize(
    ("noticed", "kept", "verdict"),
    [
        (FIRES, True, "kept"),
        (FIRES, False, "**missed**"),
        (SLEEPS, True, "**blind**"),
        (CannotRun("needs mount rights"), True, "not run"),
    ],
)
def test_a_row_is_kept_only_if_its_detector_fires(
    noticed: Result | Exception, kept: bool, verdict: str, tmp_path: Path
) -> None:
    judged = judge(row(noticed, Result(0, "said", kept)), 7, tmp_path)
    assert judged.verdict == verdict
    assert re.fullmatch(r"\| R99 \| a / b \|( [^|]+ \|){5}", judged.line)


@pytest.mark.parametrize(("more", "verdict"), [({}, "**missed**"), ({"EVERY": True}, "kept")])
def test_a_row_that_tries_less_than_it_is_asked_to_is_missed_unless_there_is_no_more(
    more: dict[str, object], verdict: str, tmp_path: Path
) -> None:
    assert judge(row(FIRES, Result(3, "said", True), **more), 7, tmp_path).verdict == verdict


def test_a_detector_that_tried_nothing_has_not_fired(tmp_path: Path) -> None:
    idle = Result(0, "0 tried", False)
    assert judge(row(idle, Result(7, "said", True)), 7, tmp_path).verdict == "**blind**"


def test_what_a_machine_lacks_is_said_in_the_table(tmp_path: Path) -> None:
    judged = judge(row(CannotRun("needs mount rights: run as root"), SLEEPS), 7, tmp_path)
    assert "needs mount rights: run as root" in judged.line
