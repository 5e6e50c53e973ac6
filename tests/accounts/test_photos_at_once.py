"""Photos kept and dropped at the same moment, on two real connections."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from accounts import photos, services
from accounts.models import DeclaredFacts, Likeness, Photo
from accounts.photos import RedrawnPhoto, open_stored
from common.changes.models import ChangeMark, Kind
from tests.accounts.photos.pictures import encoded, portrait
from tests.accounts.test_two_at_once import beside, overlap
from tests.factories import AccountFactory, OfficialFactory

pytestmark = pytest.mark.django_db(transaction=True)


def drawn(width: int = 480) -> RedrawnPhoto:
    """One picture; of another width it is another file that looks the same."""
    picture = portrait(1).resize((width, width * 4 // 3))
    return photos.redraw(encoded(picture))


def naming(redrawn: RedrawnPhoto) -> Callable[[], Any]:
    """The act of keeping a picture and saying that an account shows it."""
    account, official = AccountFactory.create(), OfficialFactory.create()

    def act() -> None:
        kept = services.keep_photo(redrawn=redrawn)
        services.state_facts(account=account, official=official, by=None, photo=kept)

    return act


def dropping(kept: Photo) -> Callable[[], Any]:
    return lambda: services.drop_unused_photos(photos=Photo.objects.filter(pk=kept.pk))


def test_drop_unused_photos_while_one_is_kept_again_leaves_it():
    redrawn = drawn()
    kept = services.keep_photo(redrawn=redrawn)
    overlap(naming(redrawn), dropping(kept))
    assert DeclaredFacts.objects.get().photo == kept
    open_stored(kept.name).close()


def test_keep_photo_while_it_is_dropped_keeps_it_anew():
    redrawn = drawn()
    kept = services.keep_photo(redrawn=redrawn)
    overlap(dropping(kept), naming(redrawn))
    named = DeclaredFacts.objects.get().photo
    assert named is not None
    assert named.pk != kept.pk
    open_stored(named.name).close()


def test_keep_photo_beside_a_long_transaction_waits_for_nothing():
    first, second = drawn(400), drawn(500)
    beside(
        lambda: services.keep_photo(redrawn=first),
        lambda: services.keep_photo(redrawn=second),
    )
    one, other = Photo.objects.order_by("pk")
    pairs = set(Likeness.objects.values_list("photo", "other"))
    assert pairs == {(one.pk, other.pk), (other.pk, one.pk)}


def test_likeness_that_came_into_sight_late_is_judged_again():
    first, second = naming(drawn(400)), naming(drawn(500))
    with transaction.atomic():
        beside(first, second)
        ChangeMark.objects.all().delete()
    marked = ChangeMark.objects.filter(kind=Kind.ACCOUNT).values_list("subject_id", flat=True)
    assert set(marked) == set(DeclaredFacts.objects.values_list("account", flat=True))


def test_keep_photo_while_the_picture_it_is_like_is_dropped():
    old = services.keep_photo(redrawn=drawn(400))
    overlap(dropping(old), naming(drawn(500)))
    assert not Likeness.objects.exists()
    assert DeclaredFacts.objects.get().photo == Photo.objects.get()


def test_keep_photo_of_one_picture_by_two_at_once_is_one_row():
    redrawn = drawn()
    overlap(naming(redrawn), naming(redrawn))
    kept = Photo.objects.get()
    assert list(DeclaredFacts.objects.values_list("photo", flat=True)) == [kept.pk] * 2
    open_stored(kept.name).close()
