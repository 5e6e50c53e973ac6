"""The verdicts of a past date: what the register said then, unless texts or profiles have it otherwise."""

import contextlib
import random
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from accounts import services as book
from accounts.agency_names import agency_names
from accounts.as_of import book_as_of, is_known
from accounts.models import (
    Account,
    Agency,
    AgencyRecord,
    Comparison,
    DeclaredFacts,
    Official,
    Standing,
    Status,
)
from common.errors import RegistryError
from registry.findings.as_of import SubjectThen, verdicts_as_of
from registry.findings.engine import Answer
from registry.findings.models import Finding, State
from registry.findings.services import run_changed
from registry.rules.rule import Subject
from tests.registry.findings.test_changed import photo

pytestmark = pytest.mark.django_db
MODELS = list(apps.get_app_config("accounts").get_models())

NAMES = ("Nguyễn Văn Bình", "Trần Thị Hoa", "Mẹ Bắp", "")
AGENCIES = ("Sở Nội vụ", "Sở Y tế", "UBND tỉnh Hà Tĩnh", "Trung tâm X")
Said = set[tuple[str, int, int, str]]
_STATE = {Answer.NOT_IN_LINE: "open", Answer.UNCHECKED: "unchecked"}


def found() -> Said:
    """What the register says now: rule, kind of subject, subject, state."""
    rows = Finding.objects.exclude(state=State.RESOLVED)
    return set(rows.values_list("rule", "subject_kind", "subject_id", "state"))


def told(answers: Iterable[SubjectThen]) -> Said:
    """The same of what would have been said."""
    return {
        (each.rule.code, subject.subject.value, subject.subject_id, _STATE[each.answer])
        for subject in answers
        for each in subject.not_in_line()
    }


def by_rule(answers: Iterable[SubjectThen]) -> dict[str, Any]:
    return {each.rule.code: each for subject in answers for each in subject.verdicts}


@pytest.mark.parametrize("seed", range(4))
def test_verdicts_as_of_any_instant_are_what_the_register_said_then(seed: int):
    chance = random.Random(seed)  # noqa: S311 - a repeatable order of acts, no secret
    root = book.create_agency(code="R", name="Chính phủ", kind="government", parent=None, by=None)
    agencies = [root]
    for number, name in enumerate(AGENCIES):
        agencies.append(book.create_agency(code=f"{number}", name=name, kind="unit", parent=root, by=None))
    officials = [
        book.record_official(
            agency=chance.choice(agencies), staff_code=f"{number}", full_name=NAMES[number % 2], by=None
        )
        for number in range(6)
    ]
    accounts = [Account.objects.create(platform="facebook") for _ in range(6)]
    pictures = [photo() for _ in range(3)]
    proposed: list[DeclaredFacts] = []

    def official() -> Official:
        return chance.choice(officials)

    def said() -> DeclaredFacts:
        return book.state_facts(
            account=chance.choice(accounts), official=official(), by=None, name_shown=chance.choice(NAMES),
            agency_shown=chance.choice(AGENCIES), photo=chance.choice([None, *pictures]),
        )  # fmt: skip

    def put_forward() -> None:
        proposed.append(said())
        book.propose(facts=proposed[-1])

    def merge() -> None:
        gone, heir = chance.sample(agencies[1:], 2)
        book.record_succession(predecessor=gone, successor=heir, kind="merged", on=date(2025, 7, 1), by=None)

    acts: list[Callable[[], object]] = [
        lambda: book.enter(facts=said(), standing=chance.choice(list(Standing)), by=None),
        lambda: book.enter(facts=said(), standing=chance.choice(list(Standing)), by=None),
        lambda: book.enter(facts=said(), standing=chance.choice(list(Standing)), by=None),
        put_forward,
        lambda: proposed and book.withdraw_proposal(facts=proposed.pop()),
        lambda: book.close(account=chance.choice(accounts), by=None),
        lambda: book.transfer(account=chance.choice(accounts), to=official(), by=None),
        lambda: book.record_nil(official=official(), by=None),
        lambda: book.amend_official(official=official(), by=None, agency=chance.choice(agencies)),
        lambda: book.amend_official(official=official(), by=None, status=chance.choice(list(Status))),
        lambda: book.amend_official(official=official(), by=None, full_name=chance.choice(NAMES[:2])),
        lambda: book.amend_agency(agency=chance.choice(agencies), by=None, name=chance.choice(AGENCIES)),
        lambda: book.amend_agency(agency=chance.choice(agencies), by=None, profile=chance.randint(1, 8)),
        lambda: book.amend_agency(agency=chance.choice(agencies), by=None, profile=None),
        lambda: book.move_agency(
            agency=chance.choice(agencies[1:]), parent=chance.choice(agencies), by=None
        ),
        merge,
        lambda: book.record_regulation(
            agency=chance.choice(agencies), number=chance.choice("12"), by=None, issued_on=date(2024, 1, 1),
            in_force_from=date(2024, 1, 1), obliges_declaration=True, days_to_declare=chance.choice([10, 30]),
            in_force_until=chance.choice([None, date(2025, 1, 1)]),
        ),
    ]  # fmt: skip
    then: list[tuple[datetime, Said]] = []
    for _round in range(6):
        for _act in range(12):
            with contextlib.suppress(RegistryError, IntegrityError), transaction.atomic():
                chance.choice(acts)()
        run_changed()
        then.append((timezone.now(), found()))
    rows = list(Comparison.objects.order_by("pk").values())
    for at, said_then in then:
        assert told(verdicts_as_of(at, branches=[""])) == said_then
        for one in officials:
            own = told(verdicts_as_of(at, officials=[one.pk]))
            assert own <= said_then
    assert found() == then[-1][1]  # asking changed nothing
    assert list(Comparison.objects.order_by("pk").values()) == rows


