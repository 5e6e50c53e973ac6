from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import names
from accounts.comparison import refresh_accounts, refresh_officials
from accounts.models import (
    Account,
    AccountIdentifier,
    AgencyKind,
    AgencyRecord,
    AgencyVerdict,
    CodeAcceptance,
    Comparison,
    DisclaimerVerdict,
    Entry,
    Incident,
    Likeness,
    NilReturn,
    Official,
    OfficialComparison,
    OfficialRecord,
    Ownership,
    OwnerStatus,
    Photo,
    PhotoVerdict,
    Regulation,
    StandingCode,
)
from accounts.names import NameVerdict
from accounts.photos import DifferenceHash, looks_same
from accounts.platforms import recognise
from accounts.services import branch_of
from common.changes.services import waiting
from registry.declarations.models import Declaration, Step
from registry.declarations.states import State
from registry.demo import places, shown, writing
from registry.demo.dice import dice, urn
from registry.demo.generating import generate
from registry.demo.links import FORMS, Form
from registry.demo.people import invent
from registry.demo.units import add_units
from registry.findings import services
from registry.findings.models import Finding
from tests.registry.demo.filled import filled

pytestmark = pytest.mark.django_db

OFFICIALS = 400
NOW = timezone.make_aware(datetime(2026, 11, 22, 9, 0))  # noqa: DTZ001 - made aware right here


@pytest.fixture(scope="module", autouse=True)
def _register(
    django_db_setup: None,  # noqa: ARG001 - the database must be there first
    django_db_blocker: Any,
    _private_media: None,
) -> Iterator[None]:
    with filled(django_db_blocker, lambda: generate(OFFICIALS, seed=7, now=NOW)):
        yield


def model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def live() -> QuerySet[Comparison, Comparison]:
    return Comparison.objects.filter(standing__gt=StandingCode.DRAFT)


