"""What can go wrong, in words a coach can read.

    CoachdeskError                  its text may be shown as it stands
    ├── Invalid                     input that cannot be kept, by field
    ├── VaultError                  the vault did not open, or is in no state to
    │   ├── VaultExists             there is one already
    │   ├── WrongPassphrase
    │   ├── WrongRecoveryKey        a recovery key without a slip, but of another vault or of an older sheet
    │   ├── MistypedRecoveryKey     no recovery key at all
    │   ├── QuickUnlockRefused      this computer's key store did not help: the passphrase does
    │   ├── NoSuchWayIn             that way in is not there any more
    │   ├── LastWayIn               without it nobody could open the vault
    │   └── StaysShut               whatever the passphrase: the window has a page for each of these
    │       ├── NoVault             there is none in this folder
    │       ├── DamagedKeyFile
    │       ├── DamagedVault
    │       │   └── DamagedPages    where no record lies
    │       ├── MixedCopy           parts of it are older than others
    │       ├── OlderCopy           older than what this laptop saved last
    │       ├── PartedCopy          changed elsewhere, without what this laptop saved last
    │       ├── OtherCopy           another copy of it was used on this computer since, or is open now
    │       ├── NotAVault           something else lies where the vault should
    │       ├── NewerVault          made by a newer coachdesk
    │       └── OpenElsewhere       another window has it open
    ├── NotSaved                    the disk would not take it; what was typed is still on screen
    ├── MovedOn                     the record was changed since; nothing was overwritten
    ├── BadFile                     a file that cannot be read, with row and column where known
    ├── NotShareable                a summary that may not be made, and why
    └── Cancelled                   the coach stopped it

An error names the fact and says what to do next. It never carries the name of a person, nor anything a
coach typed: texts of errors reach logs and terminals.
"""


class CoachdeskError(Exception):
    """An error whose text may be shown as it stands.

    `text` is a template in English and the key of its translation; `facts` are the numbers, file names
    and column titles that fill it.
    """

    text = ""

    def __init__(self, text: str = "", **facts: object) -> None:
        self.text = text or type(self).text
        self.facts = facts
        super().__init__(self.text.format(**facts) if facts else self.text)


class Invalid(CoachdeskError):
    """The coach's input cannot be kept; `problems` says why, by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("Please check: {fields}.", fields=", ".join(problems))
        self.problems = problems


class VaultError(CoachdeskError):
    """The vault did not open, or could not be made."""


class StaysShut(VaultError):
    """It is not for the passphrase."""


class NoVault(StaysShut):
    text = "There is no vault here yet. Start coachdesk to make one, or check the folder you named."


class VaultExists(VaultError):
    text = "There is already a vault here. Open it, or choose another folder with --profile."


class WrongPassphrase(VaultError):
    text = "That passphrase does not open this vault. Check Caps Lock and try again."


class WrongRecoveryKey(VaultError):
    text = (
        "That recovery key is typed without a slip, but it does not open this vault: it is another vault's, "
        "or of a sheet that was replaced. Look for the newer sheet."
    )


class MistypedRecoveryKey(VaultError):
    text = (
        "There is a slip in the recovery key: its letters do not add up. Compare each group with the sheet, "
        "then try again."
    )


class QuickUnlockRefused(VaultError):
    text = (
        "The key that this computer keeps does not open this vault any more. Type your passphrase; in "
        "Settings, under Passphrase, opening quickly can be switched on anew."
    )


class NoSuchWayIn(VaultError):
    text = "That way in is gone already. Nothing was changed."


class LastWayIn(VaultError):
    text = "Without it nobody could open your notes, so it stays. Make another way in first."


class DamagedKeyFile(StaysShut):
    text = (
        "The key file beside the vault is damaged, so no passphrase can be checked. "
        "Put back the key file from a backup; your notes themselves are not touched."
    )


class DamagedVault(StaysShut):
    text = (
        "The vault file is damaged. Leave it where it is and restore the latest backup: what is here now is "
        "set aside first."
    )


class DamagedPages(DamagedVault):
    text = (
        "A part of the vault file is damaged. None of your notes lies in it; but some pages may not open, "
        "nothing can be saved there, and no new backup can be made. Restore the latest backup."
    )


class MixedCopy(StaysShut):
    text = (
        "Parts of the vault are older than others, as a folder leaves it that was synced or copied by half: "
        "some notes may be missing or say what they said before. Restore a backup from before that."
    )


class OlderCopy(StaysShut):
    text = (
        "This is an older copy of the vault: this laptop has saved newer notes than it holds. Look for the "
        "newer copy, which a syncing program may still be fetching, or restore a backup."
    )


class PartedCopy(StaysShut):
    text = (
        "These notes were changed elsewhere, beginning from an older copy: what this laptop saved last is "
        "not in them. Look for the copy that has it (a syncing program often leaves it beside, under another "
        "name), or restore a backup."
    )


class OtherCopy(StaysShut):
    """`folder` among its facts is where the other one lies."""

    text = (
        "Another copy of these notes, in {folder}, was saved on this computer since this one was. What was "
        "written there is not in here: two copies are never put together. Choose which to go on with."
    )
    OPEN = (
        "Another copy of these notes, in {folder}, is open in another window. What is written in one is not "
        "in the other: two copies are never put together. Go on there, or close that window first."
    )


class NotAVault(StaysShut):
    text = (
        "The file where the vault should be is not a vault. "
        "Move it away, then put your vault back in its place."
    )


class NewerVault(StaysShut):
    text = (
        "This vault was made by a newer coachdesk. Install the newer version to open it; nothing was changed."
    )


class OpenElsewhere(StaysShut):
    text = "This vault is already open in another coachdesk window. Close that window first, or go on there."


class NotSaved(CoachdeskError):
    text = "Not saved: the disk would not take it. Your words are still here; free some space and try again."


class MovedOn(CoachdeskError):
    text = "This was changed in the meantime, so nothing was overwritten. Look at it again, then decide."


class BadFile(CoachdeskError):
    """A file that cannot be read; `row` counts from 1 as a spreadsheet does, `column` is its heading."""

    def __init__(self, text: str, *, row: int | None = None, column: str = "", **facts: object) -> None:
        if row is not None:
            facts["row"] = row
        if column:
            facts["column"] = column
        super().__init__(text, **facts)
        self.row = row
        self.column = column


class NotShareable(CoachdeskError):
    """A summary that may not be made; the text says why."""


class Cancelled(CoachdeskError):
    text = "Stopped. Nothing was changed."
