"""The reliability table, made by `python3 packaging/dev.py reliability [--full] [R1 R7 …]`."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent.parent
sys.path += [str(TESTS / name) for name in ("", "benchmarks", "store", "app")]

from judging import FINE, UNTRIED, Verdict, broken, judge, untried  # noqa: E402 - found only with the path above
from machine import description  # noqa: E402
from row import Row, alone, names, on_disk, row, seconds  # noqa: E402

TOGETHER = 2
PATIENCE = {"quick": 170, "full": 1_150}  # seconds for one row
MEMORY = Path("/dev/shm")  # where nothing is worn out and no flush is waited for
HEAD = "| | check | N | result | bound | | s |\n|---|---|---|---|---|---|---|"
USAGE = "python3 packaging/dev.py reliability [--full] [R1 R7 …]"


def main(words: Sequence[str]) -> int:
    """Print one line for each wanted row, or for all; 1 if one is not kept."""
    if words[:1] == ["--row"]:
        return _one(words[1], int(words[2]))
    tier = "full" if "--full" in words else "quick"
    wanted = [word for word in words if word != "--full"]
    rows = {name: row(name) for name in names()}
    unknown = set(wanted) - {found.NUMBER for found in rows.values()}
    if unknown:
        print(f"No such row: {', '.join(sorted(unknown))}. {USAGE}", file=sys.stderr)
        return 2
    chosen = {name: found for name, found in rows.items() if not wanted or found.NUMBER in wanted}
    print(f"Reliability, {tier} tier. {description()}\n\n{HEAD}", flush=True)
    began = time.perf_counter()
    verdicts = list(_printed(chosen, tier))
    tried = [verdict for verdict in verdicts if verdict.verdict not in UNTRIED]
    kept = [verdict for verdict in tried if verdict.verdict in FINE]
    untried = len(verdicts) - len(tried)
    print(f"\n{len(kept)} of {len(tried)} kept, {untried} not run; {time.perf_counter() - began:.0f} s")
    return 0 if len(kept) == len(tried) else 1


def _printed(chosen: Mapping[str, Row], tier: str) -> Iterator[Verdict]:
    """Each verdict, printed in the order of the table once all before it are there."""
    with ThreadPoolExecutor(TOGETHER) as many, ThreadPoolExecutor(1) as one:
        coming = _begun(chosen, tier, many, one)
        for name, found in chosen.items():
            verdict = coming[name].result() if name in coming else untried(found)
            print(verdict.line, flush=True)
            yield verdict


def _begun(
    chosen: Mapping[str, Row], tier: str, many: ThreadPoolExecutor, one: ThreadPoolExecutor
) -> dict[str, "Future[Verdict]"]:
    """The rows on their way: the longest first, and those that measure time once all others are done."""
    counts = {name: found.FULL if tier == "full" else found.QUICK for name, found in chosen.items()}
    tried = sorted((name for name in chosen if counts[name]), key=lambda name: -seconds(chosen[name]))
    coming = {
        name: many.submit(_apart, name, chosen[name], counts[name], tier)
        for name in tried
        if not alone(chosen[name])
    }
    beside = list(coming.values())
    for name in tried:
        if alone(chosen[name]):
            coming[name] = one.submit(_after, beside, name, chosen[name], counts[name], tier)
    return coming


def _after(beside: Sequence["Future[Verdict]"], *row: Any) -> Verdict:
    wait(beside)
    return _apart(*row)


def _apart(name: str, found: Row, n: int, tier: str) -> Verdict:
    """The row in a process and a home of its own."""
    began = time.perf_counter()
    parent = MEMORY if os.access(MEMORY, os.W_OK) and not on_disk(found) else None
    home = Path(tempfile.mkdtemp(prefix="coachdesk-", dir=parent))
    try:
        code, said, complaints = _run(name, n, home, PATIENCE[tier])
        if code:
            print(complaints, file=sys.stderr, flush=True)
            return broken(found, _last(complaints, code), time.perf_counter() - began)
        return Verdict(**json.loads(said.splitlines()[-1]))
    except subprocess.TimeoutExpired:
        return broken(found, f"not done after {PATIENCE[tier]} s", time.perf_counter() - began)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(name: str, n: int, home: Path, patience: float) -> tuple[int, str, str]:
    """Exit code, output and complaints of one row. What takes too long is ended with all its children."""
    words = [sys.executable, str(Path(__file__).parent), "--row", name, str(n)]
    with subprocess.Popen(
        words,
        env=_outside(home),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said, complaints = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, said, complaints


def _last(said: str, code: int) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return f"exit {code}: {lines[-1][:120] if lines else 'nothing said'}"


def _outside(home: Path) -> dict[str, str]:
    """The environment of a row: nothing of whoever runs it."""
    inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    return {
        **inherited,
        "HOME": str(home),
        "TMPDIR": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(Path(__file__).parent), *sys.path[-4:]]),
    }


def _one(name: str, n: int) -> int:
    """Try one row here; the verdict goes to standard output as its last line, as JSON."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        print(json.dumps(asdict(judge(row(name), n, Path(folder)))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
