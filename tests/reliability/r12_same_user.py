"""R12: another program of the same user may not look into ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from laptop import laptop
from row import CannotRun, Result

NUMBER = "R12"
CHECK = "memory looked at by another program of the same user, lock screen and open desk"
BOUND = "refused"
QUICK, FULL = 1, 5
SECONDS = 20

NO_PRIVILEGES = ("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
"""What makes root a user like any other: both who looks and who is looked at have no more rights."""
LOOKS = 3
"""At the lock screen: it keeps others out once it is painted, which is seen here a moment before it is so."""
LOOK = "import sys; open(f'/proc/{sys.argv[1]}/mem', 'rb').close()"


def run(n: int, folder: Path) -> Result:
    locked = opened = 0
    with laptop(folder) as one:
        one.start(_as_a_user())
        for _ in range(n):
            locked += any(not _may_look(one.pid) for _ in range(LOOKS))
            one.unlock()
            opened += not _may_look(one.pid)
            one.locks(one.computer.locks_screen)
    said = f"refused at {locked} lock screens and {opened} open desks of {n}"
    return Result(n, said, locked == opened == n)


def planted(folder: Path) -> Result:
    """A program that asks nobody to keep out. Raises CannotRun where the kernel keeps everybody out."""
    command = [*_as_a_user(), sys.executable, "-c", "print(flush=True); input()"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=folder) as careless:
        assert careless.stdout is not None
        careless.stdout.readline()
        seen = _may_look(careless.pid)
        careless.kill()
    if not seen:
        raise CannotRun("this kernel lets nobody look into other programs (Yama), so refusing shows nothing")
    return Result(1, "seen", False)


def _as_a_user() -> tuple[str, ...]:
    if os.getuid() != 0:
        return ()
    if not shutil.which(NO_PRIVILEGES[0]):
        raise CannotRun("needs setpriv to look without root's rights: apt-get install util-linux")
    return NO_PRIVILEGES


def _may_look(pid: int) -> bool:
    command = [*_as_a_user(), sys.executable, "-c", LOOK, str(pid)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
