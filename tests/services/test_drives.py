"""Of the drive below a folder it is known whether it can be pulled out and whether the system encrypts it."""

from pathlib import Path

import pytest

from coachdesk.services.drives import is_encrypted, is_removable


def inside(home, *parts):
    folder = home.joinpath(*parts)
    folder.mkdir(parents=True)
    return folder


def mounts(tmp_path, *lines):
    table = tmp_path / "mountinfo"
    table.write_text("\n".join(["22 1 8:1 / / rw - ext4 /dev/sda1 rw", *lines]) + "\n")
    return table


@pytest.fixture
def blocks(tmp_path):
    """Two drives with a partition each: one that stays, and one that can be pulled out."""
    for number, name, removable in (("8:1", "sda", "0"), ("8:17", "sdb", "1")):
        drive = tmp_path / "devices" / name
        (drive / f"{name}1").mkdir(parents=True)
        (drive / "removable").write_text(f"{removable}\n")
        (tmp_path / "block").mkdir(exist_ok=True)
        (tmp_path / "block" / number).symlink_to(drive / f"{name}1")
    return tmp_path / "block"


def test_a_drive_that_says_it_can_be_pulled_out_is_removable(tmp_path, blocks):
    stick = inside(tmp_path, "stick of mine")
    named = str(stick).replace(" ", "\\040")
    table = mounts(tmp_path, f"36 22 8:17 / {named} rw - vfat /dev/sdb1 rw")
    assert is_removable(stick / "page.pdf", table, blocks)
    assert not is_removable(tmp_path / "page.pdf", table, blocks)


@pytest.mark.parametrize("place", ["/media/coach/STICK", "/run/media/coach/STICK"])
def test_what_the_desktop_plugged_in_is_removable_whatever_it_says(tmp_path, blocks, place):
    table = mounts(tmp_path, f"36 22 8:1 / {place} rw - vfat /dev/sdc1 rw")
    assert is_removable(Path(place) / "page.pdf", table, blocks)


@pytest.fixture
def layers(tmp_path):
    """One drive: a plain partition, and one with LUKS on which two volumes lie, one in the other."""
    devices = tmp_path / "layered"
    for name, number, uuid, below in (
        ("sda1", "8:1", "", []),
        ("sda2", "8:2", "", []),
        ("dm-0", "254:0", "CRYPT-LUKS2-0123-luks", ["sda2"]),
        ("dm-1", "254:1", "LVM-abcd", ["dm-0"]),
        ("dm-2", "254:2", "LVM-efgh", ["sda1"]),
    ):
        device = inside(devices, name)
        (tmp_path / "numbers").mkdir(exist_ok=True)
        (tmp_path / "numbers" / number).symlink_to(device)
        if uuid:
            (inside(device, "dm") / "uuid").write_text(f"{uuid}\n")
            for each in below:
                (device / "slaves").mkdir(exist_ok=True)
                (device / "slaves" / each).symlink_to(devices / each)
    return tmp_path / "numbers"


@pytest.mark.parametrize(
    ("number", "encrypted"),
    [("254:0", True), ("254:1", True), ("254:2", False), ("8:1", False), ("8:9", None), ("0:35", None)],
)
def test_a_drive_is_encrypted_where_any_layer_below_is(tmp_path, layers, number, encrypted):
    home = inside(tmp_path, "home")
    table = mounts(tmp_path, f"36 22 {number} / {home} rw shared:1 - ext4 /dev/nowhere rw")
    assert is_encrypted(home / "coachdesk", table, layers) is encrypted


def test_a_file_system_whose_mount_has_no_device_of_its_own_is_asked_for_its_source(tmp_path, layers):
    """Btrfs; /dev/null stands for a device here: it has a number like one."""
    home = inside(tmp_path, "home")
    device = inside(tmp_path, "null")
    (inside(device, "dm") / "uuid").write_text("CRYPT-LUKS2-4567-luks\n")
    (layers / "1:3").symlink_to(device)
    table = mounts(tmp_path, f"36 22 0:35 /@home {home} rw - btrfs /dev/null rw")
    assert is_encrypted(home, table, layers) is True


def test_where_nothing_is_known_nothing_is_said(tmp_path, blocks):
    assert not is_removable(tmp_path, tmp_path / "nowhere", blocks)
    assert not is_removable(tmp_path, mounts(tmp_path), tmp_path / "nowhere")
    assert is_encrypted(tmp_path, tmp_path / "nowhere", blocks) is None


def test_this_computers_own_table_is_understood(tmp_path):
    assert is_removable(tmp_path) in (True, False)
    assert is_encrypted(tmp_path) in (True, False, None)
