"""A message made into an e-mail: the subject is the first line of the text, the rest its body."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from registry.notifications.models import Message

# Where a reader is called to. The addresses are the web's; a test holds the two together.
ACTIVATE = "/invitation/{token}/"
HOME = "/"
OWN_FINDING = "/me/findings/{finding}/"
OWN_REQUEST = "/me/data/requests/{request}/"
AGENCY_FINDING = "/hr/findings/{finding}/"
OWN_INCIDENT = "/me/incidents/{incident}/"
PAGE_DECLARATION = "/hr/pages/declarations/{declaration}/"
PAGE = "/hr/pages/{page}/"
PAGES = "/hr/pages/"
IMPOSTORS = "/hr/impostors/"


def site() -> str:
    """The register's own address, without a slash at the end."""
    address: str = settings.SITE_URL
    return address.rstrip("/")


def letter(message: Message, *, token: str = "") -> EmailMultiAlternatives:
    """Write the e-mail of a message.

    Args:
        message: the ledger's row.
        token: of the invitation, where it is one; it goes into the letter and nowhere else.
    """
    address = site() + (ACTIVATE.format(token=token) if token else HOME)
    context = {
        **message.context,
        "address": address,
        "addresses": [site() + path for path in message.context.get("paths", ())],
        "invitation": message.invitation,
    }
    with translation.override(message.language):
        text = render_to_string(f"notifications/{message.template}.{message.language}.txt", context)
        subject, _blank, body = text.strip().partition("\n")
        body = body.strip() + "\n"
        html = render_to_string(
            "notifications/letter.html", {"subject": subject, "body": body, "language": message.language}
        )
    host = urlsplit(site()).hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=body,
        to=[message.to],
        headers={
            # The same letter sent twice (a worker died after the server took it) shows as one.
            "Message-ID": f"<{message.public_id}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail
