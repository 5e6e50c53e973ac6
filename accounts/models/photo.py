"""Photos: re-drawn pictures, privately kept. No face template is made or stored."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Photo(models.Model):
    """One re-drawn picture; the same picture sent twice is one row. The file lies in private storage."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)  # under which the file is stored
    sha256 = models.CharField(max_length=64)
    source_sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    source_format = models.CharField(max_length=10)
    difference_hash = models.BigIntegerField()  # rows of the picture
    difference_hash_down = models.BigIntegerField()  # columns
    detail_hash = models.BinaryField()
    bands = ArrayField(models.IntegerField(), default=list)
    hash_version = models.PositiveSmallIntegerField()
    stored_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        # `unique=True` would keep a second index of a million digests, for prefixes nobody asks for
        constraints = [models.UniqueConstraint(fields=["sha256"], name="photo_once")]
        indexes = [
            # read by: keep_photo(), looking for likenesses
            GinIndex(fields=["bands"], name="photo_bands"),
            # read by: an import that sees a file again
            models.Index(fields=["source_sha256"], name="photo_source"),
        ]


class Likeness(models.Model):
    """Two kept pictures are, as far as their hashes tell, one. Both ways round, found once at storing.

    `cropped`: only as a slight crop of one another, which means something within a branch only.
    """

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="+", db_index=False)
    cropped = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "other"], name="likeness_once")]
