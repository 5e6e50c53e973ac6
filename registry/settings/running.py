"""Where the embedded servers of this folder are: the launcher writes it down, commands read it."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured


def running_stack(data_folder: Path) -> dict[str, str]:
    """Read `stack.env` of the data folder: DATABASE_URL and BROKER_URL of the servers that run.

    Raises:
        ImproperlyConfigured: none runs, and the environment does not name a database either.
    """
    found = {"DATABASE_URL": "", "BROKER_URL": ""}
    written = data_folder / "stack.env"
    if written.exists():
        environ.Env.read_env(str(written), overwrite=False)
    found = {name: os.environ.get(name, "") for name in found}
    if not found["DATABASE_URL"]:
        raise ImproperlyConfigured(
            "No database: start the embedded one with `make run` (or only the servers: `make servers`), "
            "or set DATABASE_URL=postgresql://user:password@host:5432/name."
        )
    return found
