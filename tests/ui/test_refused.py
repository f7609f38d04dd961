"""Seven ways in which a vault does not open: each has its sentence, and a page that does what it says."""

from pathlib import Path

import pytest
from accessibility import audit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from coachdesk.errors import (
    DamagedKeyFile,
    DamagedPages,
    DamagedVault,
    MixedCopy,
    NewerVault,
    NotAVault,
    NoVault,
    OlderCopy,
    OpenElsewhere,
    OtherCopy,
    PartedCopy,
    StaysShut,
    VaultError,
    WrongPassphrase,
)
from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.gate.refusals import Doors, Refusals
from coachdesk.ui.gate.refused import Refused, kind_of

SEVEN = (OlderCopy, MixedCopy, DamagedVault, WrongPassphrase, NotAVault, NewerVault, OpenElsewhere)
OFFERS = {
    OlderCopy: ["look_again", "restore_backup", "use_anyway", "show_folder"],
    PartedCopy: ["look_again", "restore_backup", "use_anyway", "show_folder"],
    OtherCopy: ["use_anyway", "keep_apart", "show_other", "look_again"],
    MixedCopy: ["restore_backup", "look_again", "use_anyway", "show_folder"],
    DamagedPages: ["restore_backup", "look_again", "use_anyway", "show_folder"],
    DamagedVault: ["restore_backup", "look_again", "show_folder"],
    DamagedKeyFile: ["restore_backup", "look_again", "show_folder"],
    NotAVault: ["look_again", "show_folder", "restore_backup"],
    NewerVault: ["look_again", "show_folder"],
    OpenElsewhere: ["look_again"],
    NoVault: ["look_again", "restore_backup", "show_folder"],
    VaultError: ["look_again", "show_folder"],
}


@pytest.fixture
def page_for(qapp, qtbot):
    theme.dress(qapp, "light")

    def make(error, saved=""):
        page = Refused(error, saved)
        qtbot.addWidget(page)
        page.resize(900, 600)
        page.show()
        return page

    return make


def said(kind):
    """An error of that kind as it is raised."""
    if kind is OtherCopy:
        return OtherCopy(folder="/media/stick/coachdesk")
    return kind("Something is the matter.") if kind is VaultError else kind()


def test_the_seven_have_different_sentences_that_say_what_to_do():
    sentences = {str(kind()) for kind in SEVEN}
    assert len(sentences) == len(SEVEN)
    assert all(len(sentence.split(". ")) > 1 or ":" in sentence for sentence in sentences)


def test_all_but_a_wrong_passphrase_have_a_page_with_a_title_of_its_own():
    titles = [kind_of(said(kind)).title for kind in (*StaysShut.__subclasses__(), VaultError)]
    assert set(SEVEN) - {WrongPassphrase} <= set(StaysShut.__subclasses__())
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("kind", OFFERS, ids=lambda kind: kind.__name__)
def test_each_page_offers_what_its_sentence_names(page_for, kind, qtbot):
    page = page_for(said(kind))
    assert set(page.buttons) == set(OFFERS[kind])
    assert next(iter(page.buttons)) == OFFERS[kind][0]
    for name, made in page.buttons.items():
        with qtbot.waitSignal(getattr(page, name)):
            qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert audit(page) == []


def test_what_was_meant_for_a_passphrase_does_nothing_and_then_the_first_thing_to_do_has_the_keyboard(
    page_for, qtbot
):
    page = page_for(DamagedVault())
    page.activateWindow()
    page.setFocus()
    chosen = []
    for signal in (page.restore_backup, page.look_again, page.show_folder, page.leave):
        signal.connect(lambda: chosen.append(True))
    qtbot.keyClicks(page.focusWidget(), " of words")
    page._calm.stop()  # however long it is until the last key
    assert page.focusWidget() is page.title
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(page.focusWidget(), key)
    assert (chosen, page._calm.isActive()) == ([], True)
    page._calm.timeout.emit()
    assert page.focusWidget() is page.buttons["restore_backup"]
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert chosen == [True]


def test_whoever_went_to_a_button_is_left_there(page_for, qtbot):
    page = page_for(DamagedVault())
    page.activateWindow()
    page.buttons["look_again"].setFocus()
    page._calm.timeout.emit()
    assert page.focusWidget() is page.buttons["look_again"]


