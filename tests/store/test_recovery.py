"""The recovery key on its sheet: forgiving of a hurried hand, and never taken for another."""

import re

import pytest

from coachdesk.errors import MistypedRecoveryKey
from coachdesk.store import recovery
from coachdesk.store.recovery import ALPHABET, RecoveryKey

KEY = RecoveryKey(bytes(range(20)))
TEXT = "-".join(KEY.groups)


def test_a_sheet_has_eight_groups_of_five_in_letters_nobody_confuses():
    assert len(KEY.groups) == 8
    assert all(re.fullmatch(f"[{ALPHABET}]{{5}}", group) for group in KEY.groups)
    assert not set("ILOU") & set(ALPHABET)


def test_what_stands_on_a_sheet_stays_readable_for_ever():
    assert TEXT == "000G4-0R40M-30E20-9185G-R38E1-W8124-GKB9S-Z8RJT"


@pytest.mark.parametrize(
    "write",
    [
        str,
        str.lower,
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", "\n"),
        lambda text: text.replace("-", " \u2013 "),
        lambda text: text.replace("0", "O").replace("1", "I"),
        lambda text: text.replace("0", "o").replace("1", "l"),
        lambda text: f"  {text}\t",
    ],
)
def test_it_is_read_however_it_was_typed(write):
    assert recovery.typed(write(TEXT)) == KEY


def test_every_new_key_is_another_and_reads_back():
    keys = {recovery.new() for _ in range(200)}
    assert len(keys) == 200
    assert {recovery.typed("-".join(key.groups)) for key in keys} == keys


def test_one_wrong_letter_is_a_slip_and_no_other_key():
    plain = TEXT.replace("-", "")
    for at in range(len(plain)):
        for letter in set(ALPHABET) - {plain[at]}:
            with pytest.raises(MistypedRecoveryKey, match="slip"):
                recovery.typed(plain[:at] + letter + plain[at + 1 :])


def test_two_letters_swapped_are_a_slip():
    text = "".join(recovery.new().groups)
    for at in range(len(text) - 1):
        if text[at] != text[at + 1]:
            swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            with pytest.raises(MistypedRecoveryKey):
                recovery.typed(swapped)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "0 were typed"),
        (TEXT[:-1], "39 were typed"),
        (TEXT + "A", "41 were typed"),
        ("x" * 1_000_000, "many more"),
        (TEXT[:-1] + "U", "never the letter U"),
        (TEXT[:-1] + "\u0000", "letters and digits only"),
        ("\u0131" * 40, "letters and digits only|slip"),
        ("five quiet herons over water", "letters and digits only"),
    ],
)
def test_what_is_no_recovery_key_is_said_in_words(text, says):
    with pytest.raises(MistypedRecoveryKey, match=says):
        recovery.typed(text)


def test_a_recovery_key_is_never_shown():
    assert repr(KEY) == "RecoveryKey(…)"
