"""A page and its portal on servers of our own, and what was last seen of them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Account
from registry.declarations import services as declarations
from registry.evidence import services
from registry.evidence.models import Direction, Sighting, Watch
from registry.evidence.selectors import last_seen
from tests.registry.evidence.world import answer
from tests.registry.pages import put_forward, said
from tests.registry.people import Country

PORTAL = ("soyte.tinhmot.gov.vn", "/mang-xa-hoi")
PAGE = ("t.me", "/soytetinhmot")
LINK = "https://t.me/SoYteTinhMot"
TO_PAGE = answer('<a href="tg://x"></a><a rel="me" href="https://telegram.me/soytetinhmot">Telegram</a>')
TO_PORTAL = answer('<p>Sở Y tế</p><a href="http://www.soyte.tinhmot.gov.vn/">soyte.tinhmot.gov.vn</a>')


def enter(country: Country, link: str = LINK, **changes: Any) -> Account:
    """An agency's page, declared by one officer and approved by another."""
    what = said(responsible=None, administrators=[], responsible_role="", **changes)
    declared = put_forward(country.health, what, by=country.hr, link=link)
    declarations.approve_page(declaration=declared, by=country.hr2)
    return declared.account


def seen(page: Account, direction: Direction = Direction.FROM_PORTAL) -> Sighting:
    """What was last seen."""
    last = last_seen([page.pk])[page.pk][direction].last
    assert last is not None
    return last


def look_again() -> None:
    Watch.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    services.look()