def test_it_is_said_when_this_laptop_saved_last(page_for):
    page = page_for(OlderCopy(), "Friday 20 November, 9:58")
    said = page.findChild(object, "last_saved").text()
    assert said == "This laptop saved your notes last on Friday 20 November, 9:58."


def test_of_two_copies_each_choice_says_what_it_does_and_to_use_one_comes_first(page_for):
    page = page_for(said(OtherCopy))
    assert page.buttons["show_other"].text() == "Open its folder"
    assert [made.property("kind") for made in page.buttons.values()] == ["primary", "", "", ""]
    hints = {made.accessibleDescription() for made in page.buttons.values()}
    assert hints < {text.text() for text in page.findChildren(QLabel)} and len(hints) == 4


def test_where_the_other_copy_is_open_it_is_closed_and_looked_at_again_first(page_for):
    page = page_for(OtherCopy(OtherCopy.OPEN, folder="/media/stick/coachdesk"))
    assert list(page.buttons) == ["look_again", "use_anyway", "keep_apart", "show_other"]


class Behind:
    """What lies behind the lock, with a vault that is as the test says."""

    def __init__(self, page_for):
        self.errors, self.used, self.folders, self.apart = [], [], [], []
        self._page_for = page_for

    def look(self, _place, whether_open=False):
        if self.errors:
            raise self.errors[0]

    def refused_page(self, _place, error):
        return self._page_for(error)

    def use_older(self, place):
        self.used.append(place)

    def will_be_used(self):
        return "This copy will be used."

    def keep_apart(self, place):
        self.apart.append(place)
        return "Kept apart."

    def show_folder(self, folder):
        self.folders.append(folder)


class Window:
    page = None

    def show_page(self, page):
        self.page = page


@pytest.fixture
def behind(page_for):
    return Behind(page_for)


@pytest.fixture
def went():
    return []


@pytest.fixture
def refusals(behind, background, went):
    doors = Doors(lambda news: went.append(news), lambda: went.append("restore"), lambda: went.append("quit"))
    return Refusals(Window(), background, lambda: behind, doors)


@pytest.fixture
def background(qapp):
    made = Background()
    yield made
    made.close()


def test_looking_again_leads_to_the_passphrase_once_all_is_well(refusals, behind, went, place, qtbot):
    behind.errors = [NoVault()]
    page = refusals.show(place, NoVault())
    page.buttons["look_again"].click()
    qtbot.waitUntil(lambda: "nothing has changed" in page.status.text())
    behind.errors = [DamagedVault()]
    page.buttons["look_again"].click()
    qtbot.waitUntil(lambda: refusals._shell.page is not page)
    behind.errors = []
    refusals._shell.page.buttons["look_again"].click()
    qtbot.waitUntil(lambda: went == [""])


def test_an_older_copy_is_used_when_the_coach_says_so(refusals, behind, went, place):
    refusals.show(place, OlderCopy()).buttons["use_anyway"].click()
    assert (behind.used, went, refusals.mixed_is_fine) == ([place], ["This copy will be used."], False)


def test_a_mixed_copy_is_used_when_the_coach_says_so(refusals, behind, went, place):
    refusals.show(place, MixedCopy()).buttons["use_anyway"].click()
    assert (behind.used, went, refusals.mixed_is_fine) == ([], ["This copy will be used."], True)


def test_the_folder_the_backups_and_the_way_out_are_there(refusals, behind, went, place):
    page = refusals.show(place, DamagedVault())
    page.buttons["show_folder"].click()
    page.buttons["restore_backup"].click()
    page.findChild(object, "refused_quit").click()
    assert (behind.folders, went) == ([place.data], ["restore", "quit"])


def test_of_two_copies_the_other_is_shown_and_this_one_used_or_kept_apart(refusals, behind, went, place):
    page = refusals.show(place, said(OtherCopy))
    page.buttons["show_other"].click()
    assert behind.folders == [Path("/media/stick/coachdesk")]
    page.buttons["use_anyway"].click()
    page.buttons["keep_apart"].click()
    assert (behind.used, behind.apart, went) == ([place], [place], ["This copy will be used.", "Kept apart."])
