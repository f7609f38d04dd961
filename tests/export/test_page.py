import pytest

from coachdesk.export.page import from_json, to_json
from tests.export.pages import EVERY


@pytest.mark.parametrize("which", EVERY)
def test_a_page_kept_in_the_ledger_comes_back_whole(which):
    assert from_json(to_json(EVERY[which])) == EVERY[which]
