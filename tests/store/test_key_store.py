"""This computer's key store: a real one keeps the key; whatever else is offered in its place is refused."""

import gc
import json
import os
import warnings
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from keyring.backends import SecretService, chainer, fail, null
from secret_service import bus, key_store

from coachdesk.errors import QuickUnlockRefused
from coachdesk.store import key_store as stores
from coachdesk.store import quick
from coachdesk.store.key_store import ALLOWED, KeyStore
from coachdesk.store.quick import DAY, Moment

ENTRY = quick.name_of("ab" * 16, Path("here"))
NOW = Moment(1_800_000_000.0, "this start")


class Plaintext(null.Keyring):
    """As keyrings.alt.file.PlaintextKeyring: it keeps everything where everybody can read it."""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with key_store(tmp_path_factory.mktemp("keys")) as address:
        yield address


@pytest.fixture
def store(address, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    found = stores.found()
    assert found is not None
    return found


@pytest.fixture
def kept(store):
    """A key that the key store keeps since the passphrase was typed."""
    key = quick.keep(store, ENTRY, NOW)
    yield key
    store.forget(ENTRY)


def entry(store):
    return json.loads(store.found(ENTRY))


def later(days=0.0, boot=NOW.boot):
    return Moment(NOW.at + days * DAY, boot)


def test_a_real_key_store_is_found_and_named(store):
    assert store.called == "Secret Service"


def test_what_is_kept_comes_back_and_can_be_forgotten(store):
    store.put("one", "ä quiet heron")
    assert store.found("one") == "ä quiet heron"
    store.forget("one")
    assert store.found("one") is None


def test_trying_it_out_leaves_nothing_behind(store):
    store.try_out()
    collection = SecretService.Keyring().get_preferred_collection()
    with closing(collection.connection):
        assert not [item for item in collection.get_all_items() if "trying" in item.get_label()]


def test_the_key_opens_for_seven_days(store, kept):
    for days in (0, 1, 7):
        assert quick.kept(store, ENTRY, later(days)) == kept


@pytest.mark.parametrize("days", [7.001, 8, 4000, -1])
def test_after_seven_days_or_by_a_clock_set_back_the_passphrase_is_asked_for(store, kept, days):
    with pytest.raises(QuickUnlockRefused, match="seven days"):
        quick.kept(store, ENTRY, later(days))


def test_after_a_start_of_the_computer_the_passphrase_is_asked_for(store, kept):
    with pytest.raises(QuickUnlockRefused, match="started again"):
        quick.kept(store, ENTRY, later(boot="another start"))


def test_the_passphrase_typed_gives_seven_more_days(store, kept):
    quick.renew(store, ENTRY, later(8, boot="another start"))
    assert quick.kept(store, ENTRY, later(14, boot="another start")) == kept


def test_where_no_start_is_told_nothing_is_kept(store):
    nowhere = Moment(NOW.at, "")
    with pytest.raises(QuickUnlockRefused, match="when it was started"):
        quick.keep(store, ENTRY, nowhere)
    assert store.found(ENTRY) is None


def test_a_key_without_a_known_start_does_not_open(store, kept):
    with pytest.raises(QuickUnlockRefused, match="when it was started"):
        quick.kept(store, ENTRY, Moment(NOW.at, ""))


def test_the_start_of_this_computer_is_known_where_its_file_is(tmp_path):
    assert quick.start_of_computer(tmp_path / "nothing") == ""
    (tmp_path / "boot_id").write_text("a start\n", encoding="ascii")
    assert quick.start_of_computer(tmp_path / "boot_id") == "a start"


def test_an_entry_that_is_gone_is_said(store):
    with pytest.raises(QuickUnlockRefused, match="has no key for the notes"):
        quick.kept(store, ENTRY, NOW)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"key": "zz", "at": 1, "boot": ""}',
        '{"key": "00", "at": 1, "boot": ""}',
        '{"key": "00", "boot": ""}',
        '{"key": "' + "00" * 32 + '", "at": "soon", "boot": ""}',
    ],
)
def test_an_entry_that_somebody_changed_opens_nothing(store, said):
    store.put(ENTRY, said)
    with pytest.raises(QuickUnlockRefused, match="has no key for the notes"):
        quick.kept(store, ENTRY, NOW)
    store.forget(ENTRY)


def test_each_vault_and_each_copy_of_one_has_an_entry_of_its_own(store, kept):
    for other in (quick.name_of("cd" * 16, Path("here")), quick.name_of("ab" * 16, Path("there"))):
        with pytest.raises(QuickUnlockRefused):
            quick.kept(store, other, NOW)


def test_an_entry_is_not_shown_by_accident():
    assert "00" not in repr(quick.Entry("00" * 32, 0.0, ""))


@pytest.mark.parametrize("backend", [null.Keyring, fail.Keyring, chainer.ChainerBackend, Plaintext])
def test_what_is_not_on_our_list_is_refused(backend):
    with pytest.raises(QuickUnlockRefused, match="no key store that coachdesk trusts"):
        KeyStore(backend(), "hostile")


def test_a_child_of_a_trusted_class_is_not_trusted():
    class Listening(SecretService.Keyring):
        pass

    with pytest.raises(QuickUnlockRefused):
        KeyStore(Listening(), "hostile")


def test_a_trusted_one_on_which_something_was_set_is_refused(address, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    backend = SecretService.Keyring()
    backend.get_password = lambda service, username: "mine"
    with pytest.raises(QuickUnlockRefused):
        KeyStore(backend, "hostile")


@pytest.mark.parametrize(
    "name",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "keyrings.alt.file.PlaintextKeyring",
        "nowhere.Keyring",
    ],
)
def test_the_environment_chooses_no_key_store(address, monkeypatch, name):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    monkeypatch.setenv("KEYRING_PROPERTY_PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection/session")
    monkeypatch.setenv("KEYRING_PROPERTY_GET_PASSWORD", "not a function")
    found = stores.found()
    assert type(found._backend) is SecretService.Keyring
    assert vars(found._backend) == {}
    assert not [name for name in os.environ if name.startswith("KEYRING_PROPERTY_")]


def test_a_file_of_settings_chooses_no_key_store(address, monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    config = tmp_path / "xdg_config_home" / "python_keyring" / "keyringrc.cfg"
    config.parent.mkdir(parents=True)
    config.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n", encoding="utf-8")
    assert type(stores.found()._backend) is SecretService.Keyring


def test_without_a_key_store_there_is_none(monkeypatch, tmp_path):
    with bus(tmp_path) as empty:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", empty)
        assert stores.found() is None


def test_a_bus_that_is_not_there_is_no_key_store(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert stores.found() is None


def test_one_that_dies_is_said_to_be_silent(monkeypatch, tmp_path):
    with key_store(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        found = stores.found()
    with pytest.raises(QuickUnlockRefused, match="did not answer"):
        found.found("one")
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()  # the library leaves the socket open on which there was no answer


def test_one_that_hangs_is_not_waited_for():
    never = Event()
    with pytest.raises(QuickUnlockRefused, match="did not answer"):
        stores.within(0.01, never.wait)
    never.set()


def test_what_does_not_come_back_is_not_relied_on(store):
    class Forgetful(KeyStore):
        def found(self, entry):
            return None

    with pytest.raises(QuickUnlockRefused, match="did not give back"):
        Forgetful(store._backend, "forgetful").try_out()


def test_the_list_names_the_four_that_are_trusted():
    assert {(known.module, known.name) for known in ALLOWED} == {
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
        ("keyring.backends.macOS", "Keyring"),
    }
