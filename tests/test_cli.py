"""The command line: what it does, and the one sentence it says when it cannot."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import coached_school
import pytest

from coachdesk import VERSION
from coachdesk.cli import main
from coachdesk.imports.meanings import Meaning
from coachdesk.paths import folders
from coachdesk.services import bringing, departures, opening, sample, upload
from coachdesk.services.sample.book import Shape
from coachdesk.services.sample.days import school_year, year_of

PASSPHRASE = "a slow train across the plains"
LINE = PASSPHRASE.encode() + b"\n"
HEADINGS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
)
PEOPLE = (
    't1,active,,true,"o1",teacher,zq1,,Zuzanna,Quickmarsh,,,zuzanna@fernhollow.example,,,,,\n'
    't2,active,,true,"o1",teacher,ob2,,Obadiah,Bellweather,,,obadiah@fernhollow.example,,,,,\n'
    's1,active,,true,"o1",student,st3,,Stella,Marsh,,,stella@fernhollow.example,,,,6,hush\n'
)
ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "o1,active,,Fern Hollow,school,,\n"
)


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """The profile of a coach who has eighteen teachers on the list and has visited nobody; made once."""
    place = folders(tmp_path_factory.mktemp("listed") / "profile")
    with contextlib.closing(opening.create_desk(place, PASSPHRASE, cost=opening.QUICK)) as desk:
        desk.do(coached_school.school, teachers=12, name="Alderbrook Middle School", code="AMS")
        desk.do(coached_school.school, teachers=6, name="Winding Creek Elementary", code="WCE")
    return place.data


@pytest.fixture
def profile(listed, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(listed, tmp_path / "profile")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A sample profile with a year of work in it, made once."""
    place = folders(tmp_path_factory.mktemp("built") / "profile")
    sample.make(place, Shape(date.today(), teachers=18, years=1), passphrase=PASSPHRASE).close()
    return place.data


@pytest.fixture
def coached(built, tmp_path):
    """A copy of that one."""
    return shutil.copytree(built, tmp_path / "coached")


@pytest.fixture
def roster_file(tmp_path):
    (tmp_path / "orgs.csv").write_text(ORGS)
    path = tmp_path / "users.csv"
    path.write_text(HEADINGS + PEOPLE)
    return path


@pytest.fixture
def coachdesk(capsys, monkeypatch):
    """Runs one command with these bytes on standard input; answers its exit code, lines and complaint."""

    def run(*words, given=LINE):
        read, write = os.pipe()
        os.write(write, given)
        os.close(write)
        with open(read, encoding="utf-8") as stdin:  # noqa: PTH123 - a pipe has no path
            monkeypatch.setattr(sys, "stdin", stdin)
            try:
                code = main([str(word) for word in words])
            except SystemExit as left:
                code = left.code
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err

    return run


def is_one_sentence(complaint):
    return complaint.count("\n") == 1 and complaint.endswith("\n") and "Traceback" not in complaint


def test_the_version_is_said(coachdesk):
    assert coachdesk("--version") == (0, [f"coachdesk {VERSION}"], "")


def test_roster_lists_one_teacher_a_line(coachdesk, profile):
    code, lines, complaint = coachdesk("roster", "--profile", profile, "--list")
    assert (code, len(lines), complaint) == (0, 18, "")
    assert all("  " in line for line in lines)


def test_the_profile_may_be_named_before_or_after_the_command(coachdesk, profile):
    before = coachdesk("--profile", profile, "roster", "--list")
    assert before == coachdesk("roster", "--list", "--profile", profile)


