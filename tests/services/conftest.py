"""What several tests of the services find in the vault."""

import pytest


@pytest.fixture
def juniper(three_at_juniper):
    """Three teachers of one school, in a year that has begun."""
    return three_at_juniper
