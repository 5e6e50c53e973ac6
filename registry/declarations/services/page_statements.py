"""What an officer typed about a page, made fit to be kept: composed, bounded, and able to be right."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import official_contacts
from accounts.models import (
    GONE,
    Agency,
    AgencyRecord,
    Badge,
    BadgeFrom,
    DeclaredFacts,
    Official,
    OfficialRecord,
    PageContact,
    PageFacts,
    PortalVerdict,
    ResponsibleRole,
)
from accounts.paths import ancestors
from accounts.services import PageStatement
from common.errors import RegistryError
from registry.declarations.page_policies import path_of_agency
from registry.declarations.services.statements import bounded

_LONGEST: Final = {  # characters
    "decision_number": 120, "authorised_number": 120, "badge_evidence": 1000, "portal_url": 500,
    "data_notice": 2000, "feedback": 1000,
}  # fmt: skip
_PAST: Final = ("decision_on", "authorised_on", "badge_seen_on")
_CODES: Final = {"badge": Badge, "badge_from": BadgeFrom, "responsible_role": ResponsibleRole}


@dataclass(frozen=True, slots=True)
class PageSaid:
    """All that is said of a page in one go."""

    name_shown: str
    administrators: Sequence[Official]
    statement: PageStatement


def tidy(said: PageSaid, *, agency: Agency) -> PageSaid:
    """What was said, as it is kept.

    Raises:
        RegistryError: `name_missing`, `too_long`, `bad_characters`, `in_the_future`, `unknown_code`,
            `role_missing`, `not_in_post`, `bad_phone`, `bad_email`, `email_elsewhere`, `portal_elsewhere`,
            each with its field.
    """
    kept, refused = _read(said, agency)
    if refused:
        raise refused[0]
    return kept


def page_refusals(said: PageSaid, *, agency: Agency) -> list[RegistryError]:
    """All for which `tidy` would refuse what was said, at once: nobody mends a form one field at a time."""
    return _read(said, agency)[1]


def _read(said: PageSaid, agency: Agency) -> tuple[PageSaid, list[RegistryError]]:
    """What was said as it is kept, and each thing in it that cannot be."""
    kept = cast("dict[str, Any]", dict(said.statement))
    refused: list[RegistryError] = []

    @contextmanager
    def noting() -> Iterator[None]:
        try:
            yield
        except RegistryError as error:
            refused.append(error)

    name = ""
    with noting():
        name = bounded(said.name_shown, "name_shown", 200)
        if not name:
            raise RegistryError(
                "name_missing",
                _("Write the name the page shows, exactly as it is shown."),
                field="name_shown",
            )
    for field, longest in _LONGEST.items():
        with noting():
            kept[field] = bounded(kept.get(field) or "", field, longest)
    for field in _PAST:
        with noting():
            _require_past(kept.get(field), field)
    for field, codes in _CODES.items():
        with noting():
            if kept.get(field) and kept[field] not in codes.values:
                raise RegistryError("unknown_code", _("Choose one of the answers given."), field=field)
    kept["badge"] = kept.get("badge") or ""
    if kept["badge"] in ("", Badge.NONE):
        kept["badge_photo"] = None
    kept["badge_from"] = "" if kept["badge"] in ("", Badge.NONE) else kept.get("badge_from") or ""
    path = path_of_agency(agency)
    administrators = list(dict.fromkeys(said.administrators))
    with noting():
        _require_in_post(administrators, path, "administrators")
    with noting():
        _fit_responsible(kept, path)
    hosts = official_hosts(path)
    for fit in (_fit_phone, _fit_email, _fit_portal):
        with noting():
            fit(kept, hosts)
    return PageSaid(name, administrators, cast("PageStatement", kept)), refused


def official_hosts(path: str) -> frozenset[str]:
    """The hosts of portals on record of an agency and all above it."""
    chain = AgencyRecord.objects.current().filter(agency__in=ancestors(path)).exclude(portal_url="")
    return official_contacts.hosts_of(list(chain.values_list("portal_url", flat=True)))


def portal_unrecorded(facts: DeclaredFacts) -> bool:
    """Whether a page's address on the portal is on none the register holds of the agency or of one above it.

    Nothing is refused for that: the State has hosts the register does not know. But whether such a portal
    links to the page says nothing.
    """
    page: PageFacts | None = getattr(facts, "page", None)
    if page is None or not page.portal_url or facts.agency is None:
        return False
    host = urlsplit(page.portal_url).hostname or ""
    return not official_contacts.is_own(host, official_hosts(path_of_agency(facts.agency)))


def _require_past(day: date | None, field: str) -> None:
    if day is not None and day > timezone.localdate():
        raise RegistryError("in_the_future", _("This day is yet to come."), field=field)


def _require_in_post(people: Sequence[Official], path: str, field: str) -> None:
    """Let pass people in post in the agency, below it or above it."""
    records = OfficialRecord.objects.current().filter(official__in=people).exclude(status__in=GONE)
    agencies = dict(records.values_list("official", "agency"))
    paths = dict(
        AgencyRecord.objects.current().filter(agency__in=agencies.values()).values_list("agency", "path")
    )
    for official in people:
        own = paths.get(agencies.get(official.pk, 0), "")
        if not own or not (own.startswith(path) or path.startswith(own)):
            raise RegistryError(
                "not_in_post",
                _("%(code)s is not in post in this agency, below it or above it. Choose somebody who is.")
                % {"code": official.staff_code},
                field=field,
            )


def _fit_responsible(kept: dict[str, Any], path: str) -> None:
    responsible = kept.get("responsible")
    kept["responsible_role"] = kept.get("responsible_role") or ""
    if responsible is None:
        kept["responsible_role"] = ""
    elif not kept["responsible_role"]:
        raise RegistryError(
            "role_missing", _("Say as what this person answers for the page."), field="responsible_role"
        )
    else:
        _require_in_post([responsible], path, "responsible")


def _fit_phone(kept: dict[str, Any], _hosts: Collection[str]) -> None:
    number = bounded(kept.get("contact_phone") or "", "contact_phone", 40)
    kept["contact_phone"] = official_contacts.phone(number) if number else ""
    if number and not kept["contact_phone"]:
        raise RegistryError(
            "bad_phone",
            _("This is no telephone number. Write it with its area code, as 024 3823 4567."),
            field="contact_phone",
        )


def _fit_email(kept: dict[str, Any], hosts: Collection[str]) -> None:
    email = kept["contact_email"] = bounded(kept.get("contact_email") or "", "contact_email", 254)
    verdict = official_contacts.judge_email(email, hosts) if email else PageContact.GIVEN
    if verdict is PageContact.MALFORMED:
        raise RegistryError("bad_email", _("This is no e-mail address."), field="contact_email")
    if verdict is PageContact.EMAIL_ELSEWHERE:
        raise RegistryError(
            "email_elsewhere",
            _(
                "A citizen must see that this is the agency's: use an address on gov.vn or on the domain of"
                " a portal on record."
            ),
            field="contact_email",
        )


def _fit_portal(kept: dict[str, Any], hosts: Collection[str]) -> None:
    url = kept["portal_url"]
    if url and not urlsplit(url).scheme:
        url = kept["portal_url"] = f"https://{url}"
    if url and official_contacts.judge_portal(url, hosts) is not PortalVerdict.RECORDED:
        raise RegistryError(
            "portal_elsewhere",
            _("This is no address of the agency's portal, nor of one above it, nor on gov.vn."),
            field="portal_url",
        )