@pytest.fixture
def health() -> Agency:
    with time_machine.travel("2025-01-10T09:00:00+07:00"):
        root = book.create_agency(code="R", name="Chính phủ", kind="government", parent=None, by=None)
        return book.create_agency(code="YT", name="Sở Y tế", kind="department", parent=root, by=None)


@pytest.fixture
def lan(health: Agency) -> Official:
    with time_machine.travel("2025-01-11T09:00:00+07:00"):
        lan = book.record_official(agency=health, staff_code="1", full_name="Trần Thị Lan", by=None)
        facts = book.state_facts(
            account=Account.objects.create(platform="tiktok"), official=lan, by=None, name_shown="Mẹ Bắp"
        )
        book.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
        return lan


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+07:00")


def test_verdicts_as_of_before_anything_was_recorded_are_none(lan: Official):
    assert list(verdicts_as_of(on("2025-01-09"), branches=[""])) == []
    assert list(verdicts_as_of(on("2025-01-09"), officials=[lan.pk])) == []


def test_verdicts_as_of_follow_the_profile_of_that_day(lan: Official, health: Agency):
    with time_machine.travel("2025-06-01T09:00:00+07:00"):
        book.amend_agency(agency=health, by=None, profile=2)
    before = by_rule(verdicts_as_of(on("2025-05-31"), officials=[lan.pk]))
    after = by_rule(verdicts_as_of(on("2025-06-02"), officials=[lan.pk]))
    assert before["ACC-02"].article == "DRAFT-2018.o1"
    assert before["ACC-03"].answer is Answer.NOT_IN_LINE
    assert after["ACC-02"].article == "QD-874.4-2"
    assert "ACC-03" not in after  # the code of 2021 says nothing of photos


def test_verdicts_as_of_follow_the_articles_in_force_that_day(lan: Official, health: Agency):
    with time_machine.travel("2025-06-01T09:00:00+07:00"):
        book.amend_agency(agency=health, by=None, profile=2)
    last = by_rule(verdicts_as_of(on("2026-03-04"), officials=[lan.pk]))
    ended = by_rule(verdicts_as_of(on("2026-03-05"), officials=[lan.pk]))
    assert (last["ACC-02"].article, last["ACC-02"].answer) == ("QD-874.4-2", Answer.NOT_IN_LINE)
    assert "ACC-02" not in ended


def test_verdicts_as_of_follow_the_regulation_recorded_then(health: Agency):
    with time_machine.travel("2025-06-01T09:00:00+07:00"):
        book.record_regulation(
            agency=health, number="1/QĐ", by=None, issued_on=date(2025, 1, 1), in_force_from=date(2025, 1, 1),
            obliges_declaration=True, days_to_declare=5,
        )  # fmt: skip
    with time_machine.travel("2025-02-01T09:00:00+07:00"):
        hoa = book.record_official(agency=health, staff_code="3", full_name="Lê Hoa", by=None)
    assert by_rule(verdicts_as_of(on("2025-05-31"), officials=[hoa.pk]))["OFF-01"].answer is Answer.IN_LINE
    late = by_rule(verdicts_as_of(on("2025-06-02"), officials=[hoa.pk]))["OFF-01"]
    assert (late.answer, late.evidence["declare_due_on"]) == (Answer.NOT_IN_LINE, "2025-02-06")


def test_verdicts_as_of_name_what_was_compared_then(lan: Official):
    with time_machine.travel("2025-06-01T09:00:00+07:00"):
        book.amend_official(official=lan, by=None, full_name="Trần Thị Lan Anh")
    evidence = by_rule(verdicts_as_of(on("2025-05-31"), officials=[lan.pk]))["ACC-02"].evidence
    assert (evidence["name_shown"], evidence["name_on_record"]) == ("Mẹ Bắp", "Trần Thị Lan")


