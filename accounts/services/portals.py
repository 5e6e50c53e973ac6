"""An agency's own portal: what may be recorded as one, since citizens are told that it is official."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyRecord
from accounts.official_contacts import hosts_of, is_official
from accounts.paths import ancestors
from accounts.platforms.website import without_www
from accounts.public_pages import public_portals
from common.errors import RegistryError

_url = URLValidator(schemes=["http", "https"])


def fit_portal(*, record: AgencyRecord, text: str) -> str:
    """The address of an agency's portal as it is recorded: with its scheme, or "" for none.

    What stands on record already may stay, whatever it is.

    Args:
        record: the agency's current record.
        text: as typed.

    Raises:
        RegistryError: `not_an_address`; `not_the_states` where its host is neither the State's by its name
            nor on or below a portal on record of an agency above; `portal_of_another` where it is on record
            of an agency neither above nor below; each at the field `portal_url`.
    """
    typed = text.strip()
    if not typed or typed == record.portal_url:
        return typed
    url = typed if "://" in typed else f"https://{typed}"
    try:
        _url(url)
        host = without_www((urlsplit(url).hostname or "").lower())
    except (ValidationError, ValueError):
        raise _refused(
            "not_an_address", _("This is no web address. Write it as soyte.hatinh.gov.vn.")
        ) from None
    above = AgencyRecord.objects.current().filter(agency__in=ancestors(record.path)[:-1])
    if not is_official(host, hosts_of(list(above.values_list("portal_url", flat=True)))):
        raise _refused(
            "not_the_states",
            _("A portal is recorded here only on gov.vn or below the portal of an agency above."),
        )
    theirs = AgencyRecord.objects.current().filter(agency__in=public_portals(host).values("agency"))
    for path in theirs.values_list("path", flat=True):
        if not (path.startswith(record.path) or record.path.startswith(path)):
            raise _refused(
                "portal_of_another",
                _("The register holds this address as the portal of another agency. Check the address."),
            )
    return url


def _refused(code: str, message: object) -> RegistryError:
    return RegistryError(code, message, field="portal_url")
