"""ACC-05: the photo is not another person's too."""

import uuid

import pytest

from accounts.models import Agency, Comparison, Likeness, Photo, StandingCode
from accounts.photos import redraw
from accounts.services import keep_photo
from registry.findings.services import Answer, verdicts
from tests.accounts.photos.pictures import encoded, portrait
from tests.factories.comparisons import make_agency, make_comparison, make_official
from tests.registry.rules.catalogue.answers import TODAY

pytestmark = pytest.mark.django_db

CODE = "ACC-05"


def _photo(*, plain: bool = False) -> Photo:
    digest = uuid.uuid4().hex * 2
    return Photo.objects.create(
        name=digest, sha256=digest, source_sha256=digest, width=300, height=300, source_format="jpeg",
        difference_hash=1, difference_hash_down=1, detail_hash=b"", hash_version=1,
        bands=[] if plain else [1, 2, 3, 4],
    )  # fmt: skip


def _alike(photo: Photo, other: Photo, *, cropped: bool = False) -> None:
    Likeness.objects.create(photo=photo, other=other, cropped=cropped)
    Likeness.objects.create(photo=other, other=photo, cropped=cropped)


def _photo_answer(row: Comparison) -> Answer:
    return next(each.answer for each in verdicts(row, TODAY) if each.rule.code == "ACC-05")


def test_photo_own_fires_on_one_picture_and_on_one_like_it(agency: Agency):
    picture, resized, another = _photo(), _photo(), _photo()
    _alike(picture, resized)
    rows = [make_comparison(agency, photo=photo) for photo in (picture, picture, resized, another)]
    assert [_photo_answer(row) for row in rows] == [Answer.NOT_IN_LINE] * 3 + [Answer.IN_LINE]


def test_photo_own_is_silent_on_one_person_s_two_accounts_and_on_plain_pictures(agency: Agency):
    person, picture, blank = make_official(agency), _photo(), _photo(plain=True)
    mine = [make_comparison(agency, person, photo=picture) for _n in range(2)]
    plain = [make_comparison(agency, photo=blank) for _n in range(2)]
    assert {_photo_answer(row) for row in mine + plain} == {Answer.IN_LINE}


def test_photo_own_when_the_other_is_only_a_draft(agency: Agency):
    picture = _photo()
    draft = make_comparison(agency, photo=picture, standing=StandingCode.DRAFT)
    standing = make_comparison(agency, photo=picture)
    assert [_photo_answer(draft), _photo_answer(standing)] == [Answer.NOT_IN_LINE, Answer.IN_LINE]


def test_photo_own_fires_on_a_slight_crop_within_one_branch_and_is_silent_across_branches(agency: Agency):
    picture, crop, another_crop = _photo(), _photo(), _photo()
    _alike(picture, crop, cropped=True)
    _alike(picture, another_crop, cropped=True)
    mine = make_comparison(agency, photo=picture)
    elsewhere = make_comparison(make_agency(), photo=crop)
    assert [_photo_answer(row) for row in (mine, elsewhere)] == [Answer.IN_LINE] * 2
    colleague = make_comparison(make_agency(parent=agency), photo=another_crop)
    answers = [_photo_answer(row) for row in (mine, colleague, elsewhere)]
    assert answers == [Answer.NOT_IN_LINE, Answer.NOT_IN_LINE, Answer.IN_LINE]


def test_photo_own_fires_on_real_pictures_resized_and_cropped(agency: Agency):
    """Drawn, taken through the door, kept, and found by the bands alone."""
    drawn = portrait(7)
    files = [
        encoded(drawn, quality=92),
        encoded(drawn.resize((300, 400)), quality=60),
        encoded(drawn.crop((5, 6, 475, 632)), quality=80),
        encoded(portrait(8), quality=92),
    ]
    photos = [keep_photo(redrawn=redraw(file)) for file in files]
    rows = [make_comparison(agency, photo=photo) for photo in photos]
    assert [_photo_answer(row) for row in rows] == [Answer.NOT_IN_LINE] * 3 + [Answer.IN_LINE]
