"""The import contracts hold, and each of them is seen to break."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import copied, project

PLANTED = {
    "Every arrow points down": {"model/planted.py": "import coachdesk.ui\n"},
    "Only ui and app know Qt": {"services/planted.py": "import PySide6.QtCore\n"},
    "The vault, the exports and the imports have one door: services": {"cli.py": "import coachdesk.store\n"},
    "Exporters know no records": {"export/planted.py": "import coachdesk.model\n"},
    "A screen does not know another": {
        "ui/screens/planted_a.py": "import coachdesk.ui.screens.planted_b\n",
        "ui/screens/planted_b.py": "",
    },
    "What is painted before unlocking imports no screen and no service": {
        "ui/theme.py": "import coachdesk.services\n"
    },
    "No circles anywhere": {
        "model/planted_a.py": "import coachdesk.model.planted_b\n",
        "model/planted_b.py": "import coachdesk.model.planted_a\n",
    },
}
"""For each contract a violation: lines that are added to modules of a copy."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("house") / "copy")


def lint(copy: Path) -> tuple[int, str]:
    tool = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [tool, "--no-cache"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr


def test_the_program_keeps_every_contract(copy: Path) -> None:
    code, report = lint(copy)
    assert code == 0, report
    assert "0 broken" in report


def test_every_contract_has_a_planted_violation() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(PLANTED)
    assert all(contract["broken_contract_guidance"] for contract in contracts)


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_breaks_its_contract(contract: str, copy: Path) -> None:
    before = {}
    for name, lines in PLANTED[contract].items():
        module = copy / "coachdesk" / name
        before[module] = module.read_text(encoding="utf-8") if module.exists() else None
        module.write_text((before[module] or "") + "\n" + lines, encoding="utf-8")
    try:
        code, report = lint(copy)
    finally:
        for module, text in before.items():
            if text is None:
                module.unlink()
            else:
                module.write_text(text, encoding="utf-8")
    assert code == 1, report
    assert f"{contract} BROKEN" in report
