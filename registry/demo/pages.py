"""Pages of one ward: one in order, one with little said of it, one that waits; and one that poses as it."""

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from accounts.models import (
    GONE,
    Agency,
    AgencyRecord,
    Badge,
    BadgeFrom,
    Official,
    OfficialRecord,
    ResponsibleRole,
)
from accounts.platforms import recognise
from accounts.services import PageStatement
from registry.declarations import services
from registry.declarations.models import PageDeclaration
from registry.declarations.services import PageSaid
from registry.users.models import User

_SITE: Final = "https://thanhsen.hatinh.gov.vn"


def build(*, agency: Agency, hr: User, above: User) -> None:
    """Let an agency have pages, by the acts of its officer and of the one above. Must run in a transaction.

    Args:
        agency: whose pages.
        hr: its officer, who puts them forward.
        above: the officer of the agency above, who decides.
    """
    name = AgencyRecord.objects.current().get(agency=agency).name
    people = OfficialRecord.objects.current().filter(agency=agency).exclude(status__in=GONE)
    staff = [record.official for record in people.select_related("official").order_by("pk")[:3]]
    whole = _put(agency, _whole(name, staff), "https://www.facebook.com/phuongthanhsen.minhhoa", by=hr)
    services.approve_page(declaration=whole, by=above)
    thin = PageSaid("Thành Sen quê mình", staff[:1], PageStatement(contact_phone="1022"))
    second = _put(agency, thin, "https://www.youtube.com/@thanhsenminhhoa", by=hr)
    services.approve_page(declaration=second, by=above)
    _put(agency, PageSaid(name, [], PageStatement()), "https://www.tiktok.com/@thanhsen.minhhoa", by=hr)
    services.confirm_fake(
        agency=agency,
        link=recognise("https://www.facebook.com/phuong.thanhsen.chinhthuc.minhhoa"),
        by=hr,
        name_shown=f"{name} ✓ Chính thức",
    )


def _put(agency: Agency, said: PageSaid, link: str, *, by: User) -> PageDeclaration:
    return services.put_page_forward(agency=agency, said=said, by=by, link=recognise(link), link_text=link)


def _whole(name: str, staff: list[Official]) -> PageSaid:
    statement = PageStatement(
        decision_number="15/QĐ-UBND (minh họa)",
        decision_on=_days_ago(200),
        contact_phone="1022",
        contact_email="thanhsen@hatinh.gov.vn",
        badge=Badge.BLUE,
        badge_from=BadgeFrom.BOUGHT,
        badge_evidence="Giới thiệu trên trang ghi “Meta Verified”",
        badge_seen_on=_days_ago(20),
        portal_url=f"{_SITE}/mang-xa-hoi",
        data_notice=f"{_SITE}/du-lieu-ca-nhan",
        feedback=f"{_SITE}/gop-y",
        responsible=staff[0],
        responsible_role=ResponsibleRole.HEAD,
    )
    return PageSaid(name, staff[1:], statement)


def _days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
