"""What every test finds: folders of its own, and a desk over a real vault in them."""

import os
import shutil
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from one_thread import collect_what_is_left
from passphrases import _derived_once, locked_vault  # noqa: F401 - fixtures for every module
from shared_worlds import four_at_juniper, lincoln, three_at_juniper  # noqa: F401
from worlds import KEY, World, Worlds

from coachdesk.paths import Folders, folders
from coachdesk.services.desk import Desk
from coachdesk.store.connection import Engines
from coachdesk.store.vault import Vault

FILES = Path(__file__).parent / "imports" / "files"
FOLDER_VARIABLES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
XDG_VARIABLES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What takes seconds comes first in each worker's share, so that none of it is waited for in the end."""
    workers = getattr(config, "workerinput", {"workercount": 1})["workercount"]
    long, quick = [], []
    for item in items:
        takes_seconds = item.get_closest_marker("slow") or item.get_closest_marker("desktop")
        (long if takes_seconds else quick).append(item)
    ordered: list[pytest.Item] = []
    for number in range(workers):  # as large as the shares that xdist's "worksteal" begins with
        first = long[number::workers]
        size = (len(items) - len(ordered)) // (workers - number)
        rest = max(0, size - len(first))
        ordered += [*first, *quick[:rest]]
        del quick[:rest]
    items[:] = ordered + quick


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    collect_what_is_left(item)


@pytest.fixture(autouse=True)
def _at_home(tmp_path, monkeypatch):
    """No test sees or touches the folders of whoever runs it."""
    for name in FOLDER_VARIABLES:
        monkeypatch.setenv(name, str(tmp_path))
    for name in XDG_VARIABLES:
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def place(tmp_path) -> Folders:
    """The folders of one profile; none is there yet."""
    return folders(tmp_path / "profile")


@pytest.fixture(scope="session")
def engines() -> Engines:
    """What was translated for one test's questions and saves serves the next, as after a rehearsal."""
    return Engines()


@pytest.fixture(scope="session")
def worlds(tmp_path_factory, engines) -> Worlds:
    """What vaults hold when a test begins, made once and copied from then on."""
    return Worlds(tmp_path_factory.mktemp("worlds"), engines)


@pytest.fixture
def begun(worlds, request) -> World:
    """What the vault of this test holds when it begins: nothing, or what each `world` it asks for says."""
    return worlds.of(request.module.__name__, request.fixturenames)


@pytest.fixture
def template(worlds) -> Path:
    """An empty vault."""
    return worlds.of("", ()).vault


@pytest.fixture
def vault(begun, place, engines):
    """A vault of its own, opened with a raw key in milliseconds."""
    place.data.mkdir(parents=True)
    shutil.copy(begun.vault, place.vault)
    vault = Vault.open_with_key(place.vault, KEY, engines=engines)
    yield vault
    vault.close()


@pytest.fixture
def desk(vault):
    """A desk over `vault`."""
    return Desk(vault)


@pytest.fixture
def district(tmp_path):
    """A OneRoster export as it lies in a folder, of that school and another."""
    for name, held in (("users.csv", "oneroster_users.csv"), ("Orgs.csv", "oneroster_orgs.csv")):
        (tmp_path / name).write_bytes((FILES / held).read_bytes())
    return tmp_path / "users.csv"
