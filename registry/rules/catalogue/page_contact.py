"""Citizens find a contact of the agency with the page.

Fires on: a page without telephone and e-mail on record; a telephone number that is none; an e-mail address
that is none, or that is on no domain of the State and no portal of the agency's.
Silent on: one of the two, well-formed; a short number such as 1022.
Binds: agencies that measure themselves by the draft of 2018, which has them publish who answers for the page
and how to reach them; the code of 2021 advised to have the contact verified.
Repair: HR declares a change of the page with a telephone number or an official e-mail address.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import PageContact
from registry.rules.rule import Rule, Subject


def unreachable(as_of: date) -> Q:
    """No contact, or one with a fault; whatever the day."""
    del as_of
    return ~Q(contact=PageContact.GIVEN)


RULE = Rule(
    code="PAG-05",
    bit=4,
    subject=Subject.PAGE,
    version=1,
    title=_("The page has a contact that can be official"),
    basis=("DRAFT-2018.a3", "QD-874.4-2"),
    when=unreachable,
    evidence=("name_shown", "contact", "contact_phone", "contact_email"),
)
