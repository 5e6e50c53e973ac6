"""Which people of the branch are meant: the filter of the staff list, and the choice an act is done to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import connection, transaction
from django.db.models import F, Func, QuerySet, TextField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import GONE, AgencyRecord, Category, OfficialRecord, Status
from accounts.paths import below, one_of
from accounts.searching import typed
from registry.bulk.services import MOST
from registry.rules.catalogue import catalogue
from registry.rules.rule import Subject
from registry.users.models import User
from registry.users.policies import PART, not_found
from registry.users.selectors import agency_records_for, official_records_for
from registry.web.forms import RegistryForm
from registry.web.paging import Page, among_next, page_by_key
from registry.web.reviewer.back import came_from
from registry.web.reviewer.scope import HR, unit_of
from registry.web.reviewer.standing import (
    Declared,
    Wanted,
    has_finding,
    standing_filter,
    with_standing,
)
from registry.web.reviewer.units import UnitField

LONGEST_QUERY: Final = 100
_CHOSEN_AT_ONCE: Final = 200  # that an address can carry
COUNTED: Final = 1_000  # what a page counts of a list; beyond, it says that there is more
COUNTED_ONE_BY_ONE: Final = 200  # the same, where each person is asked how they stand
_PAGE_AND_ONE: Final = 51  # records: those of a page, and whether there is another
_KEYS: Final = ("sort_key", "official_id")
# Records in name order that are looked through before those who match are looked up another way: more than
# bear one given name, for among those the family names come one after the other. Whoever is common is met in
# them; whoever is rare, or stands late in the alphabet, is few enough to be collected and put in order.
NEAR = 100_000
# The register is read from memory, and a list waits for its first page only: what PostgreSQL takes for
# granted otherwise (a slow disk, time to compile, processors to spare) makes it read the whole table. With
# room for few places to look at, it would go through half of the people for those of a common name.
_IN_MEMORY: Final = (
    "SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1; SET LOCAL max_parallel_workers_per_gather = 0;"
    " SET LOCAL work_mem = '32MB'"
)


class StaffFilter(RegistryForm):
    """What of the list is wanted. It lives in the address, so that a list can be kept and sent on."""

    q = forms.CharField(
        label=_("Name or staff code"), required=False, max_length=LONGEST_QUERY, widget=forms.SearchInput
    )
    unit = UnitField(label=_("Unit"), required=False, whole=_("Whole branch"))
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("All")), *Category.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("In post or on leave")), *Status.choices, ("all", _("Everybody on record"))],
    )
    declared = forms.ChoiceField(
        label=_("Accounts"), required=False, choices=[("", _("All")), *Declared.choices, *Wanted.choices]
    )
    rule = forms.ChoiceField(label=_("Not in line with"), required=False)

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        rules = [(rule.code, rule.title) for rule in catalogue() if rule.subject is not Subject.AGENCY]
        self.fields["rule"].choices = [("", _("All")), *rules]  # type: ignore[attr-defined]
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            field.offer(user, sent=data.get("unit", ""))

    @property
    def said(self) -> list[tuple[str, str]]:
        """What a valid filter asks for, as an address has it: nothing that is left open."""
        return [(name, value) for name, value in self.cleaned_data.items() if value]

    @property
    def query(self) -> str:
        """The same as text: what an address or a saved list keeps."""
        return urlencode(self.said)


def matching(user: User, wanted: dict[str, str]) -> QuerySet[OfficialRecord]:
    """The records of the branch that match a valid filter, in no order.

    Raises:
        NotFoundError: the unit is not the officer's.
    """
    return _matching(_agencies(user, wanted), wanted)


def _agencies(user: User, wanted: dict[str, str]) -> list[int] | QuerySet[AgencyRecord]:
    inside = agency_records_for(user, HR)
    unit = unit_of(user, wanted.get("unit", ""))
    return named(inside if unit is None else inside.filter(below(unit.path)))


def named(inside: QuerySet[AgencyRecord]) -> list[int] | QuerySet[AgencyRecord]:
    """Agencies one by one, where they are but a part of the country."""
    few = list(inside.values_list("agency", flat=True)[: PART + 1])
    return few if len(few) <= PART else inside


def people_of(agencies: list[int] | QuerySet[AgencyRecord]) -> QuerySet[OfficialRecord]:
    """The records of the people of agencies."""
    if isinstance(agencies, list):
        return OfficialRecord.objects.current().filter(one_of(agencies, "agency"))
    return OfficialRecord.objects.current().filter(agency__in=agencies.values("agency"))


def _matching(
    agencies: list[int] | QuerySet[AgencyRecord], wanted: dict[str, str], *, read: bool = False
) -> QuerySet[OfficialRecord]:
    found = people_of(agencies)
    status = wanted.get("status") or ""
    if status in Status.values:
        found = found.filter(status=status)
    elif status != "all":
        found = found.exclude(status__in=GONE)
    if wanted.get("category"):
        found = found.filter(category=wanted["category"])
    found = found.filter(typed(wanted.get("q") or "", read=read))
    if wanted.get("rule"):
        found = found.filter(has_finding(rules=[wanted["rule"]]))
    return found.filter(standing_filter(wanted.get("declared") or ""))


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of people with how each stands, and how many match."""

    page: Page[OfficialRecord]
    count: int  # no further than what is counted of such a list
    more: bool = False  # there are more than that


