"""Whose turn it is to be made from nothing but the book, whatever the seal says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts import services as book
from accounts.models import Account, Agency, Entry, Standing
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

    def note(subject: Subject) -> None:
        def refresh(ids: Sequence[int]) -> int:
            found[subject].extend(ids)
            return 0

        monkeypatch.setitem(COMPARED, subject, replace(COMPARED[subject], refresh=refresh))

    for subject in Subject:
        note(subject)
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
