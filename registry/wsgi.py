"""The web server's door."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings.prod")

application = get_wsgi_application()

from accounts.agency_names import agency_names  # noqa: E402 - Django first


def _learn_names() -> None:
    """Read what agencies are called before somebody waits for it: 30,000 take half a second."""
    try:
        agency_names()
    except DatabaseError:  # not there yet: whoever asks first reads them
        pass
    finally:
        connection.close()


Thread(target=_learn_names, daemon=True).start()
