from pathlib import Path

import pytest

FILES = Path(__file__).parent / "files"


@pytest.fixture
def sample():
    """The bytes of one of the small files beside these tests."""
    return lambda name: (FILES / name).read_bytes()
