"""The field in which a person of the staff list is named: a line, with people to choose from below it."""

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import GONE, AgencyRecord, Official, OfficialRecord
from accounts.names import search_key
from accounts.paths import ancestors, below
from registry.users.models import User
from registry.users.selectors import official_records_for
from registry.web.reviewer.scope import HR

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

OFFERED: Final = 200  # people a list below a line can hold
LIST: Final = "people"  # the id of that list on the page
_WITH_CODE: Final = re.compile(r"\(([^()]{1,60})\)$")


def called(record: OfficialRecord) -> str:
    """A person as the field shows and reads them: name and staff code."""
    return f"{record.full_name} ({record.official.staff_code})"


def may_be_named(user: User, agency: AgencyRecord) -> QuerySet[OfficialRecord]:
    """People in post the officer sees who work in an agency, below it or above it."""
    above = AgencyRecord.objects.current().filter(agency__in=ancestors(agency.path))
    units = AgencyRecord.objects.current().filter(below(agency.path))
    return (
        official_records_for(user, HR)
        .filter(agency__in=(units | above).values("agency"))
        .exclude(status__in=GONE)
        .select_related("official")
    )


def offered(user: User, agency: AgencyRecord) -> list[str]:
    """The people of the agency itself, as the field reads them, by name."""
    own = may_be_named(user, agency).filter(agency=agency.agency_id)
    return [called(record) for record in own.order_by("sort_key", "official")[:OFFERED]]


class PersonField(forms.CharField):
    """One person: "Trần Thị Lan (CB0012)", the staff code alone, or a name only one of them has."""

    default_error_messages = {
        "no_person": _("Nobody in post here has this name or staff code. Look it up under Staff."),
        "many_people": _("Several people are called so. Write the staff code as well."),
    }

    def __init__(self, *, label: "StrPromise", required: bool = False) -> None:
        super().__init__(label=label, required=required, max_length=300)
        self.widget.attrs |= {"list": LIST, "autocomplete": "off", "spellcheck": "false"}
        self._named: QuerySet[OfficialRecord] | None = None

    def offer(self, user: User, agency: AgencyRecord) -> None:
        """Let it name people of this agency, below it and above it."""
        self._named = may_be_named(user, agency)

    def prepare_value(self, value: Any) -> Any:
        """A person as text."""
        if isinstance(value, Official):
            record = OfficialRecord.objects.current().select_related("official").get(official=value)
            return called(record)
        return value

    def clean(self, value: Any) -> Any:
        """Return the official, None where nobody is named. Raises ValidationError."""
        text = super().clean(value)
        if not text or self._named is None:
            return None
        coded = _WITH_CODE.search(text)
        code = coded[1] if coded else text
        found = list(self._named.filter(official__staff_code__iexact=code)[:2])
        if not found and not coded:
            found = list(self._named.filter(search_key=search_key(text))[:2])
        if len(found) != 1:
            raise ValidationError(
                self.error_messages["many_people" if found else "no_person"],
                code="many_people" if found else "no_person",
            )
        return found[0].official
