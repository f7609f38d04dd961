"""What several tests of the services find in the vault."""

import coached_school
import pytest


@pytest.fixture
def juniper(desk):
    """Three teachers of one school, in a year that has begun."""
    desk.do(coached_school.year)
    return desk.do(coached_school.school, teachers=3)
