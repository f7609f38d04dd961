"""C that is preloaded before the C library, compiled when it is needed."""

import shutil
import subprocess
from pathlib import Path

from row import HERE, CannotRun


def compiled(name: str, folder: Path) -> Path:
    """The shared library of `name`.c, built in `folder`. Raises CannotRun where nothing can build it."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise CannotRun("needs a C compiler: apt-get install gcc")
    built = folder / f"{name}.so"
    command = [
        compiler,
        "-shared",
        "-fPIC",
        "-O2",
        "-Wall",
        "-o",
        str(built),
        str(HERE / f"{name}.c"),
        "-ldl",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise CannotRun(f"the C compiler could not build {name}.c: {answer.stderr.strip()[:120]}")
    return built
