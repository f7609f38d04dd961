"""What holds for every format: nothing secret is kept, and no bytes at all make anything but a sentence."""

import io
import pickle
import time
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coachdesk.errors import BadFile
from coachdesk.imports import roster

BESIDE = {
    "oneroster_users.csv": {"orgs.csv": "oneroster_orgs.csv"},
    "clever_teachers.csv": {"schools.csv": "clever_schools.csv"},
    "roles_users.csv": {"roles.csv": "roles_roles.csv"},
    "secretary.csv": {},
}


def read(sample, name, change=bytes):
    beside = {place: sample(file) for place, file in BESIDE[name].items()}
    return roster.read(change(sample(name)), beside=beside)


@pytest.mark.parametrize("name", BESIDE)
def test_nothing_that_is_not_the_coachs_business_is_kept(sample, name):
    assert b"CANARY" in sample(name)
    found = pickle.dumps(read(sample, name))
    assert b"CANARY" not in found
    assert b"555-01" not in found


def test_a_planted_password_would_be_found(sample):
    found = read(sample, "oneroster_users.csv", lambda data: data.replace(b"Maya", b"CANARY"))
    assert b"CANARY" in pickle.dumps(found)


HEADERS = [
    b"sourcedId,role,givenName,familyName,orgSourcedIds,email,grades,password",
    b"School_id,Teacher_id,Last_name,First_name,Teacher_email",
    b"Teacher Name;Dept;Rm;E-mail",
    b"Name\tRoom",
    b"",
]


def is_read_or_refused(data):
    """A RosterFile or a BadFile, in two seconds; every other exception fails the test by rising."""
    start = time.monotonic()
    beside = {"orgs.csv": data, "roles.csv": data}
    for ask in (lambda: roster.read(data, beside=beside), lambda: roster.look(data)):
        try:
            ask()
        except BadFile as bad:
            assert str(bad).endswith(".")
            assert "{" not in str(bad)
    assert time.monotonic() - start < 2


anything = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@anything
@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"\xff\xfe\x00\xd8")
@example(b'"')
@example(b"sep=\n\n")
@example(b'sep="\na"b\n')
@example(b"sep= \na b\n")
def test_any_bytes_are_read_or_refused(data):
    is_read_or_refused(data)


@anything
@given(st.sampled_from(HEADERS), st.text(st.sampled_from('ab1 ,;\t"\n\r\0@é\ufeff\u2028.=-(|'), max_size=200))
def test_any_lines_below_a_heading_are_read_or_refused(header, text):
    is_read_or_refused(header + b"\n" + text.encode())


@anything
@given(st.sampled_from(HEADERS), st.binary(max_size=200))
def test_any_bytes_below_a_heading_are_read_or_refused(header, data):
    is_read_or_refused(header + b"\r\n" + data)


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=300),
    st.sampled_from(["xl/workbook.xml", "users.csv", "teachers.csv"]),
    st.integers(0, 400),
)
def test_any_archive_is_read_or_refused(text, name, cut):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text.encode("utf-8", "surrogatepass"))
    is_read_or_refused(out.getvalue())
    is_read_or_refused(out.getvalue()[:cut])


def test_a_district_of_fifty_thousand_is_read_in_time():
    lines = [b"sourcedId,role,givenName,familyName,orgSourcedIds,email"]
    lines += [b"t-%d,teacher,Given%d,Family%d,s-1,t%d@x.example" % (n, n, n, n) for n in range(49_000)]
    start = time.monotonic()
    assert len(roster.read(b"\n".join(lines)).people) == 49_000
    assert time.monotonic() - start < 10
