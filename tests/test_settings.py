import json

import pytest

from coachdesk import settings
from coachdesk.settings import Settings


def test_what_is_saved_comes_back(tmp_path):
    settings.save(tmp_path, Settings(theme="dark", idle_minutes=12))
    assert settings.load(tmp_path) == Settings(theme="dark", idle_minutes=12)


def test_a_missing_file_means_defaults(tmp_path):
    assert settings.load(tmp_path / "nowhere") == Settings()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"dark"', "\x00", pytest.param("[" * 200_000, id="nested")]
)
def test_an_unreadable_file_means_defaults(tmp_path, text):
    (tmp_path / settings.FILE).write_text(text)
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("kept", "becomes"),
    [
        ({"idle_minutes": 0}, Settings(idle_minutes=1)),
        ({"idle_minutes": 10_000}, Settings(idle_minutes=60)),
        ({"idle_minutes": "never"}, Settings()),
        ({"idle_minutes": True}, Settings()),
        ({"theme": "neon", "density": 3}, Settings()),
        ({"from_a_newer_version": 1, "theme": "dark"}, Settings(theme="dark")),
    ],
)
def test_what_is_out_of_bounds_is_put_right(tmp_path, kept, becomes):
    (tmp_path / settings.FILE).write_text(json.dumps(kept))
    assert settings.load(tmp_path) == becomes
