"""Photos: re-drawn pictures, privately kept. No face template is made or stored."""

import uuid

from django.db import models


class Photo(models.Model):
    """One re-drawn picture. The file lies in private storage under `name`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    source_format = models.CharField(max_length=10)
    difference_hash = models.BigIntegerField()  # rows of the picture
    difference_hash_down = models.BigIntegerField()  # columns
    stored_at = models.DateTimeField(db_default=models.functions.Now())
