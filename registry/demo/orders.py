"""What binds invented officials: profiles of a few sectors and provinces, and regulations that oblige."""

from datetime import date, timedelta
from typing import Final

from accounts.models import Agency, AgencyKind, AgencyRecord
from accounts.services import amend_agency, record_regulation
from registry.demo.dice import dice
from registry.rules.profiles import PROFILES

# Real sectors have the profile made for them; the provinces are chosen for examples and ordered nothing.
_PROFILES: Final = {
    "TW-BQP": "defence", "TW-VKSNDTC": "procuracy", "TW-BCA": "police", "TW-BNG": "foreign-affairs",
    "T34-75": "province-with-duty-to-declare", "T34-48": "code-2026",
}  # fmt: skip
_NUMBER: Final = "01/QĐ (minh họa)"
_ALWAYS: Final = {"T34-42"}  # the province of the first run
_SHARE: Final = 0.7  # of the provinces, who oblige their people to declare
_CENTRAL: Final = 0.3  # of the central bodies
_REACHABLE: Final = 0.8  # of these heads: the register knows whom to write to about HR
_OLDEST: Final = 420  # days a regulation has been in force, at most
_YOUNGEST: Final = 10


def order(*, seed: int, today: date) -> int:
    """Attach the profiles and record the regulations; return how many regulations were recorded."""
    for code, profile in _PROFILES.items():
        amend_agency(agency=Agency.objects.get(code=code), by=None, profile=PROFILES[profile].number)
    rng = dice(seed, "orders")
    recorded = 0
    central = (AgencyKind.MINISTRY, AgencyKind.MINISTERIAL_AGENCY, AgencyKind.GOVERNMENT_ATTACHED_AGENCY)
    heads = AgencyRecord.objects.current().filter(dissolved_on=None, kind__in=(AgencyKind.PROVINCE, *central))
    for head in heads.select_related("agency").order_by("agency__code"):
        share = _SHARE if head.kind == AgencyKind.PROVINCE else _CENTRAL
        orders = rng.random() < share
        begins = today - timedelta(days=rng.randrange(_YOUNGEST, _OLDEST))
        if rng.random() < _REACHABLE:
            address = f"tccb@{head.agency.code.lower()}.example"
            amend_agency(agency=head.agency, by=None, contact_email=address)
        if orders or head.agency.code in _ALWAYS:
            record_regulation(
                agency=head.agency,
                number=_NUMBER,
                by=None,
                issued_on=begins - timedelta(days=rng.randrange(30)),
                in_force_from=begins,
                obliges_declaration=True,
                days_to_declare=rng.choice((15, 30, 30, 60)),
                days_between_confirmations=rng.choice((180, 365, 365, None)),
            )
            recorded += 1
    return recorded
