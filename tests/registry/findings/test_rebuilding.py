"""Whose turn it is to be made from nothing but the book, whatever the seal says."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from accounts import services as book
from accounts.models import Account, Agency, Comparison, Entry, OfficialComparison, Standing
from registry.findings.rebuilding import COMPARED
from registry.findings.services import run_changed, start_rebuild, work
from registry.rules.rule import Subject
from tests.factories.comparisons import make_agency, make_official

pytestmark = pytest.mark.django_db


def _enter(agency: Agency) -> Entry:
    account = Account.objects.create(platform="facebook")
    facts = book.state_facts(account=account, official=make_official(agency), by=None)
    return book.enter(facts=facts, standing=Standing.CONFIRMED, by=None)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[Subject, list[int]]:
    """The subjects made afresh, in turn."""
    found: dict[Subject, list[int]] = {subject: [] for subject in Subject}

    def note(subject: Subject, make: Callable[[Sequence[int]], Any]) -> Callable[[Sequence[int]], Any]:
        def noted(ids: Sequence[int]) -> Any:
            found[subject].extend(ids)
            return make(ids)

        return noted

    for subject, compared in dict(COMPARED).items():
        if compared.otherwise is None:
            watched = replace(compared, refresh=note(subject, compared.refresh))
        else:
            watched = replace(compared, otherwise=note(subject, compared.otherwise))
        monkeypatch.setitem(COMPARED, subject, watched)
    return found


def test_compare_again_makes_every_account_and_official_afresh_once_a_year(made: dict[Subject, list[int]]):
    agency = make_agency()
    entries = [_enter(agency) for _each in range(2)]
    run_changed()

    for week in range(52):
        work(run=start_rebuild(as_of=date(2026, 1, 5) + timedelta(weeks=week)))

    accounts = [entry.account_id for entry in entries]
    assert sorted(made[Subject.ACCOUNT]) == accounts
    assert sorted(made[Subject.OFFICIAL]) == [entry.facts.official_id for entry in entries]
    assert made[Subject.AGENCY].count(agency.pk) == 52


def test_compare_again_finds_in_its_turn_what_a_seal_hides(monkeypatch: pytest.MonkeyPatch):
    agency = make_agency()
    entry = _enter(agency)
    run_changed()
    for subject in (Subject.ACCOUNT, Subject.OFFICIAL):
        hidden = replace(COMPARED[subject], stale=lambda _first, _until: set())
        monkeypatch.setitem(COMPARED, subject, hidden)
    Comparison.objects.update(rival_claims=7)
    OfficialComparison.objects.update(accounts=7)

    differences = {}
    for week in range(52):
        run = start_rebuild(as_of=date(2026, 1, 5) + timedelta(weeks=week))
        work(run=run)
        run.refresh_from_db()
        if run.differences:
            differences[week] = run.differences

    assert sum(differences.values()) == 2
    assert Comparison.objects.get(account=entry.account).rival_claims == 0
    assert OfficialComparison.objects.get().accounts == 1
