"""Every byte that the program hands to the system while everything in it is shown is looked at for words.

It walks past every screen and state of the window, as the smoke test does: first run, gate, desk, search,
export, archive. strace hears each write of the process and its children, whatever becomes of the file; after
it home and temp are looked through. The words are the names, notes and passphrases of the walk. (The archive
without encryption that is written on the way is packed, so its words do not stand in it as they are.) The
walk itself says what it made outside its folder, and whom it connected to.
"""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from canary import forms, leaks
from row import CannotRun, Result
from test_what_leaves import heard
from test_what_leaves import walk as listening_walk

from coachdesk.model import ScriptLine, Teacher
from coachdesk.services import sample
from coachdesk.services.sample.book import Shape
from coachdesk.ui import walk
from coachdesk.ui.tour import SMALL, school_day

NUMBER = "R10"
CHECK = "plaintext canary: the whole window under strace, then home and temp (utf-8, utf-16, base64, hex)"
BOUND = "0 hits"
QUICK, FULL = 1, 1
SECONDS = 100
CALLS = "write,pwrite64,writev,pwritev,sendto,sendmsg"
_HELD = re.compile(rb'"((?:\\x[0-9a-f]{2})+)"')
KNOWN = {"new", "sample", "profile", "backups", "state", "logs", "pages", "stick", "Dropbox", "settings"}
"""The folders that the walk writes into: of its vaults, and those that it names for pages and archives."""
LEAST = 8  # letters of a name that is looked for: shorter ones stand in noise by chance
TYPED = ("Quillfeather", "Brightmoor", "Rookhaven", walk.PASSPHRASE)


def words() -> list[str]:
    """What nobody may read: names and lines of the sample that the walk makes, and what it types."""
    found = set(TYPED)
    for book in sample.books(Shape(school_day(date.today()), **SMALL)):
        found |= {row["family_name"] for row in book.rows.get(Teacher, ())}
        found |= {row["text"] for row in list(book.rows.get(ScriptLine, ()))[:40]}
    return sorted(word for word in found if len(word) >= LEAST)


def traced(command: list[str], folder: Path) -> tuple[bytes, str]:
    """All that `command` wrote to files, pipes and sockets, and what it said."""
    strace = shutil.which("strace")
    if strace is None:
        raise CannotRun("needs strace: install it (apt-get install strace)")
    home, temp, log = (folder / name for name in ("home", "temp", "calls"))
    for each in (home, temp):
        each.mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {"HOME": str(home), "TMPDIR": str(temp), "QT_QPA_PLATFORM": "offscreen"}
    options = ["-f", "-qq", "-xx", "-s", str(1 << 21), "-e", f"trace={CALLS}", "-o", str(log)]
    ran = subprocess.run([strace, *options, *command], env=environment, capture_output=True, check=False)
    if not log.exists() or log.stat().st_size == 0:
        raise CannotRun("needs ptrace: strace may not watch a process here")
    if ran.returncode:
        raise AssertionError(ran.stderr.decode(errors="replace")[-400:])
    written = log.read_bytes()
    log.unlink()
    all_of_it = b"\n".join(bytes.fromhex(m.replace(b"\\x", b"").decode()) for m in _HELD.findall(written))
    return all_of_it, ran.stdout.decode(errors="replace")


def look(command: list[str], folder: Path, sought: list[str]) -> tuple[Result, str]:
    written, said = traced(command, folder)
    hits = sorted(word for word in sought if any(form in written for form in forms(word)))
    left = leaks(folder, sought)
    size = len(written) / 2**20
    words_said = f"{len(hits) + len(left)} hits of {len(sought)} words in {size:.0f} MiB written"
    return Result(1, words_said, not hits and not left), said


def listen(said: str) -> Result:
    """What the walk made elsewhere than in its profile, and whom it connected to."""
    connected, outside, within = heard(said)
    outside += [name for name in within if name not in KNOWN and not name.startswith("coachdesk-sample")]
    words_said = f"{len(outside)} files outside the profile, {len(connected)} connections"
    words_said += f" {[*outside, *connected][:3] or ''}".rstrip()
    return Result(1, words_said, bool(within) and not outside and not connected)


def run(_n: int, folder: Path) -> Result:
    seen, said = look(listening_walk(), folder, words())
    heard_of = listen(said)
    return Result(1, f"{seen.said}; {heard_of.said}", seen.kept and heard_of.kept)


GONE = """
import base64, pathlib, tempfile
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "x").write_bytes(base64.b64encode("..Quillfeather".encode("utf-16-le")))
"""
LEFT = """
import mmap, os, tempfile
handle, _name = tempfile.mkstemp()
os.truncate(handle, 4096)
mmap.mmap(handle, 4096)[:26] = "Quillfeather".encode().hex().encode() + b".."
"""
NAMED = """
import os, tempfile
handle, name = tempfile.mkstemp()
os.rename(name, name + "Quillfeather")
"""


def planted(folder: Path) -> Result:
    """A file that is written and deleted again, one that is written without a call and stays, one that has a
    name of somebody's; and a walk that makes a file elsewhere: each must be noticed."""
    found = []
    for name, code in (("gone", GONE), ("left", LEFT), ("named", NAMED)):
        place = folder / name
        place.mkdir()
        found.append(look([sys.executable, "-c", code], place, ["Quillfeather"])[0])
    elsewhere = listening_walk(str(folder / "elsewhere.txt"))
    found.append(listen(subprocess.run(elsewhere, capture_output=True, text=True, check=True).stdout))
    return Result(len(found), "; ".join(one.said for one in found), any(one.kept for one in found))
