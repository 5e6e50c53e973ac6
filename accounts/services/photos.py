"""Acts on photos: kept once, and told apart from, or found like, the ones kept before."""

from django.db import IntegrityError, connection, transaction

from accounts.models import Likeness, Photo
from accounts.photos import (
    HASH_VERSION,
    DifferenceHash,
    RedrawnPhoto,
    bands,
    delete_stored,
    looks_same,
    store,
)

_LIKENESS_LOCK = 7301  # any number of our own


def keep_photo(*, redrawn: RedrawnPhoto) -> Photo:
    """Keep a re-drawn picture and record which kept pictures it looks the same as.

    The same picture sent twice is one row. The file is written first and removed again when the row cannot
    be, so that neither stands without the other.
    """
    kept = Photo.objects.filter(sha256=redrawn.sha256).first()
    if kept:
        return kept
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
    except IntegrityError:
        delete_stored(name)  # somebody kept the same picture a moment ago
        return Photo.objects.get(sha256=redrawn.sha256)
    except BaseException:
        delete_stored(name)
        raise
    return photo


def _record_likenesses(photo: Photo) -> None:
    """Find the pictures that share a band with this one, confirm in detail, and record the pairs."""
    if not photo.bands:
        return
    with connection.cursor() as cursor:
        # one at a time, or two alike pictures kept in the same moment would not see each other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LIKENESS_LOCK])
    own = DifferenceHash(photo.difference_hash, photo.difference_hash_down)
    candidates = Photo.objects.filter(bands__overlap=photo.bands, hash_version=photo.hash_version).exclude(
        pk=photo.pk
    )
    pairs = []
    for other in candidates:
        theirs = DifferenceHash(other.difference_hash, other.difference_hash_down)
        if looks_same(own, bytes(photo.detail_hash), theirs, bytes(other.detail_hash)):
            pairs += [Likeness(photo=photo, other=other), Likeness(photo=other, other=photo)]
    Likeness.objects.bulk_create(pairs, ignore_conflicts=True)
