"""The private store: whole files, random names, nobody else's eyes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.photos import RedrawnPhoto, delete_stored, open_stored, redraw, store, stored_names
from common.errors import NotFoundError
from tests.accounts.photos.pictures import encoded, portrait


@pytest.fixture
def root(settings: Settings, tmp_path: Path) -> Path:
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    return tmp_path / "photos"


@pytest.fixture(scope="module")
def photo() -> RedrawnPhoto:
    return redraw(encoded(portrait()))


def test_store_keeps_the_bytes_privately_under_a_random_name(root: Path, photo: RedrawnPhoto) -> None:
    first, second = store(photo), store(photo)
    assert first != second
    assert photo.sha256[:8] not in first
    path = root / first
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    with open_stored(first) as file:
        assert file.read() == photo.jpeg
    assert set(stored_names()) == {first, second}


def test_store_interrupted_leaves_nothing(
    root: Path, photo: RedrawnPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        store(photo)
    assert not [path for path in root.rglob("*") if path.is_file()]


def test_delete_stored_erases_and_may_be_repeated(root: Path, photo: RedrawnPhoto) -> None:
    name = store(photo)
    delete_stored(name)
    delete_stored(name)
    assert not (root / name).exists()
    with pytest.raises(NotFoundError):
        open_stored(name)


@pytest.mark.parametrize(
    "name",
    ["", "../../etc/passwd", "ab/cd/" + "0" * 32 + ".jpg", "ab/cd/abcd" + "0" * 28 + ".jpg\n", "/etc/passwd"],
)
@pytest.mark.parametrize("act", [open_stored, delete_stored])
def test_names_not_from_the_store_are_not_found(root: Path, name: str, act: object) -> None:
    assert callable(act)
    with pytest.raises(NotFoundError) as caught:
        act(name)
    assert caught.value.code == "photo_missing"
    assert not root.exists()


def test_stored_names_leaves_out_the_young_and_clears_what_a_crash_left(
    root: Path, photo: RedrawnPhoto
) -> None:
    name = store(photo)
    left_over = (root / name).with_suffix(".part")
    left_over.write_bytes(b"half")
    assert list(stored_names(older_than=timedelta(hours=2))) == []
    assert left_over.exists()
    for path in (root / name, left_over):
        os.utime(path, (0, 0))
    assert list(stored_names(older_than=timedelta(hours=2))) == [name]
    assert not left_over.exists()
