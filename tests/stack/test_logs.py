"""What the logs may never hold, seen in the lines a process really writes."""

import os
import subprocess
import sys

import pytest

from tests.stack.launcher import PROJECT

_BEGIN = """
import logging, logging.config
import django
django.setup()
from registry.settings.logs import configure_logs
logging.config.dictConfig(configure_logs(as_json={as_json}))
"""
_VISIT = """
from django.test import Client
Client(raise_request_exception=False).get("/invitation/SECRET-TOKEN/")
logging.getLogger("django.request").warning("Not Found: %s", "/invitation/SECRET-TOKEN/?step=2")
"""
_REFUSED_ROW = """
from django.db import connection, transaction
try:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE t (name text UNIQUE)")
        cursor.execute("INSERT INTO t VALUES ('Tran Thi Hoa')")
        cursor.execute("INSERT INTO t SELECT name FROM t")
except Exception:
    logging.getLogger("registry").exception("it failed")
"""


def said(script: str, *, as_json: bool) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN.format(as_json=as_json) + script],
        cwd=PROJECT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "registry.settings.test"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stderr


@pytest.mark.parametrize("as_json", [True, False])
def test_token_of_an_invitation_is_in_no_line(*, as_json: bool):
    lines = said(_VISIT, as_json=as_json)
    assert lines.count("/invitation/") >= 3
    assert "SECRET-TOKEN" not in lines


@pytest.mark.parametrize("as_json", [True, False])
def test_row_a_constraint_refused_is_in_no_trace(*, as_json: bool):
    lines = said(_REFUSED_ROW, as_json=as_json)
    assert "it failed" in lines
    assert "IntegrityError" in lines
    assert "Tran Thi Hoa" not in lines.replace("VALUES ('Tran Thi Hoa')", "")
