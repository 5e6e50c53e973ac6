"""The hashes: steady under what happens to one photo, apart for different people."""

import io
import itertools
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from accounts.photos import (
    DifferenceHash,
    PhotoDoor,
    RedrawnPhoto,
    bands,
    detail_distance,
    distance,
    looks_cropped,
    looks_same,
)
from tests.accounts.photos.pictures import encoded, portrait

PEOPLE = 60
WORD = st.integers(-(1 << 63), (1 << 63) - 1)
HASHES = st.builds(DifferenceHash, WORD, WORD)


@pytest.fixture(scope="module")
def door() -> Iterator[PhotoDoor]:
    with PhotoDoor() as opened:
        yield opened


@pytest.fixture(scope="module")
def people(door: PhotoDoor) -> list[RedrawnPhoto]:
    return [door.redraw(encoded(portrait(seed), quality=92)) for seed in range(PEOPLE)]


def crop(a: RedrawnPhoto, b: RedrawnPhoto) -> bool:
    return looks_cropped(a.difference_hash, a.detail_hash, b.difference_hash, b.detail_hash)


def cropped(picture: Image.Image, off: tuple[float, float, float, float]) -> Image.Image:
    """The picture with shares of its width and height taken off: left, top, right, bottom."""
    left, top, right, bottom = off
    width, height = picture.size
    return picture.crop(
        (round(width * left), round(height * top), round(width * (1 - right)), round(height * (1 - bottom)))
    )


def same(a: RedrawnPhoto, b: RedrawnPhoto) -> bool:
    return looks_same(a.difference_hash, a.detail_hash, b.difference_hash, b.detail_hash)


@settings(max_examples=60, derandomize=True)
@given(seed=st.integers(0, PEOPLE - 1), quality=st.integers(40, 95), scale=st.floats(0.5, 2))
def test_hashes_survive_resizing_and_compression(
    door: PhotoDoor, people: list[RedrawnPhoto], seed: int, quality: int, scale: float
) -> None:
    source = Image.open(io.BytesIO(encoded(portrait(seed), quality=92)))
    resized = source.resize((int(480 * scale), int(640 * scale)), Image.Resampling.BICUBIC)
    again = door.redraw(encoded(resized, quality=quality))
    assert distance(again.difference_hash, people[seed].difference_hash) <= 3
    assert same(again, people[seed])
    assert set(enumerate(bands(again.difference_hash))) & set(enumerate(bands(people[seed].difference_hash)))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_hashes_survive_another_format(door: PhotoDoor, people: list[RedrawnPhoto], kind: str) -> None:
    assert all(same(door.redraw(encoded(portrait(seed), kind)), people[seed]) for seed in range(5))


def test_hashes_survive_being_redrawn_again(door: PhotoDoor, people: list[RedrawnPhoto]) -> None:
    assert all(same(door.redraw(person.jpeg), person) for person in people[:10])


@settings(max_examples=40, derandomize=True)
@given(
    seed=st.integers(0, PEOPLE - 1),
    quality=st.integers(60, 95),
    off=st.tuples(*[st.floats(0, 0.01)] * 4),
)
def test_hashes_find_a_slight_crop(
    door: PhotoDoor,
    people: list[RedrawnPhoto],
    seed: int,
    quality: int,
    off: tuple[float, float, float, float],
) -> None:
    again = door.redraw(encoded(cropped(portrait(seed), off), quality=quality))
    assert crop(again, people[seed])
    assert set(bands(again.difference_hash)) & set(bands(people[seed].difference_hash))


def test_hashes_find_most_crops_of_two_per_cent_where_the_strict_ones_do_not(
    door: PhotoDoor, people: list[RedrawnPhoto]
) -> None:
    crops = [
        door.redraw(encoded(cropped(portrait(seed), (0.02, 0.01, 0.02, 0.02)), quality=85))
        for seed in range(30)
    ]
    found = [crop(one, person) for one, person in zip(crops, people, strict=False)]
    strict = [same(one, person) for one, person in zip(crops, people, strict=False)]
    assert sum(found) >= 27
    assert sum(strict) < sum(found)


def test_hashes_take_no_other_person_for_a_crop(people: list[RedrawnPhoto]) -> None:
    assert not [pair for pair in itertools.combinations(people, 2) if crop(*pair)]


def test_hashes_keep_different_people_apart(people: list[RedrawnPhoto]) -> None:
    pairs = list(itertools.combinations(people, 2))
    assert not [pair for pair in pairs if same(*pair)]
    assert min(detail_distance(a.detail_hash, b.detail_hash) for a, b in pairs) > 20


@pytest.mark.parametrize(
    "image",
    [Image.new("RGB", (400, 400), "white"), Image.linear_gradient("L").resize((400, 400))],
    ids=["blank", "gradient"],
)
def test_plain_pictures_are_never_taken_for_one_photo(door: PhotoDoor, image: Image.Image) -> None:
    photo = door.redraw(encoded(image, "PNG"))
    assert not photo.difference_hash.distinctive
    assert bands(photo.difference_hash) == ()
    assert not same(photo, photo)


@given(HASHES, st.sets(st.integers(0, 127), max_size=3))
def test_bands_of_near_hashes_always_meet(value: DifferenceHash, flips: set[int]) -> None:
    near = flipped(value, flips)
    assert distance(value, near) == len(flips)
    if value.distinctive and near.distinctive:
        assert any(a == b for a, b in zip(bands(value), bands(near), strict=True))


@given(HASHES)
def test_bands_fit_a_signed_32_bit_column(value: DifferenceHash) -> None:
    assert all(-(1 << 31) <= band < 1 << 31 for band in bands(value))
    assert len(bands(value)) in {0, 4}


@given(HASHES, HASHES)
def test_distance_is_symmetric_and_zero_only_for_the_same(a: DifferenceHash, b: DifferenceHash) -> None:
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a == b)


def test_looks_same_needs_both_hashes() -> None:
    dice = random.Random(4)  # noqa: S311 - an example, not a secret
    value = DifferenceHash(dice.getrandbits(62), dice.getrandbits(62))
    detail = dice.randbytes(64)
    nine_bits_off = bytes([detail[0] ^ 0xFF, detail[1] ^ 1, *detail[2:]])
    assert looks_same(value, detail, value, detail)
    assert not looks_same(value, detail, value, nine_bits_off)
    assert not looks_same(value, detail, flipped(value, {0, 1, 70, 90}), detail)


def flipped(value: DifferenceHash, flips: set[int]) -> DifferenceHash:
    """The hash with those bits turned over."""

    def turn(word: int, offset: int) -> int:
        for bit in flips:
            if 0 <= bit - offset < 63:
                word ^= 1 << (bit - offset)
            elif bit - offset == 63:
                word = word + (1 << 63) if word < 0 else word - (1 << 63)
        return word

    return DifferenceHash(turn(value.rows, 0), turn(value.columns, 64))
