"""Acts on many: asked for, done by a worker once and wholly, taken over, told, taken back."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts import services as book
from accounts.models import Official, OfficialRecord, PeopleMove
from accounts.services import moving
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from common.holding import held
from registry.bulk import doing, services
from registry.bulk.models import BulkAct, PassedOver, Reason
from registry.bulk.selectors import act_for, acts_for, is_at_work, passed_over
from registry.findings import services as findings
from registry.findings.models import Finding, State, WaiverBatch
from registry.findings.proofs import _root
from registry.notifications.models import Message, Reminder
from tests.factories import EntryFactory, OfficialFactory
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    """A province with two departments, another province, and people in them."""
    return make_country()


def place_of(official: Official) -> str:
    return OfficialRecord.objects.current().get(official=official).agency.code


def done(act: BulkAct) -> BulkAct:
    """The act after a worker had it."""
    services.work(act.pk)
    act.refresh_from_db()
    return act


def moved(country: Country, *people: Official) -> BulkAct:
    return services.ask_move(
        officials=[each.pk for each in people], to=country.culture, by=country.hr_province
    )


def why(act: BulkAct) -> dict[int, str]:
    return dict(act.passed.values_list("subject_id", "reason"))


# --- move


def test_move_is_done_by_a_worker_once_and_says_who_stayed_and_why(country: Country):
    gone = OfficialFactory.create(agency=country.health, status="left")
    there = OfficialFactory.create(agency=country.culture)
    act = moved(country, country.lan, gone, there)
    assert act.state == BulkAct.State.WAITING
    assert place_of(country.lan) == country.health.code
    done(act)
    done(act)
    assert (act.state, act.done, act.targets, act.facts) == (BulkAct.State.DONE, 1, [], {})
    assert place_of(country.lan) == country.culture.code
    assert act.thing == PeopleMove.objects.get().public_id
    assert why(act) == {gone.pk: Reason.GONE, there.pk: Reason.THERE}
    assert dict(passed_over(act)) == {Reason.GONE: 1, Reason.THERE: 1}


def test_move_passes_over_who_went_out_of_sight_meanwhile(country: Country):
    other = OfficialFactory.create(agency=country.health)
    act = moved(country, country.lan, other)
    book.amend_official(official=other, by=None, agency=country.elsewhere)
    done(act)
    assert act.done == 1
    assert why(act) == {other.pk: Reason.OUT}
    assert place_of(other) == country.elsewhere.code


def test_move_asked_twice_is_done_once_and_then_refused_in_words(country: Country):
    first, second = moved(country, country.lan), moved(country, country.lan)
    assert done(first).state == BulkAct.State.DONE
    done(second)
    assert second.state == BulkAct.State.REFUSED
    assert second.error_message
    assert PeopleMove.objects.count() == 1


def test_move_is_refused_where_the_officer_lost_the_role(country: Country):
    act = moved(country, country.lan)
    country.hr_province.grants.update(ended_at=timezone.now())
    done(act)
    assert act.state == BulkAct.State.REFUSED
    assert place_of(country.lan) == country.health.code
    with pytest.raises(NotFoundError):
        act_for(country.hr_province, act.public_id)


def test_move_of_more_people_than_one_statement_takes(country: Country, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(moving, "_AT_ONCE", 2)
    people = [OfficialFactory.create(agency=country.health) for _number in range(5)]
    assert done(moved(country, *people)).done == 5
    assert {place_of(each) for each in people} == {country.culture.code}
    assert (
        OfficialRecord.objects.current()
        .filter(agency=country.culture)
        .values("recorded_from")
        .distinct()
        .count()
        == 1
    )


def test_move_is_taken_back_by_a_worker_too(country: Country):
    done(moved(country, country.lan))
    move = PeopleMove.objects.get()
    act = done(services.ask_move_back(move=move, by=country.hr_province))
    assert (act.state, act.chosen, act.done, act.thing) == ("done", 1, 1, move.public_id)
    assert place_of(country.lan) == country.health.code
    move.refresh_from_db()
    assert move.undone_by == country.hr_province
    with pytest.raises(ConflictError):
        services.ask_move_back(move=move, by=country.hr_province)


def test_move_back_of_what_was_built_upon_is_refused_and_changes_nothing(country: Country):
    done(moved(country, country.lan))
    back = services.ask_move_back(move=PeopleMove.objects.get(), by=country.hr_province)
    book.amend_official(official=country.lan, by=None, position="Trưởng phòng")
    done(back)
    assert back.state == BulkAct.State.REFUSED
    assert place_of(country.lan) == country.culture.code
    assert PeopleMove.objects.get().undone_at is None


def test_ask_for_others_peoples_people_is_not_there(country: Country):
    foreign = OfficialFactory.create(agency=country.culture)
    for officials in ([foreign.pk], [country.lan.pk, foreign.pk], []):
        with pytest.raises(NotFoundError):
            services.ask_remind(officials=officials, by=country.hr)
    with pytest.raises(NotFoundError):
        services.ask_move(officials=[country.lan.pk], to=country.culture, by=country.hr)
    assert not BulkAct.objects.exists()


def test_ask_for_too_many_says_how_many_one_act_takes(country: Country, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "MOST", 1)
    other = OfficialFactory.create(agency=country.health)
    with pytest.raises(RegistryError) as refused:
        services.ask_remind(officials=[country.lan.pk, other.pk], by=country.hr)
    assert (refused.value.code, refused.value.extra) == ("too_many", {"most": 1})


# --- remind


def test_remind_writes_letters_and_says_who_got_none(country: Country):
    without = OfficialFactory.create(agency=country.health, work_email="")
    gone = OfficialFactory.create(agency=country.health)
    twice = OfficialFactory.create(agency=country.health)
    done(services.ask_remind(officials=[twice.pk], by=country.hr2))
    asked = [country.lan.pk, without.pk, gone.pk, twice.pk]
    act = services.ask_remind(officials=asked, by=country.hr)
    book.amend_official(official=gone, by=None, status="left")
    done(act)
    assert (act.state, act.done, act.chosen) == ("done", 1, 4)
    assert why(act) == {without.pk: "without", gone.pk: "gone", twice.pk: "already"}
    assert Message.objects.filter(reminder__asked_by=country.hr).count() == 1
    assert Reminder.objects.get(asked_by=country.hr).public_id == act.thing


# --- waive


@pytest.fixture
def found(country: Country) -> list[Finding]:
    """Two findings about two people."""
    for name in ("Lê A", "Lê B"):
        EntryFactory.create(
            facts__official__agency=country.health,
            facts__official__full_name=name,
            facts__name_shown="Mẹ Bắp",
        )
    findings.run_changed()
    return list(Finding.objects.filter(rule="ACC-02").order_by("pk"))


def waived(country: Country, found: list[Finding], *, proof: io.BytesIO | None = None) -> BulkAct:
    rows = Finding.objects.filter(pk__in=[each.pk for each in found])
    return services.ask_waive(
        found=rows, reason="Bút danh", until=timezone.localdate(), proof=proof, by=country.hr
    )


def proofs() -> set[str]:
    return {str(path) for path in _root().rglob("*.pdf")}


def test_waive_waives_all_and_keeps_one_proof(country: Country, found: list[Finding]):
    before = proofs()
    act = done(waived(country, found, proof=io.BytesIO(b"%PDF-1.7\n%%EOF\n")))
    batch = WaiverBatch.objects.get()
    assert (act.state, act.done, act.thing) == ("done", 2, batch.public_id)
    assert batch.proof
    assert len(proofs() - before) == 1
    assert set(Finding.objects.filter(rule="ACC-02").values_list("state", flat=True)) == {State.WAIVED}
    back = done(services.ask_waive_back(batch=batch, by=country.hr2))
    assert (back.state, back.done) == ("done", 2)
    with pytest.raises(ConflictError):
        services.ask_waive_back(batch=batch, by=country.hr)


def test_waive_says_which_were_waived_already(country: Country, found: list[Finding]):
    act = waived(country, found)
    done(waived(country, found[:1]))
    done(act)
    assert act.done == 1
    assert why(act) == {found[0].pk: Reason.WAIVED}


def test_waive_refused_leaves_no_proof(country: Country, found: list[Finding]):
    before = proofs()
    act = waived(country, found, proof=io.BytesIO(b"%PDF-1.7\n%%EOF\n"))
    assert len(proofs() - before) == 1
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        done(act)
    assert act.state == BulkAct.State.REFUSED
    assert proofs() == before


def test_waive_is_refused_at_once_where_what_was_said_will_not_do(country: Country, found: list[Finding]):
    rows = Finding.objects.filter(pk__in=[each.pk for each in found])
    today = timezone.localdate()
    for said in (
        {"reason": " ", "until": today},
        {"reason": "x", "until": today - timedelta(days=1)},
        {"reason": "x", "until": today, "proof": io.BytesIO(b"none")},
    ):
        with pytest.raises(RegistryError):
            services.ask_waive(found=rows, by=country.hr, **said)  # type: ignore[arg-type]  # each of its own
    with pytest.raises(NotFoundError):
        services.ask_waive(found=rows, reason="x", until=today, by=country.hr_culture)
    assert not BulkAct.objects.exists()


def test_waive_of_what_is_about_oneself_is_refused(country: Country):
    EntryFactory.create(facts__official=country.lan, facts__name_shown="Mẹ Bắp")
    findings.run_changed()
    country.hr.official = country.lan
    country.lan_login.official = None
    country.lan_login.save()
    country.hr.save()
    with pytest.raises(NotAllowedError):
        waived(country, list(Finding.objects.filter(official_id=country.lan.pk)))


# --- workers


@contextmanager
def another_worker(act: BulkAct) -> Iterator[None]:
    """A worker on a connection of its own has the act."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [services.LOCK, act.pk])
        yield
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        own.close()


