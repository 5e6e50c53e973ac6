"""What the rules would say of a draft is what they say of it once it stands, with the same evidence."""

import pytest
from django.utils import timezone

from accounts import services as book
from accounts.commitments import CURRENT, VERSION
from accounts.comparison import tried
from accounts.models import Standing
from accounts.services import Statement
from registry.findings.models import Finding, State
from registry.findings.services import Answer, foreseen, run_changed
from tests.factories import AccountFactory, OfficialFactory
from tests.registry.people import make_country

pytestmark = pytest.mark.django_db

SAID: Statement = {
    "name_shown": "Mẹ Bắp",
    "agency_shown": "Sở Nội vụ tỉnh Nào Đó",
    "disclaimer": "Trang cá nhân",
}


def test_foreseen_is_what_is_found_once_it_stands():
    country = make_country()
    facts = book.state_facts(
        account=AccountFactory.create(), official=country.lan, by=None,
        **(SAID | Statement(commitments=sorted(CURRENT), commitments_version=VERSION)),
    )  # fmt: skip
    with tried(facts, commitments=CURRENT, version=VERSION) as row:
        assert row is not None
        told = {each.rule.code: each for each in foreseen(row, timezone.localdate())}
    assert not Finding.objects.exists()
    book.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    run_changed()
    found = {row.rule: row for row in Finding.objects.filter(subject_id=facts.account_id)}
    amiss = {code for code, each in told.items() if each.answer is not Answer.IN_LINE}
    assert amiss == set(found)
    assert {"ACC-02", "ACC-03", "ACC-17"} <= amiss
    for code in amiss:
        assert (told[code].answer is Answer.UNCHECKED) == (found[code].state == State.UNCHECKED)
        assert told[code].article == found[code].article
        assert told[code].evidence == found[code].evidence


def test_foreseen_does_not_tell_that_others_claim_the_account():
    country = make_country()
    account = AccountFactory.create()
    rival = book.state_facts(account=account, official=OfficialFactory.create(), by=None, name_shown="Ai đó")
    book.propose(facts=rival)
    facts = book.state_facts(account=account, official=country.lan, by=None, **SAID)
    with tried(facts, commitments=CURRENT, version=VERSION) as row:
        assert row is not None
        assert row.rival_claims == 1
        assert "ACC-10" not in {each.rule.code for each in foreseen(row, timezone.localdate())}
