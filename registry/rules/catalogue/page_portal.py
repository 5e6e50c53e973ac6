"""It is recorded where the portal of the agency lists the page.

Fires on: a page without the address at which the agency's portal names it; an address that is on no host of
the State and on no portal of the agency's or of a body above it.
Silent on: such an address. Whether it does list the page is another check.
Binds: every agency with a page: by Decree 42/2022 the portal is the central channel and pages are further
channels the agency permits; the draft of 2018 wants both consistent.
Repair: have the portal list the page, then HR declares a change with the address.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import PortalVerdict
from registry.rules.rule import Rule, Subject


def unlisted(as_of: date) -> Q:
    """No address, or one elsewhere; whatever the day."""
    del as_of
    return ~Q(portal=PortalVerdict.RECORDED)


RULE = Rule(
    code="PAG-08",
    bit=7,
    subject=Subject.PAGE,
    version=1,
    title=_("The portal that lists the page is recorded"),
    basis=("ND-42.5", "DRAFT-2018.a4"),
    when=unlisted,
    evidence=("name_shown", "portal", "portal_url"),
)
