"""The review queue as the rules see it: its order, what is clean, and approving the clean together."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services as book
from accounts.models import Comparison, IncidentKind
from common.audit.models import AuditEvent
from common.changes.services import waiting as marks_waiting
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.findings import review
from registry.findings.engine import verdicts_of
from registry.findings.review import Urgency, approve_clean, clean_ones, following, in_turn, waiting
from registry.findings.services import Answer, run_changed, verdicts
from registry.users.models import User
from tests.factories import DeclarationFactory, EntryFactory, OfficialFactory
from tests.registry.cases import clean_case
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    """A province with two departments, another province, and people in them."""
    return make_country()


def order(user: User) -> list[tuple[int, int]]:
    """The queue: key and urgency."""
    return [(row.pk, row.urgency) for row in waiting(user, timezone.localdate())]  # type: ignore[attr-defined]  # annotated


def put(country: Country, *, hours: int, **kwargs: object) -> Declaration:
    """A declaration of somebody in health that has waited so long."""
    official = kwargs.pop("official", None) or OfficialFactory.create(agency=country.health)
    made = DeclarationFactory.create(official=official, submitted=True, **kwargs)
    Declaration.objects.filter(pk=made.pk).update(submitted_at=timezone.now() - timedelta(hours=hours))
    return made


def test_waiting_puts_the_urgent_before_the_old(country: Country):
    today = timezone.localdate()
    book.record_regulation(
        agency=country.health, number="1/QĐ", issued_on=today, in_force_from=today - timedelta(days=60),
        obliges_declaration=True, days_to_declare=30, by=None,
    )  # fmt: skip
    new = OfficialFactory.create(agency=country.health, employed_since=today - timedelta(days=28))
    held = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.health))
    lost = held.facts.official
    assert lost is not None
    book.report_incident(
        official=lost, kind=IncidentKind.LOST, account=held.account, noticed_on=today, by=country.hr
    )
    plain = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.health))
    old = put(country, hours=90, official=plain.facts.official, url=plain.account.identifiers.get().url)
    soon = put(country, hours=80, official=new)
    late = put(country, hours=70)
    later = put(country, hours=60)
    reported = put(country, hours=1, official=lost, url=held.account.identifiers.get().url)
    run_changed()
    assert order(country.hr) == [
        (reported.pk, Urgency.REPORTED),
        (late.pk, Urgency.OVERDUE),
        (later.pk, Urgency.OVERDUE),
        (soon.pk, Urgency.SOON),
        (old.pk, Urgency.NONE),
    ]
    assert order(country.hr_culture) == []


@pytest.mark.parametrize("few", [0, 500])
def test_in_turn_reads_what_waits_in_order_from_anywhere(
    country: Country, monkeypatch: pytest.MonkeyPatch, few: int
):
    monkeypatch.setattr(review, "_FEW", few)  # 0: a queue of thousands is read one urgency at a time
    today = timezone.localdate()
    for number in range(2):
        held = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.health))
        owner = held.facts.official
        assert owner is not None
        book.report_incident(
            official=owner, kind=IncidentKind.LOST, account=held.account, noticed_on=today, by=country.hr
        )
        put(country, hours=number, official=owner, url=held.account.identifiers.get().url)
    for hours in (9, 7, 7):
        put(country, hours=hours)
    found = waiting(country.hr, today)
    whole = list(found)
    keys = [(row.urgency, row.submitted_at, row.pk) for row in whole]  # type: ignore[attr-defined]  # annotated
    assert len({urgency for urgency, _since, _pk in keys}) == 2
    assert in_turn(found, today, limit=9) == whole
    assert in_turn(found, today, limit=3) == whole[:3]
    for place, key in enumerate(keys):
        assert in_turn(found, today, after=key, limit=2) == whole[place + 1 : place + 3]


def test_following_goes_through_the_whole_queue_and_past_what_a_colleague_has_open(country: Country):
    today = timezone.localdate()
    cases = [put(country, hours=hours) for hours in (9, 8, 7)]
    first, second, third = cases
    walked = [following(country.hr, case, today) for case in cases]
    assert walked == [second, third, first]
    services.open_case(declaration=second, by=country.hr2)
    assert following(country.hr, first, today) == third
    assert following(country.hr2, first, today) == second  # one's own is no hindrance
    services.approve(declaration=third, by=country.hr)
    assert following(country.hr, third, today) == first
    services.approve(declaration=first, by=country.hr)
    assert following(country.hr, first, today) is None


def test_verdicts_of_many_are_those_of_each_in_as_many_queries(country: Country):
    for number in range(3):
        clean_case(OfficialFactory.create(agency=country.health, full_name="Trần Thị Lan"), number)
    clean_case(country.lan, 9, name_shown="Mẹ Bắp Bán Hàng")
    run_changed()
    today = timezone.localdate()
    rows = list(Comparison.objects.order_by("account"))
    with CaptureQueriesContext(connection) as one:
        verdicts(rows[0], today)
    with CaptureQueriesContext(connection) as many:
        said = verdicts_of([row.pk for row in rows], today)
    assert len(one) == len(many)
    assert [said[row.pk] for row in rows] == [verdicts(row, today) for row in rows]
    assert [
        "ACC-02" in {each.rule.code for each in said[row.pk] if each.answer is Answer.NOT_IN_LINE}
        for row in rows
    ] == [False, False, False, True]


def test_clean_ones_are_those_the_rules_find_nothing_about(country: Country):
    clean = clean_case(country.lan)
    no_id = clean_case(country.lan, url="https://www.tiktok.com/@lan")
    clean_case(country.lan, 2, name_shown="Mẹ Bắp Bán Hàng")
    clean_case(country.lan, 3, agency_shown="Cơ quan chẳng ai biết")  # a person has to look
    assert clean_ones(country.hr, timezone.localdate()) == []  # the rules have not looked yet
    run_changed()
    found = clean_ones(country.hr, timezone.localdate())
    assert [each.declaration for each in found] == [clean, no_id]
    assert [[one.rule.code for one in each.unchecked] for each in found] == [[], ["ACC-19"]]
    assert clean_ones(country.hr_culture, timezone.localdate()) == []


def test_clean_ones_leave_out_what_was_returned_and_what_is_open_and_what_asks_to_close(country: Country):
    again, opened = clean_case(country.lan, 1), clean_case(country.lan, 2)
    again = services.return_(declaration=again, reasons={"": "Xem lại"}, by=country.hr)
    services.submit(declaration=again, by=country.lan_login)
    services.open_case(declaration=opened, by=country.hr2)
    stands = EntryFactory.create(facts__official=country.lan)
    services.close_account(account=stands.account, by=country.lan_login)
    run_changed()
    assert clean_ones(country.hr, timezone.localdate()) == []
    assert [one.declaration for one in clean_ones(country.hr2, timezone.localdate())] == [opened]


def chosen(*cases: Declaration) -> dict[object, int]:
    """As the page sends them."""
    return {case.public_id: case.version for case in cases}


def test_approve_clean_approves_what_is_chosen_and_nothing_else(country: Country):
    one, other = clean_case(country.lan, 1), clean_case(country.lan, 2)
    run_changed()
    done = approve_clean(chosen=chosen(one), by=country.hr)  # type: ignore[arg-type]  # of UUIDs
    assert (done.approved, done.left_out) == ([one], [])
    other.refresh_from_db()
    assert other.state == "submitted"
    event = AuditEvent.objects.get(act="declaration.approved_together")
    assert event.payload == {"approved": [str(one.public_id)], "left_out": 0}


def test_approve_clean_judges_by_the_book_of_this_moment(country: Country):
    moved, fine = (
        clean_case(country.lan, 1),
        clean_case(OfficialFactory.create(agency=country.health, full_name="Trần Thị Lan"), 2),
    )
    run_changed()
    seen = chosen(moved, fine)
    book.amend_official(official=country.lan, by=None, full_name="Nguyễn Thị Hoa")  # no rule has looked since
    stands = list(Comparison.objects.order_by("pk").values())
    unseen = marks_waiting()
    done = approve_clean(chosen=seen, by=country.hr)  # type: ignore[arg-type]  # of UUIDs
    assert done.approved == [fine]
    assert [each.declaration for each in done.left_out] == [moved]
    assert "name" in done.left_out[0].why or "tên" in done.left_out[0].why
    moved.refresh_from_db()
    assert moved.state == "submitted"
    assert list(Comparison.objects.order_by("pk").values()) == stands  # comparing is left to the runs
    assert marks_waiting() > unseen  # and what changed is still to be looked at


def test_approve_clean_leaves_out_and_tells_what_changed_meanwhile(country: Country):
    decided, opened, again, foreign = (clean_case(country.lan, number) for number in range(1, 5))
    run_changed()
    seen = chosen(decided, opened, again, foreign)
    services.approve(declaration=decided, by=country.hr2)
    services.open_case(declaration=opened, by=country.hr2)
    again = services.return_(declaration=again, reasons={"": "Xem lại"}, by=country.hr2)
    again = services.submit(declaration=again, by=country.lan_login)
    seen[again.public_id] = again.version  # even where the version is right
    elsewhere = clean_case(OfficialFactory.create(agency=country.elsewhere), 7)
    done = approve_clean(chosen=seen | chosen(elsewhere), by=country.hr)  # type: ignore[arg-type]  # of UUIDs
    assert done.approved == [foreign]
    told = {each.declaration: each.why for each in done.left_out}
    assert set(told) == {decided, opened, again, None}
    assert "Lê Thị Mai" in told[decided]
    assert "Lê Thị Mai" in told[opened]
    elsewhere.refresh_from_db()
    assert elsewhere.state == "submitted"


def test_approve_clean_never_approves_ones_own(country: Country):
    country.hr.official = OfficialFactory.create(agency=country.health, full_name="Trần Thị Lan")
    country.hr.save()
    own = clean_case(country.hr.official, by=country.hr)
    run_changed()
    assert clean_ones(country.hr, timezone.localdate()) == []
    done = approve_clean(chosen=chosen(own), by=country.hr)  # type: ignore[arg-type]  # of UUIDs
    assert done.approved == []
    assert len(done.left_out) == 1
    own.refresh_from_db()
    assert own.state == "submitted"