NOBODY: Final = Listed(Page([], "", is_first=True), 0)


def page_of_people(user: User, wanted: dict[str, str], *, cursor: str = "", before: str = "") -> Listed:
    """A page of the people who match a valid filter, by given name, at a price that hardly grows with them.

    The names of a small branch are read, and those who match put in order. In a big one the next NEAR records
    are read in name order: whoever is common is met there. The rare are looked up by their words.

    Raises:
        NotFoundError: the unit is not the officer's.
    """
    agencies = _agencies(user, wanted)
    by_name, small = bool(wanted.get("q")), isinstance(agencies, list)
    at = {"cursor": cursor, "before": before}
    found = _matching(agencies, wanted, read=by_name)
    most = COUNTED_ONE_BY_ONE if wanted.get("declared") or wanted.get("rule") else COUNTED
    enough = max(most + 1, _PAGE_AND_ONE)  # to fill a page, and to say that there are more
    ahead: list[int] = []
    if by_name and not small:
        ahead = _ahead(_near(found, at), at, rows=enough)
        if len(ahead) == enough:
            return Listed(_page(ahead if before else ahead[:_PAGE_AND_ONE], at), most, more=True)
        found = _matching(agencies, wanted)
    first = found.order_by()
    if by_name and small:
        first = _to_be_sorted(found).order_by("name_order", "official")  # type: ignore[misc]  # annotated
    few = list(first.values_list("pk", flat=True)[:enough])
    if len(few) <= most:
        return Listed(_page(few, at), len(few))
    if by_name and small and not cursor and not before:
        ahead = few
    elif not by_name:
        ahead = _ahead(_near(found, at), at)
    if len(ahead) < _PAGE_AND_ONE:
        ahead = _ahead(_to_be_sorted(found), at, "name_order", "official_id")
    return Listed(_page(ahead, at), most, more=True)


def _near(found: QuerySet[OfficialRecord], at: dict[str, str]) -> QuerySet[OfficialRecord]:
    """Those of them among the next NEAR records of the register."""
    everybody = OfficialRecord.objects.current()
    near = among_next(everybody, *_KEYS, cursor=at["cursor"], before=at["before"], rows=NEAR)
    return found if near is None else found.filter(near)


def _to_be_sorted(found: QuerySet[OfficialRecord]) -> QuerySet[OfficialRecord]:
    """With `name_order`, an expression: the order is no index's, and comes last.

    Left to itself, PostgreSQL would at times look through two million names for fifty that begin with Y.
    """
    return found.annotate(
        name_order=Func(F("sort_key"), template="(%(expressions)s || '')", output_field=TextField())
    )


