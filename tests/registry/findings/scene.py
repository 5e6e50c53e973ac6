"""A country whose Lan has an account with a wrong name, judged by real runs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from accounts import services as book
from accounts.models import Account, Entry, Official, Standing
from registry.findings.models import BranchCounter, Counter, Finding, State
from registry.findings.services import run_changed
from tests.factories import AccountFactory
from tests.registry.people import Country, make_country


def enter(official: Official, account: Account | None = None, **statement: Any) -> Entry:
    """Let something stand about an account of an official."""
    account = account or AccountFactory.create()
    facts = book.state_facts(account=account, official=official, by=None, **statement)
    return book.enter(facts=facts, standing=Standing.CONFIRMED, by=None)


@dataclass(frozen=True)
class Scene:
    """The country, the entry with the wrong name, and the finding."""

    country: Country
    entry: Entry

    @property
    def finding(self) -> Finding:
        """As it stands now."""
        return Finding.objects.get(rule="ACC-02", subject_id=self.entry.account_id)

    def show(self, name: str, **statement: Any) -> None:
        """Let the account show another name, and judge it."""
        enter(self.country.lan, self.entry.account, name_shown=name, **statement)
        run_changed()

    def put_right(self) -> None:
        """Let the account show the name on record."""
        self.show("Trần Thị Lan")


def make_scene() -> Scene:
    """Make it anew, and judge it."""
    country = make_country()
    scene = Scene(country, enter(country.lan, name_shown="Mẹ Bắp"))
    run_changed()
    return scene


def counted() -> dict[tuple[int | str, str], tuple[int, ...]]:
    """What the counters say, by agency (its id) or large branch (its path) and rule."""
    names = ("open", "unchecked", "waived", "contested")
    rows = Counter.objects.values_list("agency_id", "rule", *names)
    sums = BranchCounter.objects.values_list("path", "rule").annotate(*(Sum(name) for name in names))
    return {(whose, rule): tuple(numbers) for whose, rule, *numbers in [*rows, *sums] if any(numbers)}


def found() -> dict[tuple[int | str, str], tuple[int, ...]]:
    """The same, counted from the findings."""
    states = (State.OPEN, State.UNCHECKED, State.WAIVED, State.CONTESTED)
    tally: dict[tuple[int | str, str], list[int]] = {}
    for row in Finding.objects.exclude(state=State.RESOLVED):
        first, second, *_deeper = [*row.agency_path.split("/")[:-1], ""]
        around: set[int | str] = {row.agency_id, "", f"{first}/", f"{first}/{second}/" if second else ""}
        for whose in around:
            tally.setdefault((whose, row.rule), [0] * 4)[states.index(State(row.state))] += 1
    return {key: tuple(counts) for key, counts in tally.items()}


def a_day(value: date) -> str:
    """As a form takes it."""
    return f"{value:%d/%m/%Y}"
