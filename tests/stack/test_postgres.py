"""The embedded PostgreSQL that every other test stands on."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_embedded_server_speaks_version_17_and_utf8():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
    assert version.startswith("17.")
    assert encoding == "UTF8"


def test_embedded_server_folds_vietnamese_case():
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ĐẶNG THỊ ƯỚC'), upper('nguyễn')")
        assert cursor.fetchone() == ("đặng thị ước", "NGUYỄN")
