"""Pages of agencies, put forward and approved as officers do it."""

from datetime import date
from typing import Any

from accounts.models import Agency, Official
from accounts.platforms import recognise
from accounts.services import PageStatement
from registry.declarations import services
from registry.declarations.models import PageDeclaration
from registry.declarations.services import PageSaid
from registry.users.models import User

LINK = "https://www.facebook.com/soyte.tinhmot"


def said(
    *, responsible: Official | None, administrators: list[Official], name: str = "Sở Y tế", **changes: Any
) -> PageSaid:
    """All there is to say of a page, but for `changes`."""
    whole: dict[str, Any] = {
        "decision_number": "12/QĐ-SYT",
        "decision_on": date(2026, 1, 5),
        "responsible": responsible,
        "responsible_role": "head",
        "contact_phone": "024 3823 4567",
        "contact_email": "lienhe@soyte.tinhmot.gov.vn",
        "badge": "blue",
        "badge_from": "provider",
        "badge_evidence": "https://www.facebook.com/soyte.tinhmot/about",
        "badge_seen_on": date(2026, 11, 1),
        "portal_url": "https://soyte.tinhmot.gov.vn/mang-xa-hoi",
        "data_notice": "https://soyte.tinhmot.gov.vn/du-lieu-ca-nhan",
        "feedback": "https://soyte.tinhmot.gov.vn/gop-y",
    }
    return PageSaid(name, administrators, PageStatement(**(whole | changes)))  # type: ignore[typeddict-item]


def put_forward(agency: Agency, what: PageSaid, *, by: User, link: str = LINK) -> PageDeclaration:
    """A new page, put before another officer."""
    return services.put_page_forward(agency=agency, said=what, by=by, link=recognise(link), link_text=link)
