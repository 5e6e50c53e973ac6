#!/usr/bin/env python3
"""Django's command line for the registry."""

import gc
import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError
from psycopg.errors import UndefinedColumn, UndefinedTable


def main(arguments: list[str]) -> int:
    """Run one command; return 2, with what to do, where the database is not there or not up to date."""
    # A command loads much, keeps nearly all of it, and is soon gone: the usual look for circles at every 700
    # objects, and the last ones over everything that was loaded, are a good part of a short command's time.
    gc.set_threshold(50_000)
    try:
        execute_from_command_line(arguments)
    except ProgrammingError as error:
        if "--traceback" in arguments or not isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
            raise
        return _stop("The database is not up to date. Run first: python manage.py migrate")
    except OperationalError as error:
        # A connection that was refused has no server's answer in it, and no state to tell it by.
        if "--traceback" in arguments or getattr(error.__cause__, "sqlstate", None):
            raise
        return _stop(f"The database does not answer. Is it running, and DATABASE_URL right? It said: {error}")
    finally:
        gc.freeze()
    return 0


def _stop(why: str) -> int:
    sys.stderr.write(f"{why.strip()}\n")
    return 2


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings.dev")
    sys.exit(main(sys.argv))
