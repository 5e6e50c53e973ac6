"""Facts tried before they are put forward are compared exactly as they will be, and leave nothing behind."""

import pytest
from django.db import connection
from django.utils import timezone

from accounts import services
from accounts.commitments import CURRENT, VERSION
from accounts.comparison import refresh_accounts, tried
from accounts.comparison.accounts import COLUMNS
from accounts.models import Comparison, DeclaredFacts, Proposal
from common.changes.models import ChangeMark
from tests.factories import AccountFactory, OfficialFactory, PhotoFactory

pytestmark = pytest.mark.django_db


def facts() -> DeclaredFacts:
    return services.state_facts(
        account=AccountFactory.create(),
        official=OfficialFactory.create(full_name="Trần Thị Lan"),
        by=None,
        name_shown="Lan Trần",
        agency_shown="Sở nào đó",
        disclaimer="Trang cá nhân",
        photo=PhotoFactory.create(),
    )


def columns(row: Comparison) -> dict[str, object]:
    return {name: getattr(row, name) for name in COLUMNS if name != "facts_id"}


def test_tried_is_what_the_comparison_becomes_when_it_is_put_forward():
    said = facts()
    with tried(said, commitments=CURRENT, version=VERSION) as row:
        assert row is not None
        foreseen = columns(row)
    sent = services.state_facts(
        account=said.account, official=said.official, by=None, name_shown=said.name_shown,
        agency_shown=said.agency_shown, disclaimer=said.disclaimer, photo=said.photo,
        commitments=sorted(CURRENT), commitments_version=VERSION,
        declared_on=timezone.localdate(),
    )  # fmt: skip
    services.propose(facts=sent)
    refresh_accounts([said.account_id])
    assert columns(Comparison.objects.get(facts=sent)) == foreseen


def test_tried_leaves_nothing_behind():
    said = facts()
    before = (DeclaredFacts.objects.count(), ChangeMark.objects.count())
    with tried(said, commitments=CURRENT, version=VERSION) as row:
        assert row is not None
        assert Proposal.objects.exists()
    assert (DeclaredFacts.objects.count(), ChangeMark.objects.count()) == before
    assert not Proposal.objects.exists()
    assert not Comparison.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_pastproposal")
        assert cursor.fetchone() == (0,)


def test_tried_that_raises_leaves_nothing_behind_either():
    said = facts()
    with pytest.raises(ZeroDivisionError), tried(said, commitments=CURRENT, version=VERSION):
        raise ZeroDivisionError
    assert not Proposal.objects.exists()


def test_tried_of_facts_that_a_newer_saving_has_replaced_still_answers():
    said = facts()
    DeclaredFacts.objects.filter(pk=said.pk).delete()
    with tried(said, commitments=CURRENT, version=VERSION) as row:
        assert row is not None
    assert said.pk is not None
    assert not DeclaredFacts.objects.exists()