@pytest.mark.parametrize("words", [("roster", "--list"), ("summary", "--list"), ("archive", "--plain")])
def test_nothing_is_told_of_a_vault_of_which_a_page_is_damaged(coachdesk, profile, tmp_path, words):
    """Not even where no teacher is on that page."""
    vault = profile / "coachdesk.vault"
    content = bytearray(vault.read_bytes())
    content[len(content) // 2] ^= 1
    vault.write_bytes(content)
    out = ("--out", tmp_path / "all.zip") if "archive" in words else ()
    code, lines, complaint = coachdesk(*words, *out, "--profile", profile)
    assert (code, lines) == (1, [])
    assert is_one_sentence(complaint)
    assert "damaged" in complaint
    assert not (tmp_path / "all.zip").exists()


def test_summary_lists_schools_and_windows_that_are_over_two_spaces_apart(coachdesk, coached):
    code, lines, _ = coachdesk("summary", "--profile", coached, "--list")
    pairs = [line.split("  ") for line in lines]
    assert code == 0
    assert all(len(pair) == 2 for pair in pairs)
    assert {school for school, _ in pairs} >= {"Alderbrook Middle School", "Winding Creek Elementary"}
    assert sum(school == "Alderbrook Middle School" for school, _ in pairs) >= 4


def test_a_listed_window_can_be_saved_in_every_format(coachdesk, coached, tmp_path):
    _, lines, _ = coachdesk("summary", "--profile", coached, "--list")
    school, window = lines[0].split("  ")
    words = ("summary", "--profile", coached, "--school", school, "--window", window)
    code, written, complaint = coachdesk(*words, "--format", "pdf,html,csv", "--out", tmp_path / "out")
    assert (code, complaint) == (0, "")
    assert sorted(map(Path, written)) == sorted((tmp_path / "out").iterdir())
    assert {Path(line).suffix for line in written} == {".pdf", ".html", ".csv"}
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    coachdesk(*words, "--format", "csv,html,pdf", "--out", tmp_path / "again")
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    with contextlib.closing(opening.open_desk(folders(coached), PASSPHRASE)) as desk:
        gone = {(one.folder, one.name) for one in desk.ask(departures.gone)}
    assert gone >= {(str(tmp_path / folder), name) for folder in ("out", "again") for name in first}


def test_import_roster_says_its_counts_and_keeps_the_people(coachdesk, profile, roster_file):
    code, lines, complaint = coachdesk("import-roster", roster_file, "--profile", profile)
    assert (code, complaint) == (0, "")
    assert lines[:4] == ["new: 2", "changed: 0", "gone: 0", "in doubt: 0"]
    assert lines[4:6] == ["new school: Fern Hollow", "dropped: 1 (student 1)"]
    _, teachers, _ = coachdesk("roster", "--profile", profile, "--list")
    assert "Zuzanna Quickmarsh  Fern Hollow" in teachers
    assert len(teachers) == 20


def test_a_dry_run_writes_nothing(coachdesk, profile, roster_file):
    code, lines, _ = coachdesk("import-roster", roster_file, "--profile", profile, "--dry-run")
    assert (code, lines[0], lines[-1]) == (0, "new: 2", "Nothing was brought in: this was a dry run.")
    assert len(coachdesk("roster", "--profile", profile, "--list")[1]) == 18


def test_gone_teachers_are_reported_and_never_archived(coachdesk, profile, roster_file):
    coachdesk("import-roster", roster_file, "--profile", profile)
    roster_file.write_text(HEADINGS + PEOPLE.splitlines()[0] + "\n")
    _, lines, _ = coachdesk("import-roster", roster_file, "--profile", profile)
    assert "gone: 1" in lines
    assert "No longer in the file, not archived: Obadiah Bellweather" in lines
    assert len(coachdesk("roster", "--profile", profile, "--list")[1]) == 20


def test_rows_in_doubt_are_left_untouched(coachdesk, profile, roster_file):
    coachdesk("import-roster", roster_file, "--profile", profile)
    roster_file.write_text(HEADINGS + PEOPLE.replace("t1,", "t9,").replace("Zuzanna,Quick", "Zuza,Slow"))
    _, lines, _ = coachdesk("import-roster", roster_file, "--profile", profile)
    assert "in doubt: 1" in lines
    assert "Left untouched, decide in the window: row 2" in lines
    teachers = coachdesk("roster", "--profile", profile, "--list")[1]
    assert "Zuzanna Quickmarsh  Fern Hollow" in teachers
    assert not any("Slowmarsh" in line for line in teachers)


def test_all_can_be_brought_to_one_school_by_name(coachdesk, profile, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Last name;First name;Room\nQuickmarsh;Zuzanna;012\n", encoding="utf-16")
    code, lines, _ = coachdesk("import-roster", file, "--profile", profile, "--school", "Larkhill Academy")
    assert (code, lines[0]) == (0, "new: 1")
    assert "Zuzanna Quickmarsh  Larkhill Academy" in coachdesk("roster", "--profile", profile, "--list")[1]


def test_a_list_is_read_as_the_coach_said_in_the_window(coachdesk, profile, tmp_path):
    lines = "Teacher,Rm,Known as,School\n{},12,{},Fern Hollow\n"
    first = upload.pasted(lines.format("Quickmarsh", "Zuzanna Slowmarsh"))
    names = upload.look(first).guess.with_column(Meaning.FULL_NAME, 2)
    desk = opening.open_desk(folders(profile), PASSPHRASE)
    desk.do(bringing.bring, desk.ask(bringing.preview, upload.read(first, names)))
    desk.close()
    file = tmp_path / "list.csv"
    file.write_text(lines.format("Bellweather", "Obadiah Softweather"))
    code, said, _ = coachdesk("import-roster", file, "--profile", profile)
    assert (code, said[-2]) == (0, "The columns were read as you chose last time.")
    teachers = coachdesk("roster", "--profile", profile, "--list")[1]
    assert "Obadiah Softweather  Fern Hollow" in teachers


def test_a_school_that_is_nearly_called_like_another_is_asked_about(coachdesk, profile, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Last name,First name\nQuickmarsh,Zuzanna\n")
    words = ("import-roster", file, "--profile", profile, "--dry-run", "--school", "Alderbrok Middle School")
    code, lines, complaint = coachdesk(*words)
    assert (code, lines) == (1, [])
    assert is_one_sentence(complaint)
    assert "but there is Alderbrook Middle School. Name that one with --school" in complaint
    code, lines, _ = coachdesk(*words, "--new-school")
    assert (code, lines[4]) == (0, "new school: Alderbrok Middle School")


def test_a_school_of_which_the_file_says_no_name_is_told(coachdesk, profile, roster_file):
    (roster_file.parent / "orgs.csv").unlink()
    code, lines, _ = coachdesk("import-roster", roster_file, "--profile", profile, "--dry-run")
    assert code == 0
    assert lines[4].endswith(
        ": the file has no name for it, so put orgs.csv or schools.csv beside it, or rename it"
    )


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_list_that_says_no_school_asks_for_one(coachdesk, profile, tmp_path, dry):
    file = tmp_path / "list.csv"
    file.write_text("Last name,First name\nQuickmarsh,Zuzanna\n")
    code, lines, complaint = coachdesk("import-roster", file, "--profile", profile, *dry)
    assert (code, lines) == (1, [])
    assert "--school" in complaint
    assert len(coachdesk("roster", "--profile", profile, "--list")[1]) == 18


def test_check_finds_a_sound_vault_clean(coachdesk, profile):
    assert coachdesk("check", "--profile", profile) == (0, ["All is well."], "")


def test_check_prints_a_line_for_each_finding_and_leaves_with_1(coachdesk, profile):
    (profile / "coachdesk.vault").chmod(0o644)
    (profile / "coachdesk.key").chmod(0o644)
    code, lines, complaint = coachdesk("check", "--profile", profile)
    assert (code, len(lines), complaint) == (1, 2, "")


def test_check_leaves_with_2_where_the_vault_cannot_be_opened(coachdesk, profile, tmp_path):
    for words, given in (
        ((tmp_path / "nowhere",), PASSPHRASE.encode()),
        ((profile,), b"not the passphrase\n"),
        ((profile,), b""),
    ):
        code, lines, complaint = coachdesk("check", "--profile", *words, given=given)
        assert (code, lines) == (2, [])
        assert is_one_sentence(complaint)


def test_a_vault_that_is_open_elsewhere_is_not_opened_again(coachdesk, profile):
    desk = opening.open_desk(folders(profile), PASSPHRASE)
    try:
        for command, code in (("check", 2), ("roster --list", 1)):
            answer = coachdesk(*command.split(), "--profile", profile)
            assert (answer[0], answer[1]) == (code, [])
            assert "already open in another coachdesk window" in answer[2]
    finally:
        desk.close()


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\nmore lines\nthan needed\n"])
def test_a_passphrase_may_end_as_any_system_ends_a_line(coachdesk, profile, end):
    given = PASSPHRASE.encode() + end
    assert coachdesk("roster", "--profile", profile, "--list", given=given)[0] == 0


def test_a_sample_is_built_as_asked_with_the_passphrase_sample(coachdesk, tmp_path):
    words = (
        "sample",
        "--profile",
        tmp_path / "s",
        "--teachers",
        "5",
        "--years",
        "1",
        "--today",
        "2026-09-10",
    )
    code, lines, complaint = coachdesk(*words, given=b"")
    assert (code, complaint) == (0, "")
    assert "5 teachers" in lines[0]
    listed = coachdesk("roster", "--profile", tmp_path / "s", "--list", given=b"sample\n")
    assert len(listed[1]) == 5


def test_a_sample_takes_a_passphrase_given_twice(coachdesk, tmp_path):
    words = ("sample", "--profile", tmp_path / "s", "--teachers", "3", "--years", "1")
    code, lines, _ = coachdesk(*words, given=b"my own words\nmy own words\n")
    assert (code, len(lines)) == (0, 1)
    assert coachdesk("roster", "--profile", tmp_path / "s", "--list", given=b"my own words")[0] == 0
    assert coachdesk("roster", "--profile", tmp_path / "s", "--list", given=b"sample")[0] == 1


def test_two_passphrases_that_differ_make_no_vault(coachdesk, tmp_path):
    code, _, complaint = coachdesk("sample", "--profile", tmp_path / "s", given=b"one\ntwo\n")
    assert code == 1
    assert is_one_sentence(complaint)
    assert not (tmp_path / "s").exists()


WRONG = {
    "no such command": (("dance",), "invalid choice"),
    "no such option": (("--dance",), "Unrecognized arguments"),
    "roster without --list": (("roster", "--profile", "{profile}"), "--list"),
    "negative number": (("sample", "--profile", "{new}", "--teachers", "-5"), "--teachers"),
    "number too large": (("sample", "--profile", "{new}", "--years", "9999"), "from 1 to 60"),
    "not a number": (("sample", "--profile", "{new}", "--seed", "one"), "--seed"),
    "endless number": (("sample", "--profile", "{new}", "--seed", "9" * 5000), "--seed"),
    "no folder": (("roster", "--list", "--profile", ""), "no folder"),
    "no such day": (("sample", "--profile", "{new}", "--today", "2026-02-30"), "not a day"),
    "day out of bounds": (("sample", "--profile", "{new}", "--today", "0001-01-01"), "between 1980"),
    "sample without a folder": (("sample",), "--profile"),
    "sample over a vault": (("sample", "--profile", "{profile}"), "already a vault"),
    "profile is a file": (("roster", "--list", "--profile", "{roster}"), "is a file"),
    "sample into a file": (("sample", "--profile", "{roster}"), "is a file"),
    "no vault": (("roster", "--list", "--profile", "{new}"), "no vault here"),
    "import without a vault": (("import-roster", "{roster}", "--profile", "{new}"), "no vault here"),
    "no such roster": (("import-roster", "{new}", "--profile", "{profile}"), "no such file"),
    "roster is a folder": (("import-roster", "{profile}", "--profile", "{profile}"), "a folder"),
    "roster is no roster": (("import-roster", "{vault}", "--profile", "{profile}"), ""),
    "roster is empty": (("import-roster", "{empty}", "--profile", "{profile}"), ""),
    "summary of nothing": (("summary", "--profile", "{profile}"), "--list"),
    "no such school": (
        ("summary", "--profile", "{profile}", "--school", "Nowhere", "--window", "{window}"),
        "no school of that name",
    ),
    "no such window": (
        ("summary", "--profile", "{profile}", "--school", "{school}", "--window", "1999-00 Q9"),
        "no quarter of that name",
    ),
    "no such format": (
        ("summary", "--profile", "{profile}", "--school", "{school}", "--window", "{window}")
        + ("--format", "doc", "--out", "{new}"),
        "pdf, html, csv",
    ),
    "out is a file": (
        ("summary", "--profile", "{profile}", "--school", "{school}", "--window", "{window}")
        + ("--out", "{roster}"),
        "is a file",
    ),
    "out lies in a file": (
        ("summary", "--profile", "{coached}", "--school", "{school}", "--window", "{window}")
        + ("--out", "{roster}/below"),
        "could not be written",
    ),
    "size of a tour": (("tour", "--out", "{new}", "--size", "wide"), "1366x768"),
    "scale of a tour": (("tour", "--out", "{new}", "--scale", "0"), "--scale"),
    "tour into a file": (("tour", "--out", "{roster}"), "is a file"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_done_is_said_in_one_sentence(coachdesk, roster_file, tmp_path, wrong, request):
    words, says = WRONG[wrong]
    (tmp_path / "empty.csv").touch()
    profile = request.getfixturevalue("coached" if "{coached}" in words else "profile")
    year = date.today().year - (date.today().month < 7)
    known = {
        "profile": profile,
        "coached": profile,
        "vault": profile / "coachdesk.vault",
        "roster": roster_file,
        "empty": tmp_path / "empty.csv",
        "new": tmp_path / "new",
        "school": "Alderbrook Middle School",
        "window": f"{year - 1}-{year % 100:02d} Q1",
    }
    code, lines, complaint = coachdesk(*(word.format(**known) for word in words))
    assert code not in (0, None)
    assert lines == []
    assert is_one_sentence(complaint)
    assert says in complaint
    assert not (tmp_path / "new").exists()


def test_a_window_that_is_still_open_is_refused(coachdesk, tmp_path):
    """The sample stands on a day to come, so its last quarter is not over today."""
    profile, later = tmp_path / "s", date.today() + timedelta(days=400)
    sample.make(folders(profile), Shape(later, teachers=12, years=1)).close()
    window = school_year(year_of(later)).quarters[-1].name
    words = ("--school", "Alderbrook Middle School", "--window", window, "--out", tmp_path / "out")
    code, _, complaint = coachdesk("summary", "--profile", profile, *words, given=b"sample")
    assert code == 1
    assert is_one_sentence(complaint)
    assert "not over" in complaint
    assert not (tmp_path / "out").exists()


def test_a_school_with_too_few_teachers_gets_no_page_and_a_reason(coachdesk, coached, tmp_path):
    _, lines, _ = coachdesk("summary", "--profile", coached, "--list")
    school, window = next(line.split("  ") for line in lines if line.startswith("Larkhill"))
    words = ("--school", school, "--window", window, "--out", tmp_path / "out")
    code, _, complaint = coachdesk("summary", "--profile", coached, *words)
    assert code == 1
    assert "fewer than 7 teachers" in complaint
    assert is_one_sentence(complaint)


def start(*words, **how):
    """A process of its own, as a coach starts one in a terminal."""
    with_input = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", "coachdesk", *map(str, words)]
    return subprocess.Popen(command, **{**with_input, **how})


def test_nobody_reading_on_is_no_traceback(profile):
    read, write = os.pipe()
    os.close(read)
    running = start("roster", "--profile", profile, "--list", stdout=write)
    os.close(write)
    _, complaint = running.communicate(PASSPHRASE.encode(), timeout=60)
    assert complaint == b""


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", ">/dev/full"])
def test_a_closed_or_full_stream_is_no_traceback(profile, closed):
    command = f'"$0" -m coachdesk roster --list --profile "$1" {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, profile], input=LINE, capture_output=True, timeout=60
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert (done.returncode == 0) == (closed in ("1>&-", "2>&-"))


def test_names_come_out_on_a_terminal_that_lacks_their_letters(profile, coachdesk, tmp_path):
    (tmp_path / "list.csv").write_text("name,email\nŁucja Zażółć,lucja@fernhollow.example\n")
    school = coachdesk("roster", "--profile", profile, "--list")[1][0].split("  ")[1]
    code, _, complaint = coachdesk(
        "import-roster", tmp_path / "list.csv", "--profile", profile, "--school", school
    )
    assert (code, complaint) == (0, "")
    running = start("roster", "--profile", profile, "--list", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    said, complaint = running.communicate(LINE, timeout=60)
    assert (running.returncode, complaint) == (0, b"")
    assert rb"\u0141ucja" in said


def test_a_line_too_long_for_a_passphrase_is_not_cut(coachdesk, profile):
    code, _, complaint = coachdesk("roster", "--list", "--profile", profile, given=b"a" * 20_000)
    assert (code, is_one_sentence(complaint)) == (1, True)
    assert "too long" in complaint


def test_event_codes_do_not_reach_the_terminal(profile):
    (profile / "coachdesk.lock").unlink(missing_ok=True)
    os.mkfifo(profile / "coachdesk.lock")  # takes no line of who holds it: the log says so
    said, complaint = start("roster", "--profile", profile, "--list").communicate(LINE, timeout=60)
    assert (len(said.splitlines()), complaint) == (18, b"")


def test_ctrl_c_ends_in_one_sentence_and_leaves_nothing_half_made(tmp_path):
    running = start("sample", "--profile", tmp_path / "s", "--years", "8", stdin=subprocess.DEVNULL)
    while not (tmp_path / "s" / "sample").exists():
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(0.05)
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, complaint = running.communicate(timeout=60)
    assert running.returncode == 130
    assert is_one_sentence(complaint.decode())
    assert list((tmp_path / "s").iterdir()) == []


def test_check_needs_neither_a_display_nor_qt(profile):
    hidden = "import sys; sys.modules['PySide6'] = None; from coachdesk.cli import main; sys.exit(main())"
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-c", hidden, "check", "--profile", profile],
        input=PASSPHRASE.encode(),
        capture_output=True,
        env=bare,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"All is well.\n", b"")


def test_a_missing_system_library_is_said_in_words():
    hidden = "import sys; sys.modules['PySide6'] = None; from coachdesk.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "a system library is missing" in done.stderr
    assert is_one_sentence(done.stderr)


def test_without_a_display_linux_starts_no_window():
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    running = start(env=bare)
    lines, complaint = running.communicate(timeout=60)
    assert running.returncode == 1
    assert b"coachdesk tour --out" in complaint
    assert is_one_sentence(complaint.decode())


def test_a_command_keeps_its_memory_to_itself(tmp_path):
    asking = (
        "import ctypes, resource, sys; from coachdesk.cli import main; main(sys.argv[1:]); "
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))"
    )
    command = [sys.executable, "-c", asking, "restore", "--list", "--profile", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 0 0"
