import pytest

from coachdesk import errors
from coachdesk.errors import BadFile, CoachdeskError, Invalid


def every(kind: type[CoachdeskError]) -> list[type[CoachdeskError]]:
    return [kind, *(below for sub in kind.__subclasses__() for below in every(sub))]


def test_the_five_ways_a_vault_stays_shut_are_five_sentences():
    kinds = (
        errors.WrongPassphrase,
        errors.DamagedKeyFile,
        errors.NoVault,
        errors.NewerVault,
        errors.OpenElsewhere,
        errors.DamagedVault,
        errors.NotAVault,
    )
    assert len({str(kind()) for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("kind", [k for k in every(CoachdeskError) if k.text])
def test_every_ready_made_error_is_whole_sentences(kind):
    assert str(kind()).endswith(".")
    assert str(kind())[0].isupper()


def test_facts_fill_the_template_and_leave_it_translatable():
    error = BadFile("Row {row}, column {column}: this is not an e-mail address.", row=7, column="Email")
    assert str(error) == "Row 7, column Email: this is not an e-mail address."
    assert error.text == "Row {row}, column {column}: this is not an e-mail address."
    assert (error.row, error.column) == (7, "Email")


def test_braces_in_a_ready_text_are_left_alone():
    assert str(CoachdeskError("A file named {x}.")) == "A file named {x}."


def test_what_is_invalid_is_said_by_field():
    assert Invalid({"family_name": "Please give a last name."}).problems == {
        "family_name": "Please give a last name."
    }
