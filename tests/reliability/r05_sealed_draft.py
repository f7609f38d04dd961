"""R5: a disk without a free byte: what is typed is sealed over files that lie ready, again and again."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import brim
from r05_full_disk import private_mounts
from row import Result

NUMBER = "R5"
CHECK = "a disk without a free byte, and no reserve: drafts are sealed over what lies ready"
BOUND = "0 lost, nothing left readable"
QUICK, FULL = 20, 400
SECONDS = 20


def run(n: int, folder: Path) -> Result:
    return _filled(n, folder, "ready")


def planted(folder: Path) -> Result:
    """Nothing lies ready."""
    return _filled(2, folder, "bare")


def _filled(n: int, folder: Path, manner: str) -> Result:
    words = [*private_mounts(), sys.executable, brim.__file__, str(folder), str(n), manner]
    outside = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    answer = subprocess.run(words, env=outside, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    found = Counter[str](json.loads(answer.stdout))
    sealed = found.pop("sealed", 0)
    wrong = ", ".join(f"{times} {what}" for what, times in sorted(found.items()) if times)
    return Result(n, wrong or f"{sealed} drafts sealed and opened again", not wrong and sealed >= n)