def written(seed: int) -> dict[str, list[Any]]:
    """What a generation writes, from the same numbers on, without what is random by design."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in ("photo", "official", "account", "declaredfacts"):
                cursor.execute(f"ALTER SEQUENCE accounts_{table}_id_seq RESTART WITH 1000000")
        generate(40, seed=seed, now=NOW)
        rows = {}
        with connection.cursor() as cursor:
            for table, columns in writing.COLUMNS.items():
                # a stored file's name tells nothing and cannot be foretold
                kept = [name for name in columns if (table, name) != ("accounts_photo", "name")]
                key = next(
                    name for name in ("id", "official_id", "account_id", "photo_id") if name in columns
                )
                cursor.execute(
                    f"SELECT {', '.join(kept)} FROM {table}"  # noqa: S608 - names of the module
                    f" WHERE {key} >= 1000000 ORDER BY {', '.join(kept)}"
                )
                rows[table] = [tuple(map(str, row)) for row in cursor.fetchall()]
        transaction.set_rollback(True)
    return rows


def test_generate_writes_as_many_as_asked_with_two_and_a_half_accounts_each() -> None:
    assert Official.objects.count() == OFFICIALS
    assert Account.objects.count() == OFFICIALS * 5 // 2
    assert live().count() == OFFICIALS * 5 // 2


def test_generate_with_the_same_seed_writes_the_same() -> None:
    first = written(3)

    assert len(first["accounts_account"]) == 100
    assert first == written(3)
    assert first["accounts_officialrecord"] != written(4)["accounts_officialrecord"]


@pytest.mark.parametrize("table", writing.COLUMNS)
def test_generate_writes_only_what_the_models_let_pass(table: str) -> None:
    model = model_of(table)
    rows = list(model._default_manager.order_by("-pk")[:1000])
    assert rows
    pointing = {field.name for field in model._meta.fields if field.is_relation}  # the database holds these

    for number, row in enumerate(rows):
        row.clean_fields(exclude=pointing)
        if number < 40:
            row.validate_constraints()


def test_generate_compares_as_a_rebuild_would() -> None:
    assert refresh_accounts(list(Account.objects.values_list("pk", flat=True))) == 0
    assert refresh_officials(list(Official.objects.values_list("pk", flat=True))) == 0
    assert not waiting()


def test_generate_again_and_a_rebuild_finds_no_difference() -> None:
    generate(40, seed=9, now=NOW)
    services.work(run=(run := services.start_rebuild()))
    run.refresh_from_db()

    assert run.state == run.State.DONE
    assert (run.differences, run.broken_rules) == (0, {})
    assert run.opened == Finding.objects.count() > 0


def test_generate_files_people_under_their_branch_and_their_keys() -> None:
    for record in OfficialRecord.objects.select_related("official__branch", "agency")[:30]:
        assert record.official.branch == branch_of(record.agency)
        assert record.sort_key == names.sort_key(record.full_name)
        assert record.search_key == names.search_key(record.full_name)


def test_generate_lets_photo_rows_share_few_files() -> None:
    assert Photo.objects.count() > OFFICIALS // 2
    assert Photo.objects.values("name").distinct().count() == 12


def test_generate_gives_each_account_one_owner_and_each_person_one_record() -> None:
    owned = Ownership.objects.current().values_list("account", flat=True)
    recorded = OfficialRecord.objects.current().values_list("official", flat=True)

    assert sorted(owned) == sorted(Account.objects.values_list("pk", flat=True))
    assert sorted(recorded) == sorted(Official.objects.values_list("pk", flat=True))


def test_generate_plants_faults_in_the_shares_it_states() -> None:
    total = live().count()

    def share(**condition: Any) -> float:
        return 1000 * live().filter(**condition).count() / total

    # thousandths of the urns, a thousand accounts: three standard deviations and more
    assert 540 < share(name_verdict=NameVerdict.SAME) < 760
    assert 170 < share(name_verdict=NameVerdict.POSSIBLE) < 330
    assert 40 < share(name_verdict=NameVerdict.DIFFERENT) < 140
    assert 10 < share(name_verdict=NameVerdict.MISSING) < 60
    assert 70 < share(agency_verdict=AgencyVerdict.MISSING) < 180
    assert 520 < share(agency_verdict=AgencyVerdict.CURRENT) < 720
    assert 90 < share(agency_verdict=AgencyVerdict.OTHER) < 270  # those that are no more among them
    assert 30 < share(agency_shown_until__isnull=False) < 150
    assert 660 < share(disclaimer_verdict=DisclaimerVerdict.FULL) < 800
    assert 150 < share(disclaimer_verdict=DisclaimerVerdict.MISSING) < 290
    assert 120 < share(photo_verdict=PhotoVerdict.MISSING) < 240
    assert 15 < share(photo_verdict=PhotoVerdict.TOO_SMALL) < 90
    assert 280 < share(standing=StandingCode.UNCONFIRMED) < 440
    assert 5 < share(owner_status__in=(OwnerStatus.LEFT, OwnerStatus.MOVED)) < 80


def test_generate_plants_the_seldom_faults_too() -> None:
    found = {
        "name flags": set(Comparison.objects.values_list("name_flags", flat=True)),
        "agencies": set(Comparison.objects.values_list("agency_verdict", flat=True)),
        "notices": set(Comparison.objects.values_list("disclaimer_verdict", flat=True)),
    }

    assert found["name flags"] >= {int(flag) for flag in (0, 1, 2, 4)}
    assert found["agencies"] >= set(AgencyVerdict.values) - {AgencyVerdict.FORMER}
    assert found["notices"] == set(DisclaimerVerdict.values)
    assert CodeAcceptance.objects.current().count() > OFFICIALS // 2
    assert Incident.objects.current().exists()
    assert NilReturn.objects.current().exists()
    assert OfficialRecord.objects.filter(recorded_until__isnull=False).exists()
    assert OfficialRecord.objects.current().filter(position="").exists()


def test_generate_plants_pictures_that_look_the_same() -> None:
    pairs = Likeness.objects.select_related("photo", "other")

    assert pairs
    for pair in pairs:
        one, other = (
            (DifferenceHash(each.difference_hash, each.difference_hash_down), bytes(each.detail_hash))
            for each in (pair.photo, pair.other)
        )
        assert looks_same(*one, *other)
        assert Likeness.objects.filter(photo=pair.other, other=pair.photo).exists()
        assert set(pair.photo.bands) & set(pair.other.bands)


def test_generate_lets_some_pages_change_their_names_and_hr_change_what_was_confirmed() -> None:
    given_up = AccountIdentifier.objects.filter(recorded_until__isnull=False)
    overtaken = Entry.objects.filter(recorded_until__isnull=False).select_related("account")

    assert given_up
    for one in given_up:
        current = AccountIdentifier.objects.current().filter(account=one.account)
        assert set(current.values_list("kind", flat=True)) == {"vanity", "permanent_id"}
        assert current.get(kind="vanity").recorded_from == one.recorded_until
    assert overtaken
    for before in overtaken:
        now = Entry.objects.current().get(account=before.account)
        assert (before.standing, now.standing) == ("confirmed", "unconfirmed")
        assert now.recorded_from == before.recorded_until


def test_generate_leaves_claims_and_changes_that_wait() -> None:
    disputed = Declaration.objects.filter(state=State.DISPUTED).select_related("account", "submitted_by")

    assert disputed
    for claim in disputed:
        assert Ownership.objects.current().get(account=claim.account).official_id != claim.official_id
        assert claim.submitted_by is not None
        assert claim.submitted_by.official_id == claim.official_id
        assert not claim.submitted_by.has_usable_password()
    assert Comparison.objects.filter(rival_claims=1).exists()
    assert Comparison.objects.filter(standing=StandingCode.DRAFT).count() == Declaration.objects.count()
    assert not Step.objects.filter(told_at=None).exists()


def test_generate_orders_some_to_declare_and_attaches_profiles() -> None:
    obliged = OfficialComparison.objects.filter(declare_due_on__isnull=False).count()

    assert 0.2 * OFFICIALS < obliged < OFFICIALS
    assert Regulation.objects.current().count() > 15
    assert set(hiding()) == {"TW-BCA", "TW-BQP", "TW-VKSNDTC"}


def hiding() -> set[str]:
    return {place.branch.code for place in places.places() if place.hidden}


def test_demo_command_writes_checks_and_says_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", officials=20, seed=11)

    assert "20" in capsys.readouterr().out
    assert Official.objects.count() == OFFICIALS + 20
    assert Finding.objects.exists()


def test_add_units_fills_up_to_the_number_wanted_and_no_further() -> None:
    there = len(places.places())

    assert add_units(there + 150) == 150
    assert len(places.places()) == there + 150
    assert add_units(there + 150) == 0
    # those of the sectors that hide their units come first, and hide theirs
    assert sum(place.hidden for place in places.places()) == 3 + 150


def test_units_are_enough_for_a_whole_civil_service() -> None:
    of_each = Counter(record.kind for record in AgencyRecord.objects.current().filter(dissolved_on=None))
    provinces, communes = of_each[AgencyKind.PROVINCE], of_each[AgencyKind.COMMUNE]

    assert len(places.places()) + 3 * provinces + 9 * communes >= 30_000


def test_staffing_gives_every_official_a_place_and_each_place_some() -> None:
    staffing = places.Staffing(places.places(), 400, seed=1)

    staff = Counter(staffing.of(number).agency_id for number in range(400))

    assert len(staff) == 20
    assert min(staff.values()) > 1


@pytest.mark.parametrize("form", dict.fromkeys(FORMS), ids=lambda form: form.pasted)
@pytest.mark.parametrize("name", ["H' Hen Niê", "Đỗ Thị Thu", "Y Ŭk Byă", "Nguyễn Thị Minh Thu"])
def test_form_means_what_the_register_reads_in_its_link(form: Form, name: str) -> None:
    for number in (1, 77, 4321, 5_999_999, 23_000_001):
        words = names.search_key(name).split()
        link = recognise(form.link(words, number))
        (own,) = link.identifiers

        assert (form.platform, form.kind) == (link.platform, own.kind)
        assert form.identity(words, number) == (own.key, own.shown, link.url)


def test_forms_of_two_accounts_are_never_one() -> None:
    found = Counter(
        (form.platform, form.kind, form.identity(["nguyen", "van", "an"], number)[0])
        for form in sorted(set(FORMS), key=FORMS.index)
        for number in range(1, 3000)
        if form.own.__name__ != "_dotted"  # the same key as the other way of writing it, for one number
    )

    assert max(found.values()) == 1


def test_name_shown_folded_is_the_same_name_and_an_alias_is_not() -> None:
    rng = dice(2)
    verdicts = Counter(
        names.compare(shown.name_shown("Trần Thị Hoài Thương", rng), "Trần Thị Hoài Thương").verdict
        for _time in range(2000)
    )

    assert 0.55 < verdicts[names.NameVerdict.SAME] / 2000 < 0.75
    assert 0.05 < verdicts[names.NameVerdict.DIFFERENT] / 2000 < 0.12
    assert 0.15 < verdicts[names.NameVerdict.POSSIBLE] / 2000 < 0.35


def test_invent_newcomers_are_few_and_in_post() -> None:
    rng = dice(3)
    people = [invent("Lê Văn Ba", rng=rng) for _time in range(500)]
    new = [person for person in people if person.since is not None and person.since < 30]

    assert 5 < len(new) < 80
    assert {person.status for person in new} == {"in_post"}


def test_urn_of_other_than_a_thousand_is_refused() -> None:
    with pytest.raises(ValueError, match="999"):
        urn({"a": 999})
    assert Counter(urn({"a": 1, "b": 999})) == {"a": 1, "b": 999}


def test_dice_with_the_same_seed_fall_alike() -> None:
    assert dice(1, "a").random() == dice(1, "a").random() != dice(1, "b").random()