def test_work_leaves_an_act_another_worker_has(country: Country):
    act = moved(country, country.lan)
    with another_worker(act):
        assert is_at_work(act)
        assert done(act).state == BulkAct.State.WAITING
        assert services.resume_waiting() == 0
    assert services.resume_waiting() == 1
    assert done(act).state == BulkAct.State.DONE
    assert services.resume_waiting() == 0


def test_work_that_breaks_off_is_tried_again_whole_and_then_told(
    country: Country, monkeypatch: pytest.MonkeyPatch
):
    act = moved(country, country.lan)
    half = doing.DOING["move"]

    def broken(found: BulkAct, tell: doing.Tell) -> doing.Outcome:
        half(found, tell)
        raise ZeroDivisionError

    monkeypatch.setattr(services, "DOING", {"move": broken})
    for _time in range(services.MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            services.work(act.pk)
        assert place_of(country.lan) == country.health.code
        assert services.resume_waiting() == 1
    done(act)
    assert (act.state, bool(act.error_message)) == (BulkAct.State.REFUSED, True)
    assert services.resume_waiting() == 0
    assert held(services.LOCK) == set()
    assert not PeopleMove.objects.exists()


def test_act_is_told_to_who_asked_for_it_only(country: Country):
    act = moved(country, country.lan)
    assert list(acts_for(country.hr_province)) == [act]
    assert act_for(country.hr_province, act.public_id) == act
    for other in (country.hr, country.hr_elsewhere, country.lan_login):
        assert not acts_for(other).exists()
        with pytest.raises(NotFoundError):
            act_for(other, act.public_id)


def test_purge_erases_whom_old_acts_passed_over(country: Country):
    gone = OfficialFactory.create(agency=country.health, status="left")
    act = done(moved(country, country.lan, gone))
    assert services.purge() == 0
    with time_machine.travel(timezone.now() + services.KEEP + timedelta(days=1)):
        assert services.purge() == 1
    assert not PassedOver.objects.exists()
    act.refresh_from_db()
    assert act.done == 1
