"""Telephone, e-mail and portal addresses of an agency: well-formed, and on a domain that is its own."""

from collections.abc import Collection
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from phonenumbers import shortnumberinfo

from accounts.models import PageContact, PortalVerdict
from accounts.platforms.catalogue import owner
from accounts.platforms.website import is_agency_host, without_www

_COUNTRY = "VN"
_ALSO_SHORT = frozenset({"1022"})  # the provinces' information line, which the library does not know
_email = EmailValidator()
_url = URLValidator(schemes=["http", "https"])


def phone(text: str) -> str:
    """A telephone number as it is kept: "+842438234567", or a short number ("1022") as it is dialled.

    "" where it is no number of any country; a number without country is Vietnamese.
    """
    try:
        number = phonenumbers.parse(text, _COUNTRY)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    short = str(number.national_number)
    if short in _ALSO_SHORT or shortnumberinfo.is_valid_short_number_for_region(number, _COUNTRY):
        return short
    return ""


def phone_as_read(kept: str) -> str:
    """A number as people write it here ("024 3823 4567"); a foreign one with its country."""
    try:
        number = phonenumbers.parse(kept, _COUNTRY)
    except phonenumbers.NumberParseException:
        return kept
    if not phonenumbers.is_valid_number(number):
        return kept
    here = phonenumbers.region_code_for_number(number) == _COUNTRY
    written = (
        phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, written)


def hosts_of(portals: Collection[str]) -> frozenset[str]:
    """The hosts of portals on record, without www; a platform's host is not one of them."""
    found = {without_www((urlsplit(each).hostname or "").lower()) for each in portals}
    return frozenset(host for host in found if host and (is_agency_host(host) or owner(host) is None))


def is_own(host: str, hosts: Collection[str]) -> bool:
    """Whether a host is one of these, or below one: that of a portal on record."""
    bare = without_www(host.lower())
    return any(bare == each or bare.endswith(f".{each}") for each in hosts)


def is_official(host: str, hosts: Collection[str]) -> bool:
    """Whether a host is the State's by its name, or one of these or below one."""
    return is_agency_host(without_www(host.lower())) or is_own(host, hosts)


def judge_email(text: str, hosts: Collection[str]) -> PageContact:
    """Whether an e-mail address is one, and on an official domain."""
    try:
        _email(text)
    except ValidationError:
        return PageContact.MALFORMED
    official = is_official(text.rpartition("@")[2], hosts)
    return PageContact.GIVEN if official else PageContact.EMAIL_ELSEWHERE


def judge_contact(number: str, email: str, hosts: Collection[str]) -> PageContact:
    """Whether a contact is on record and nothing of it is wrong."""
    if not number and not email:
        return PageContact.MISSING
    if number and not phone(number):
        return PageContact.MALFORMED
    return judge_email(email, hosts) if email else PageContact.GIVEN


def judge_portal(url: str, hosts: Collection[str]) -> PortalVerdict:
    """Whether an address is one of the agency's own portal."""
    if not url:
        return PortalVerdict.MISSING
    try:
        _url(url)
        host = urlsplit(url).hostname or ""
    except (ValidationError, ValueError):
        return PortalVerdict.ELSEWHERE
    return PortalVerdict.RECORDED if is_official(host, hosts) else PortalVerdict.ELSEWHERE
