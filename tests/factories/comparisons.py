"""Subjects with a comparison row of any shape: what the rules read, without the book's own verdicts."""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from accounts import services
from accounts.commitments import BITS
from accounts.models import (
    Account,
    Agency,
    AgencyComparison,
    AgencyRecord,
    AgencyVerdict,
    BadgeVerdict,
    Comparison,
    ContactVerdict,
    DeclaredFacts,
    DisclaimerVerdict,
    EmployerNamed,
    HandleVerdict,
    LinkVerdict,
    Official,
    OfficialComparison,
    OfficialRecord,
    OwnerStatus,
    PageComparison,
    PageContact,
    PhotoVerdict,
    PortalVerdict,
    ResponsibleVerdict,
    StandingCode,
)
from accounts.names import NameFlag, NameStep, NameVerdict

_numbers = count(1)

# Nothing to say against it: each test changes the one column it is about.
IN_LINE: dict[str, Any] = {
    "profile": 1,
    "code_version": 1,
    "standing": StandingCode.CONFIRMED,
    "owner_status": OwnerStatus.IN_POST,
    "name_verdict": NameVerdict.SAME,
    "name_step": NameStep.EXACT,
    "name_flags": NameFlag.NONE,
    "agency_verdict": AgencyVerdict.CURRENT,
    "employer_named": EmployerNamed.NOWHERE,
    "disclaimer_verdict": DisclaimerVerdict.FULL,
    "photo_verdict": PhotoVerdict.USABLE,
    "handle_verdict": HandleVerdict.SAME,
    "link_verdict": LinkVerdict.WELL_FORMED,
    "commitments": sum(BITS.values()),
    "rival_claims": 0,
    "registered_on": date(2026, 1, 1),
    "confirmed_on": date(2026, 1, 1),
}


def make_agency(parent: Agency | None = None, **facts: Any) -> Agency:
    """An agency, a root unless a parent is given."""
    number = next(_numbers)
    return services.create_agency(
        code=f"A-{number}", name=f"Sở số {number}", kind="unit", parent=parent, by=None, **facts
    )


def path_of(agency: Agency) -> str:
    """Where an agency hangs."""
    return AgencyRecord.objects.current().get(agency=agency).path


def make_official(agency: Agency, **facts: Any) -> Official:
    """An official in post."""
    number = next(_numbers)
    return services.record_official(
        agency=agency,
        by=None,
        **{"staff_code": f"S-{number}", "full_name": f"Trần Thị Hoa {number}", "category": "cong_chuc"}
        | facts,
    )


def make_comparison(
    agency: Agency, official: Official | None = None, *, account: Account | None = None, **columns: Any
) -> Comparison:
    """The comparison of an account that is in line but for `columns`."""
    official = official or make_official(agency)
    account = account or Account.objects.create(platform="facebook")
    photo = columns.pop("photo", None)
    facts = DeclaredFacts.objects.create(
        account=account,
        official=official,
        photo=photo,
        name_shown=columns.pop("name_shown", "Mẹ Bắp"),
    )
    return Comparison.objects.create(
        **IN_LINE
        | {
            "facts": facts,
            "account": account,
            "official_id": official.pk,
            "official_record_id": OfficialRecord.objects.current().get(official=official).pk,
            "agency_id": agency.pk,
            "agency_path": path_of(agency),
            "photo_id": photo.pk if photo and photo.bands else None,
        }
        | columns
    )


def make_official_comparison(
    agency: Agency, official: Official | None = None, **columns: Any
) -> OfficialComparison:
    """The comparison of an official in post who has declared one account."""
    official = official or make_official(agency)
    return OfficialComparison.objects.create(
        **{
            "official": official,
            "official_record_id": OfficialRecord.objects.current().get(official=official).pk,
            "agency_id": agency.pk,
            "agency_path": path_of(agency),
            "profile": 1,
            "code_version": 1,
            "status": OwnerStatus.IN_POST,
            "accounts": 1,
            "unconfirmed": 0,
            "proposed": 0,
            "nil": False,
            "since": timezone.localdate(),
        }
        | columns
    )


def make_agency_comparison(agency: Agency, **columns: Any) -> AgencyComparison:
    """The comparison of an agency with people in post, an open regulation of its own and a contact."""
    return AgencyComparison.objects.create(
        **{
            "agency_id": agency.pk,
            "agency_path": path_of(agency),
            "profile": 1,
            "code_version": 1,
            "regulation_from": date(2025, 1, 1),
            "regulation_own": True,
            "contact": ContactVerdict.OWN,
        }
        | columns
    )


def make_page_comparison(agency: Agency, *, account: Account | None = None, **columns: Any) -> PageComparison:
    """The comparison of an agency's page that is in line but for `columns`."""
    account = account or Account.objects.create(platform="facebook")
    facts = DeclaredFacts.objects.create(account=account, agency=agency, name_shown="Sở Nội vụ")
    return PageComparison.objects.create(
        **{
            "facts": facts,
            "account": account,
            "agency_id": agency.pk,
            "agency_path": path_of(agency),
            "profile": 1,
            "code_version": 1,
            "standing": StandingCode.CONFIRMED,
            "name_verdict": AgencyVerdict.CURRENT,
            "decision": True,
            "responsible": ResponsibleVerdict.IN_POST,
            "authorised": True,
            "administrators": 2,
            "administrators_gone": 0,
            "contact": PageContact.GIVEN,
            "badge": BadgeVerdict.RECORDED,
            "badge_seen_on": date(2026, 10, 1),
            "portal": PortalVerdict.RECORDED,
            "data_notice": True,
            "feedback": True,
            "registered_on": date(2026, 10, 1),
            "confirmed_on": date(2026, 10, 1),
        }
        | columns
    )
