"""The whole journey in a real process on a real X display, and what it leaves on the disk."""

import base64
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from canary import leaks
from coach import Coach
from desktop import until
from pypdf import PdfReader

from coachdesk.paths import folders
from coachdesk.services import contacts, sample
from coachdesk.services.sample.book import Shape

pytestmark = pytest.mark.desktop

PASSPHRASE = "seven herons over quiet water"
DECLINED = "To go on, type this sentence: If I forget my passphrase, my notes are lost."
FAMILY, GIVEN, EMAIL = "Zwirbelmoor", "Quintessa", "q.zwirbelmoor@fernhollow.example"
WHO = f"{GIVEN} {FAMILY}"
SEEN = "twelve zebrafish sorted by stripes"
FOCUS, AGREED = "Fewer directions twice over", "A sentence starter on every slide"
SOUGHT = "zebraf"
ROSTER = f"Last name,First name,E-mail,Room\n{FAMILY},{GIVEN},{EMAIL},112\nBrackenfeld,Obadiah,,113\n"


@pytest.fixture(params=["mouse", "keys"])
def coach(request, a_desktop, tmp_path):
    """At the desktop, with a mouse or without; what was on the screen is kept where a test fails."""
    found, bus = a_desktop
    one = Coach(found, bus, found.home / request.node.name / "profile", request.param == "mouse")
    failed = request.session.testsfailed
    yield one
    if one.running and one.running.poll() is None:
        found.picture(tmp_path / "left-open.png")
        one.running.kill()
        one.running.wait()
    assert request.session.testsfailed > failed or not list(tmp_path.glob("left-open.png"))


def listed(profile, passphrase=PASSPHRASE):
    """What the command line says of the roster."""
    command = [sys.executable, "-m", "coachdesk", "roster", "--profile", profile, "--list"]
    return subprocess.run(command, input=passphrase, capture_output=True, text=True, check=True).stdout


def test_from_first_run_to_a_finished_visit_lock_unlock_quit_and_relaunch(coach, tmp_path):
    roster_file = tmp_path / "roster.csv"
    roster_file.write_text(ROSTER)
    coach.start()
    first_run(coach, roster_file)
    assert coach.desktop.titles() == {"coachdesk"}
    plan_a_cycle(coach)
    agree_a_counter(coach)
    visit(coach)
    coach.search(SOUGHT, f"{WHO}, Classroom visit")
    coach.reads(f"Visit note · {WHO}")
    coach.search(f"quick {FAMILY} sign-in 5m", f"Quick contact with {WHO}")
    coach.reads(f"Recorded quick contact with {WHO}, 5 min.")

    coach.desktop.press("ctrl+l")
    coach.unlock(PASSPHRASE)
    see_all_of_it(coach)
    assert coach.quit() == 0
    if coach.with_mouse:  # who also starts the program on a vault in the test below
        assert f"{WHO}  Fern Hollow School" in listed(coach.profile)
    else:
        coach.start()
        coach.unlock(PASSPHRASE)
        see_all_of_it(coach)
        assert coach.quit() == 0
    secrets = [FAMILY, EMAIL, PASSPHRASE, SEEN, FOCUS, AGREED, SOUGHT]
    assert leaks(coach.desktop.home, secrets) == []


def first_run(coach, roster_file):
    coach.fill("Passphrase", PASSPHRASE)
    coach.fill("Repeat passphrase", PASSPHRASE)
    coach.press("Next")
    coach.press("Go on without a sheet")
    coach.fill(DECLINED, "if i forget my passphrase my notes are lost")
    coach.press("Create vault without a sheet")
    coach.fill("School", "Fern Hollow School")
    for name, days in (("First day", -60), ("Last day", 240)):  # the summer has no days to plan on
        coach.fill(name, f"{date.today() + timedelta(days)}")
    coach.press("Next")
    coach.press("Bring in a list…")
    coach.press("Choose a file…")
    coach.choose_file(roster_file)
    coach.press("See what would change")
    coach.press("Bring in 2 teachers")


def plan_a_cycle(coach):
    coach.ask_for("Plan a cycle", "ctrl+e")
    coach.fill("Teacher", FAMILY)
    coach.desktop.press("Return")
    coach.fill("Focus", FOCUS)
    coach.ask_for("Add 3 events", "ctrl+Return")
    coach.reads("3 events added, the first on ")
    coach.show_page("Calendar", "ctrl+3")
    for kind in ("Planning meeting", "Classroom visit", "Debrief meeting"):
        coach.turn_to_week_of(f"{kind}, {WHO}")


