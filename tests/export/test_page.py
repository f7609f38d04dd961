import pytest
from written_pages import EVERY

from coachdesk.export.page import from_json, to_json


@pytest.mark.parametrize("which", EVERY)
def test_a_page_kept_in_the_ledger_comes_back_whole(which):
    assert from_json(to_json(EVERY[which])) == EVERY[which]
