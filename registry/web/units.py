"""Units as lists show them, and to choose from in a form."""

from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Agency, AgencyRecord

# More units than this are no list anybody chooses from: then one searches, or types the code.
LISTED: Final = 400
#: The code of a record's agency, looked up record by record: joined, all agencies there are would be read.
CODE: Final = Subquery(Agency.objects.filter(pk=OuterRef("agency")).values("code"))


def choices_of(units: QuerySet[AgencyRecord]) -> list[tuple[str, str]] | None:
    """Code and name of units, by name; None where they are too many to choose from.

    Put in order here: the database would first sort those of a whole country, to say that they are too many.
    """
    rows = list(units.order_by().values_list("name", "agency", "agency__code")[: LISTED + 1])
    return None if len(rows) > LISTED else [(code, name) for name, _agency, code in sorted(rows)]
