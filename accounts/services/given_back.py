"""The pages a successor took over after a merger: which go back when it is undone, which stay, and why."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, AgencyRecord, Entry, Ownership, Proposal, Reorganisation, Succession
from accounts.services import bulk
from common.audit import services as audit


class Stays(models.TextChoices):
    """Why a page stays with the successor."""

    CHANGED = "changed", _("what is said of it was changed since")
    UNDER_WAY = "under_way", _("a change of it is under way")


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A page that was one of the units' that ended, and is the successor's since."""

    account: Account
    name_shown: str
    former_agency: int
    stays: Stays | None  # None: it goes back


def pages_taken_over(one: Reorganisation) -> list[TakenOver]:
    """The pages of the units that ended with a merger which the successor took over, as things stand now."""
    shown: Any = _taken(one).values_list("account", "former_agency", "first_facts", "facts", "proposed")
    rows = list(shown)
    accounts = Account.objects.prefetch_related("identifiers").in_bulk([row[0] for row in rows])
    names = dict(
        Entry.objects.current().filter(account__in=accounts).values_list("account", "facts__name_shown")
    )
    found = []
    for account, former, first, facts, proposed in rows:
        changed = Stays.CHANGED if facts != first else None
        stays = Stays.UNDER_WAY if proposed else changed
        found.append(TakenOver(accounts[account], names.get(account, ""), former, stays))
    return found


def hold_taken_over(one: Reorganisation) -> None:
    """Let acts on these pages wait until the transaction ends. Held before people, as by every act."""
    taken = sorted(_taken(one).values_list("account", flat=True))
    list(Account.objects.filter(pk__in=taken).order_by("pk").select_for_update(no_key=True).values("pk"))


def give_back(one: Reorganisation, *, by: Any) -> int:
    """Let the pages that go back be their former agencies' again, as they stood. Returns how many.

    What was said of them since, by the successor, stays in the history. Must run before the merger's own
    records are taken back, in its transaction, after `hold_taken_over`.
    """
    back = [page for page in pages_taken_over(one) if page.stays is None]
    if not back:
        return 0
    accounts = [page.account.pk for page in back]
    mine = _taken(one).filter(account__in=accounts)
    owned = list(mine.values_list("pk", "former_ownership"))
    bulk.restore(
        made=Entry.objects.current().filter(account__in=accounts),
        before=Entry.objects.filter(pk__in=mine.values("former_entry")),
        by=by,
    )
    bulk.restore(
        made=Ownership.objects.filter(pk__in=[now for now, _before in owned]),
        before=Ownership.objects.filter(pk__in=[before for _now, before in owned]),
        by=by,
    )
    for page in back:
        audit.record(
            act="account.given_back",
            by=by,
            subject_kind="account",
            subject_id=page.account.pk,
            payload={"to_agency": page.former_agency},
        )
    return len(back)


def _taken(one: Reorganisation) -> Any:
    """What the successor owns now and took over from a unit that ended, and what stood right before."""
    began: Any = one.carried_out_at
    ended = AgencyRecord.objects.filter(recorded_from=began, dissolved_on=one.happens_on).values("agency")
    into = Succession.objects.current().filter(successor=one.successor, predecessor__in=ended)
    former = Ownership.objects.filter(
        account=OuterRef("account"),
        recorded_until=OuterRef("recorded_from"),
        agency__in=into.values("predecessor"),
    )
    entries = Entry.objects.filter(account=OuterRef("account"))
    before = entries.filter(
        facts__agency=OuterRef("former_agency"), recorded_until__lte=OuterRef("recorded_from")
    )
    since = entries.filter(recorded_from__gte=OuterRef("recorded_from"))
    return (
        Ownership.objects.current()
        .filter(Exists(former), agency=one.successor, recorded_from__gt=began)
        .annotate(
            former_ownership=Subquery(former.values("pk")[:1]),
            former_agency=Subquery(former.values("agency")[:1]),
        )
        .annotate(
            former_entry=Subquery(before.order_by("-recorded_until").values("pk")[:1]),
            first_facts=Subquery(since.order_by("recorded_from").values("facts")[:1]),
            facts=Subquery(entries.filter(recorded_until=None).values("facts")[:1]),
            proposed=Exists(
                Proposal.objects.filter(account=OuterRef("account"), facts__agency=one.successor)
            ),
        )
        .order_by("account")
    )