def test_verdicts_as_of_one_account_are_its_owners(lan: Official):
    account = Account.objects.get()
    answers = list(verdicts_as_of(on("2025-05-31"), accounts=[account.pk]))
    assert [(each.subject_id, each.official_id) for each in answers] == [(account.pk, lan.pk)]


def test_verdicts_as_of_a_branch_take_in_who_was_in_it_then(lan: Official, health: Agency):
    path = AgencyRecord.objects.current().get(agency=health).path
    with time_machine.travel("2025-06-01T09:00:00+07:00"):
        culture = book.create_agency(
            code="VH", name="Sở Văn hóa", kind="department", parent=Agency.objects.get(code="R"), by=None
        )
        book.amend_official(official=lan, by=None, agency=culture)
    then = list(verdicts_as_of(on("2025-05-31"), branches=[path]))
    assert {(each.subject, each.official_id) for each in then} == {
        (Subject.OFFICIAL, lan.pk), (Subject.ACCOUNT, lan.pk), (Subject.AGENCY, None)
    }  # fmt: skip
    assert list(verdicts_as_of(on("2025-06-02"), branches=[path])) == []


def test_verdicts_as_of_stream_in_batches(health: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("registry.findings.as_of.BATCH", 2)
    people = [
        book.record_official(agency=health, staff_code=f"{number}", full_name="Lê Hoa", by=None)
        for number in range(5)
    ]
    answers = verdicts_as_of(timezone.now(), branches=[""])
    assert next(answers).official_id == people[0].pk
    assert Official.objects.count() == 5  # between two items the present is read
    assert [each.official_id for each in answers] == [*(one.pk for one in people[1:]), None]


def test_book_as_of_reads_the_past_and_gives_the_present_back(health: Agency):
    with time_machine.travel("2025-06-01T09:00:00+07:00"):
        book.amend_agency(agency=health, by=None, name="Sở Y tế mới")
    assert agency_names().by_id[health.pk].name == "Sở Y tế mới"
    with book_as_of(on("2025-05-31")):
        assert agency_names().by_id[health.pk].name == "Sở Y tế"
        assert AgencyRecord.objects.current().get(agency=health).name == "Sở Y tế"
        Comparison.objects.all().delete()
    assert agency_names().by_id[health.pk].name == "Sở Y tế mới"


def test_book_as_of_reads_names_once_for_all_instants_between_two_changes(health: Agency):
    with time_machine.travel("2025-06-01T09:00:00+07:00"):
        book.amend_agency(agency=health, by=None, name="Sở Y tế mới")
    with book_as_of(on("2025-05-31")):
        before = agency_names()
    with book_as_of(on("2025-05-30")):
        assert agency_names() is before
    with book_as_of(on("2025-06-02")):
        assert agency_names().by_id[health.pk].name == "Sở Y tế mới"
        after = agency_names()
    with book_as_of(timezone.now()):
        assert agency_names() is after


def test_book_as_of_undoes_whatever_is_done_inside(lan: Official):
    account = Account.objects.get()
    run_changed()
    before = list(Comparison.objects.values())
    with contextlib.suppress(ZeroDivisionError), book_as_of(on("2025-05-31")):
        assert not Comparison.objects.exists()
        book.state_facts(account=account, official=lan, by=None, name_shown="Khác")
        raise ZeroDivisionError
    assert list(Comparison.objects.values()) == before
    assert DeclaredFacts.objects.count() == 1


def test_book_as_of_takes_no_act_on_the_book(health: Agency):
    with pytest.raises(DatabaseError), book_as_of(timezone.now()):
        book.create_agency(code="X", name="X", kind="unit", parent=health, by=None)
    assert not Agency.objects.filter(code="X").exists()


@pytest.mark.django_db(transaction=True)
def test_book_as_of_holds_up_nobody():
    root = book.create_agency(code="R", name="Chính phủ", kind="government", parent=None, by=None)
    book.record_official(agency=root, staff_code="1", full_name="Lê Hoa", by=None)
    names = ("accounts_official", "accounts_account", "accounts_agency")

    def locks() -> list[tuple[str, ...]]:
        cursor.execute(
            " UNION ALL ".join(f"SELECT id, xmax::text FROM public.{name}" for name in names)  # noqa: S608 - ours
        )
        return list(cursor.fetchall())

    with connection.cursor() as cursor:
        before = locks()
        with book_as_of(timezone.now()):
            for name in names:
                cursor.execute(f"SELECT id FROM {name} ORDER BY id FOR NO KEY UPDATE")  # noqa: S608 - as above
                assert cursor.fetchall() or name == "accounts_account"
            assert locks() == before
        cursor.execute("SELECT id FROM accounts_official ORDER BY id FOR NO KEY UPDATE")
    assert before


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_table_of_the_book_says_what_it_shows_of_the_past(model: type[Model]):
    assert is_known(model), f"{model.__name__}: see accounts.as_of"
