"""What libraries bring along that nothing needs is not in memory once all behind the lock is."""

import json
import subprocess
import sys

from checkout import ROOT

UNNEEDED = {"asyncio.events", "ssl", "subprocess", "_hashlib"}

BEHIND = """
import json, sys
from coachdesk.ui import inside
inside.rehearse()
print(json.dumps(sorted(sys.modules)))
"""


def said(code: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return answer.stdout.splitlines()[-1]


def test_what_nobody_needs_is_left_out() -> None:
    assert set(json.loads(said(BEHIND))) & UNNEEDED == set()


def test_what_is_not_left_out_would_be_noticed() -> None:
    assert set(json.loads(said(f"import {', '.join(sorted(UNNEEDED))}{BEHIND}"))) >= UNNEEDED


def test_what_was_left_out_is_there_for_who_asks_for_it() -> None:
    late = """
import coachdesk.services
from sqlalchemy.util import concurrency
assert "asyncio" not in __import__("sys").modules
async def answer(): return "answered"
print(concurrency.asyncio.run(answer()), __import__("asyncio") is not concurrency.asyncio)
"""
    assert said(late) == "answered True"


def test_pythons_own_digests_are_the_same() -> None:
    of = "{}import hashlib, hmac; print(hashlib.sha256(b'a').digest(), hmac.digest(b'k', b'a', 'sha256'))"
    assert said(of.format("import coachdesk.services; ")) == said(of.format(""))


def test_digests_that_are_here_already_stay() -> None:
    assert "_hashlib" in said("import hashlib; import sys; import coachdesk.services; print(*sys.modules)")
