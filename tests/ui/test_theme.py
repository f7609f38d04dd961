import re
from string import Template

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QPushButton, QWidget

from coachdesk import paths
from coachdesk.ui import theme, tokens
from coachdesk.ui.widgets import buttons
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.picture import Picture

SURFACES = ("window", "surface", "sidebar")


@pytest.fixture
def look(qapp):
    """The look, put back to light afterwards."""
    theme.dress(qapp, "light")
    yield qapp
    theme.follow(qapp, "light")


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in QColor(colour).getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", tokens.SCHEMES)
@pytest.mark.parametrize(
    ("ink", "grounds", "least"),
    [
        ("text", (*SURFACES, "accent_soft", "warning_soft", "danger_soft", "success_soft", "hover"), 4.5),
        ("text", ("plan_soft", "visit_soft", "debrief_soft", "other_soft"), 4.5),
        ("muted", SURFACES, 4.5),
        ("accent", (*SURFACES, "accent_soft"), 4.5),
        ("on_accent", ("accent", "accent_hover"), 4.5),
        ("link", ("surface", "window"), 4.5),
        ("danger", ("surface", "window", "danger_soft"), 4.5),
        ("warning", ("surface", "window", "warning_soft"), 4.5),
        ("success", ("surface", "window", "success_soft"), 4.5),
        ("surface", ("text",), 4.5),
        ("border_strong", SURFACES, 3),
        ("focus", (*SURFACES, "accent_soft"), 3),
        ("plan", ("surface",), 3),
        ("visit", ("surface",), 3),
        ("debrief", ("surface",), 3),
        ("other", ("surface",), 3),
    ],
)
def test_every_ink_is_legible_on_every_ground_it_sits_on(scheme, ink, grounds, least):
    colours = tokens.SCHEMES[scheme]
    measured = {ground: contrast(colours[ink], colours[ground]) for ground in grounds}
    assert {ground: ratio for ground, ratio in measured.items() if ratio < least} == {}


def test_both_schemes_name_the_same_colours():
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


def test_the_style_sheet_holds_no_colour_of_its_own():
    sheet = paths.resource("themes", "coachdesk.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{6}\b", sheet) == []
    assert {*Template(sheet).get_identifiers()} - {*tokens.LIGHT} <= {
        "scheme",
        "inner",
        "inner_focus",
        "inner_narrow",
        "chip",
        "chip_focus",
    }


@pytest.mark.parametrize("scheme", tokens.SCHEMES)
def test_the_pictures_in_controls_are_drawn_in_the_schemes_colours(scheme):
    colours = tokens.SCHEMES[scheme]
    for drawing, ink in (
        ("chevron-down", "text"),
        ("chevron-up", "text"),
        ("check", "on_accent"),
        ("dot", "on_accent"),
    ):
        svg = paths.resource("controls", f"{drawing}-{scheme}.svg").read_text(encoding="utf-8")
        assert colours[ink] in svg


def test_the_setting_decides_the_scheme_and_everything_is_repainted(look, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    theme.follow(look, "dark")
    assert look.palette().color(QPalette.ColorRole.Window) == QColor(tokens.DARK["window"])
    assert window.grab().toImage().pixelColor(5, 5) == QColor(tokens.DARK["window"])
    assert theme.token("text") == QColor(tokens.DARK["text"])


def test_a_desktop_that_says_nothing_gets_light(look):
    theme.follow(look, "system")
    assert theme.token("window") == QColor(tokens.LIGHT["window"])


def test_the_schemes_change_reaches_the_icons_already_worn(look, qtbot):
    button = buttons.button("Lock now", "lock")
    qtbot.addWidget(button)
    assert ink(button.icon().pixmap(18, 18).toImage()).lightness() < 60
    theme.follow(look, "dark")
    assert ink(button.icon().pixmap(18, 18).toImage()).lightness() > 200


def test_a_picture_beside_words_follows_the_scheme(look, qtbot):
    picture = Picture("lock", "text", 48)
    qtbot.addWidget(picture)
    picture.show()
    theme.follow(look, "dark")
    assert QColor(tokens.DARK["text"]).name() in colours_in(picture.grab().toImage())


def test_every_icon_can_be_drawn(look):
    drawings = sorted(path.stem for path in paths.resource("icons").glob("*.svg"))
    assert "lock" in drawings
    for name in drawings:
        drawn = theme.picture(name, "text", 20).toImage()
        assert any(drawn.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), name


@pytest.mark.parametrize(("density", "height"), tokens.CONTROL_HEIGHT.items())
def test_a_control_is_as_high_as_its_density_says_focused_or_not(look, qtbot, density, height):
    theme.follow(look, "light", density)
    page = QWidget()
    qtbot.addWidget(page)
    form = QFormLayout(page)
    button, field = QPushButton("Save"), QLineEdit()
    form.addRow(button, field)
    page.show()
    field.setFocus()
    QApplication.sendEvent(field, QEvent(QEvent.Type.StyleChange))
    assert {button.sizeHint().height(), field.sizeHint().height()} == {height}


def test_headings_are_multiples_of_the_body_which_has_a_floor(look):
    body = theme.font().pointSizeF()
    assert body >= tokens.BODY_POINTS
    assert theme.font("h1", bold=True).pointSizeF() == pytest.approx(body * tokens.TYPE["h1"])


def test_the_focused_control_wears_a_ring(look, qtbot):
    card = Card()
    qtbot.addWidget(card)
    button = buttons.button("Save")
    card.column.addWidget(button)
    card.column.addWidget(buttons.button("Cancel"))
    card.show()
    qtbot.waitExposed(card)
    card.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert QColor(tokens.LIGHT["focus"]).name() in colours_in(button.grab().toImage())


def test_chips_break_into_lines_as_words_do(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(gap=6)
    holder.setLayout(flow)
    chips = [buttons.chip(f"Chip {n}") for n in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    one_line = flow.heightForWidth(4000)
    holder.resize(chips[0].sizeHint().width() * 2 + 20, 400)
    flow.setGeometry(QRect(0, 0, holder.width(), 400))
    assert one_line < flow.heightForWidth(holder.width())
    assert chips[0].y() == chips[1].y() < chips[2].y()


def test_a_notice_says_its_sentence_to_eye_and_ear_and_leaves_no_gap_when_cleared(look, qtbot):
    notice = Notice("danger")
    qtbot.addWidget(notice)
    notice.say("The passphrases differ.")
    assert notice.text() == notice.accessibleName() == "The passphrases differ."
    assert not notice.isHidden()
    notice.clear()
    assert notice.isHidden()


def colours_in(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def ink(image: QImage) -> QColor:
    """The colour of the most solid pixel."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=QColor.alpha)


def test_a_notice_is_no_higher_than_its_words(look, qtbot):
    card = Card()
    qtbot.addWidget(card)
    notice = Notice("danger")
    card.column.addWidget(notice)
    card.column.addStretch(1)
    notice.say("One line.")
    card.resize(500, 600)
    card.show()
    assert notice.height() < 50