def agree_a_counter(coach):
    """On the teacher's page: the third of those that are ready."""
    coach.search(FAMILY, WHO)
    if coach.with_mouse:
        coach.click("Cycles", "page tab")
    else:
        coach.go_to("Timeline", "page tab list", "page tab")
        coach.desktop.press("Right")
    coach.press("Add a counter…")
    coach.desktop.press("Down", "Down", "Down", "Return")
    coach.sees("Take away: Tech trouble", "push button")


def visit(coach):
    """Script, tags by both ways, a counter, what was agreed; the bell, and the end."""
    coach.ask_for("Start visit note", "ctrl+shift+n")
    if not coach.with_mouse:
        coach.fill("Filter teachers", FAMILY)
        coach.desktop.press("Return")
    script = coach.go_to("Script", "text")
    coach.desktop.type("t: Open the doc #1D ")
    coach.desktop.press("Return")
    coach.desktop.type(f"s: {SEEN}")
    until(lambda: script.text == f"Open the doc \n{SEEN}", "the script without its marks")
    coach.desktop.press("alt+2", "d")
    coach.reads("On this line you practised 2D")
    coach.ask_for("Tech trouble 0", "alt+6")
    coach.sees("Tech trouble 1", "push button")
    coach.reads("Saved ")
    coach.ask_for("End visit", "ctrl+Return")
    coach.fill("What we agreed", AGREED)
    coach.ask_for("Finish visit", "ctrl+Return")
    coach.reads("Note finished.")


def see_all_of_it(coach):
    """The teacher, the cycle, the note with all its parts."""
    coach.search(FAMILY, WHO)
    coach.reads("Quick contact · 5 min. sign-in")
    coach.search(SOUGHT, f"{WHO}, Classroom visit")
    coach.reads(f"Visit note · {WHO}")
    assert coach.sees("Script", "text").text.rstrip() == f"Open the doc \n{SEEN}"
    assert coach.sees("What we agreed", "text").text == AGREED
    coach.sees("Tech trouble 1", "push button")


@pytest.mark.parametrize("coach", ["mouse"], indirect=True)
def test_a_page_is_saved_by_mouse_and_again_by_keys_alone_after_lock_and_relaunch(coach, tmp_path):
    place = folders(coach.profile)
    desk = sample.make(place, Shape(date.today(), teachers=16, years=1), passphrase=PASSPHRASE)
    names = [one.name.split()[-1] for one in desk.ask(contacts.people)]
    desk.close()
    saved: list[Path] = []
    for leave in ("lock", "quit"):
        coach.with_mouse = leave == "lock"
        if coach.running is None or coach.running.poll() is not None:
            coach.start()
        coach.unlock(PASSPHRASE)
        coach.show_page("Reports", "ctrl+5")
        coach.reads("Exactly what the principal will see")
        coach.press("Save PDF…")
        folder = coach.profile.parent / leave
        folder.mkdir()
        saved.append(coach.save_into(folder))
        coach.reads("recorded in the export log")
        if leave == "lock":
            coach.desktop.press("ctrl+l")
        else:
            assert coach.quit() == 0
    first, again = saved
    assert first.read_bytes() == again.read_bytes()
    text = "".join(page.extract_text() for page in PdfReader(first).pages)
    assert "half or more" in text
    assert [name for name in names if name in text] == []
    assert leaks(coach.desktop.home, [*names, PASSPHRASE]) == []


@pytest.mark.parametrize("where", ["utf-8", "utf-16", "base64", "hex", "name"])
def test_a_planted_leak_is_found(tmp_path, where):
    held = {
        "utf-8": f"x{FAMILY}y".encode(),
        "utf-16": f"x{FAMILY}y".encode("utf-16"),
        "base64": base64.b64encode(f"12{FAMILY}345".encode()),
        "hex": f"12{FAMILY}345".encode().hex().encode(),
        "name": b"",
    }
    path = tmp_path / "deep" / (f"{FAMILY}.txt" if where == "name" else "innocent.bin")
    path.parent.mkdir()
    path.write_bytes(held[where])
    (tmp_path / "other").write_bytes(b"nothing to see" * 50)
    assert leaks(tmp_path, [FAMILY, PASSPHRASE]) == [f"{path.name}: {FAMILY}"]
