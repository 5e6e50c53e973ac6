from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.registry.notifications.mailbox import Mailbox


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    server = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.SITE_URL = "https://so.example.gov.vn/"
    yield server
    server.stop()


def text_of(mailbox: Mailbox, number: int = -1) -> str:
    body = mailbox.letters[number].get_body(("plain",))
    assert body is not None
    return str(body.get_content())
