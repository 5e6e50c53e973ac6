"""Acts on photos: kept once, and told apart from, or found like, the ones kept before."""

from collections.abc import Collection
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import UniqueViolation

from accounts.models import DeclaredFacts, Likeness, PageFacts, Photo
from accounts.photos import (
    HASH_VERSION,
    DifferenceHash,
    RedrawnPhoto,
    bands,
    delete_stored,
    looks_cropped,
    looks_same,
    store,
)
from common.changes.models import Kind
from common.changes.services import mark


def keep_photo(*, redrawn: RedrawnPhoto) -> Photo:
    """Keep a re-drawn picture and record which kept pictures it looks the same as.

    The same picture sent twice is one row. It is held against being dropped as unused until the caller's
    transaction ends, so name it in the same transaction. The file is written first and removed again when
    the row cannot be, so that neither stands without the other.
    """
    kept = _held(redrawn.sha256)
    while kept is None:
        kept = _new(redrawn) or _held(redrawn.sha256)
    return kept


def drop_unused_photos(*, photos: QuerySet[Photo]) -> int:
    """Erase those of `photos` no statement ever named; return how many. Their files go with them.

    One that somebody is naming at this moment is waited for, and stays.
    """
    named = (
        DeclaredFacts.objects.filter(photo__isnull=False).values_list("photo", flat=True),
        PageFacts.objects.filter(badge_photo__isnull=False).values_list("badge_photo", flat=True),
    )
    with transaction.atomic():
        unnamed = photos.exclude(pk__in=named[0]).exclude(pk__in=named[1])
        held = list(unnamed.select_for_update().order_by("pk"))
        # Asked again once they are held: a statement written while we waited was not in sight before.
        ids = [photo.pk for photo in held]
        still_named = {*named[0].filter(photo__in=ids), *named[1].filter(badge_photo__in=ids)}
        unused = [photo for photo in held if photo.pk not in still_named]
        for photo in unused:
            transaction.on_commit(partial(delete_stored, photo.name))
            photo.delete()
    return len(unused)


def _held(sha256: str) -> Photo | None:
    """The kept picture, which nobody can drop before this transaction ends. Others may hold it as well."""
    rows = Photo.objects.raw("SELECT * FROM accounts_photo WHERE sha256 = %s FOR KEY SHARE", [sha256])
    return next(iter(rows), None)


def _new(redrawn: RedrawnPhoto) -> Photo | None:
    """A picture not kept before; None when somebody kept the same one a moment ago."""
    name = store(redrawn)
    try:
        with transaction.atomic():
            photo = Photo.objects.create(
                name=name,
                sha256=redrawn.sha256,
                source_sha256=redrawn.source_sha256,
                width=redrawn.width,
                height=redrawn.height,
                source_format=redrawn.source_format,
                difference_hash=redrawn.difference_hash.rows,
                difference_hash_down=redrawn.difference_hash.columns,
                detail_hash=redrawn.detail_hash,
                bands=list(bands(redrawn.difference_hash)),
                hash_version=HASH_VERSION,
            )
            _record_likenesses(photo)
            # Two alike pictures kept at the same moment do not see each other yet. Whoever ends second sees
            # both here; so nobody waits for anybody, however long the transaction around this may last.
            transaction.on_commit(partial(_look_again, photo), robust=True)
    except BaseException as error:
        delete_stored(name)
        if isinstance(error, IntegrityError) and isinstance(error.__cause__, UniqueViolation):
            return None
        raise
    return photo


def _look_again(photo: Photo) -> None:
    """Record the likenesses that came into sight; whose pictures they are is to be judged afresh."""
    with transaction.atomic():
        found = _record_likenesses(photo)
        if found:
            speaking = DeclaredFacts.objects.filter(photo__in=[photo.pk, *found])
            mark(Kind.ACCOUNT, speaking.values_list("account", flat=True).distinct())


def _record_likenesses(photo: Photo) -> set[int]:
    """Find the pictures that share a band with this one, confirm in detail, and record the new pairs.

    Returns what it was newly found like.
    """
    if not photo.bands:
        return set()
    own = DifferenceHash(photo.difference_hash, photo.difference_hash_down)
    known = Likeness.objects.filter(photo=photo).values("other")
    candidates = (
        Photo.objects.filter(bands__overlap=photo.bands, hash_version=photo.hash_version)
        .exclude(pk=photo.pk)
        .exclude(pk__in=known)
    )
    alike: dict[int, bool] = {}  # the other picture → whether only as a crop
    for other in candidates:
        theirs = DifferenceHash(other.difference_hash, other.difference_hash_down)
        hashes = own, bytes(photo.detail_hash), theirs, bytes(other.detail_hash)
        if looks_cropped(*hashes):
            alike[other.pk] = not looks_same(*hashes)
    there = _still_there([photo.pk, *alike])
    if photo.pk not in there:
        return set()
    others = there - {photo.pk}
    pairs = [(photo.pk, other) for other in others] + [(other, photo.pk) for other in others]
    # In one order for everybody: two who record the same pairs at once would else wait for each other.
    Likeness.objects.bulk_create(
        [
            Likeness(photo_id=one, other_id=other, cropped=alike[one if other == photo.pk else other])
            for one, other in sorted(pairs)
        ],
        ignore_conflicts=True,
    )
    return others


def _still_there(photo_ids: Collection[int]) -> set[int]:
    """Those of the pictures not dropped meanwhile; nor will they be before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM accounts_photo WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [list(photo_ids)]
        )
        return {pk for (pk,) in cursor.fetchall()}