def _ahead(
    found: QuerySet[OfficialRecord], at: dict[str, str], *keys: str, rows: int = _PAGE_AND_ONE
) -> list[int]:
    """The records that come next in name order; nothing is read of them but what the index of names holds."""
    names = found.only("sort_key", "official")
    page = page_by_key(names, *keys or _KEYS, cursor=at["cursor"], before=at["before"], size=rows)
    return [row.pk for row in page.rows]


def _page(records: list[int], at: dict[str, str]) -> Page[OfficialRecord]:
    """The page of some records; how people stand is asked of those shown alone."""
    of_these = OfficialRecord.objects.filter(pk__in=records).only("sort_key", "official")
    page = page_by_key(of_these, *_KEYS, cursor=at["cursor"], before=at["before"])
    whole = with_standing(OfficialRecord.objects.select_related("official"))
    rows = whole.in_bulk([row.pk for row in page.rows])
    return replace(page, rows=[rows[row.pk] for row in page.rows])


@contextmanager
def in_memory() -> Iterator[None]:
    """Let PostgreSQL plan for tables that are in memory; to the end of the transaction this begins."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_IN_MEMORY)
        yield


def count_up_to(found: QuerySet[Any], most: int) -> int:
    """How many rows match, counted no further than one more than `most`."""
    return found.order_by().values("pk")[: most + 1].count()


@dataclass(frozen=True, slots=True)
class Choice:
    """The people an address names, as far as they are the officer's now."""

    people: QuerySet[OfficialRecord]  # exactly these, and still the officer's whenever it is asked
    officials: list[int]
    asked: list[tuple[str, str]]  # the address again, for a form
    too_many: bool = False

    @property
    def mark(self) -> str:
        """A mark of exactly these people: what was shown and what is done are about the same."""
        return sha256(",".join(map(str, self.officials)).encode()).hexdigest()[:32]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.officials)


def choice_of(user: User, asked: QueryDict) -> Choice:
    """What an address names: single people (`person`, repeated), or all who match the filter (`all`).

    Of more than MOST people the first are taken, and it is said that there are too many.

    Raises:
        NotFoundError: nobody is named, one of them is not the officer's, or the filter is none.
    """
    if asked.get("all"):
        form = StaffFilter(asked, user=user)
        if not form.is_valid():
            raise not_found()
        found = matching(user, form.cleaned_data)
        kept = [("all", "1"), *form.said]
    else:
        ids = _uuids(asked.getlist("person")[:_CHOSEN_AT_ONCE])
        found = official_records_for(user, HR).filter(official__public_id__in=ids)
        if not ids or found.count() != len(ids):
            raise not_found()
        kept = [("person", str(one)) for one in ids]
    with in_memory():
        officials = sorted(found.order_by().values_list("official", flat=True)[: MOST + 1])
    return Choice(
        official_records_for(user, HR).filter(official__in=officials[:MOST]),
        officials[:MOST],
        kept,
        len(officials) > MOST,
    )


def nobody_named(request: HttpRequest) -> HttpResponse | None:
    """Back to the list with a word about it, where an act was asked for on nobody at all."""
    if request.method == "POST" or request.GET.get("all") or request.GET.getlist("person"):
        return None
    messages.info(request, _("Tick people first, or all who match."))
    return redirect(came_from(request, reverse("reviewer:staff")))


def list_of(choice: Choice) -> str:
    """The staff list with the filter a choice came from."""
    query = urlencode([(name, value) for name, value in choice.asked if name not in {"all", "person"}])
    return f"{reverse('reviewer:staff')}?{query}" if query else reverse("reviewer:staff")


def _uuids(texts: list[str]) -> list[UUID]:
    try:
        return list(dict.fromkeys(UUID(text) for text in texts))
    except ValueError:
        raise not_found() from None
