"""Whatever is done to the book in whatever order: what the engine keeps is what a rebuild would make."""

import contextlib
import random
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from accounts import services as book
from accounts.comparison import (
    recount,
    recount_branches,
    refresh_accounts,
    refresh_agencies,
    refresh_officials,
    refresh_pages,
)
from accounts.models import (
    Account,
    DeclaredFacts,
    Incident,
    IncidentKind,
    Notice,
    Official,
    Outcome,
    Standing,
    Status,
)
from common.errors import RegistryError
from registry.findings import branches
from registry.findings.models import Finding
from registry.findings.services import run_changed, start_sweep, work
from registry.rules.rule import Subject
from tests.factories import UserFactory
from tests.registry.findings.scene import counted, found

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

NAMES = ("Nguyễn Văn Bình", "Trần Thị Hoa", "Mẹ Bắp", "")
AGENCIES = ("Sở Nội vụ", "Sở Y tế", "UBND tỉnh Hà Tĩnh", "Trung tâm X")


def standing() -> set[tuple[int, int, str, str]]:
    rows = Finding.objects.exclude(state="resolved")
    return set(rows.values_list("subject_kind", "subject_id", "rule", "state"))


def swept() -> set[tuple[int, int, str, str]]:
    """What a sweep leaves that has to look at every row: a bit no rule has is set in all of them."""
    for subject in Subject:
        subject.table._default_manager.update(fired=1 << 62)
    work(run=start_sweep())
    return standing()


@pytest.mark.parametrize("seed", range(3))
def test_run_changed_after_any_edits_leaves_what_a_rebuild_would_make(seed: int):
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
    pages = [Account.objects.create(platform="facebook") for _ in range(3)]
    proposed: list[DeclaredFacts] = []
    incidents: list[Incident] = []
    user = UserFactory.create()

    def official() -> Official:
        return chance.choice(officials)

    def said() -> DeclaredFacts:
        return book.state_facts(
            account=chance.choice(accounts), official=official(), by=None, name_shown=chance.choice(NAMES),
            agency_shown=chance.choice(AGENCIES),
        )  # fmt: skip

    def page() -> DeclaredFacts:
        answers = chance.choice([None, official()])
        return book.state_page(
            account=chance.choice(pages), agency=chance.choice(agencies), by=None,
            name_shown=chance.choice(AGENCIES), administrators=chance.sample(officials, 2),
            responsible=answers, responsible_role="head" if answers else "",
            contact_email=chance.choice(["", "a@so.vn"]),
        )  # fmt: skip

    def put_forward() -> None:
        proposed.append(chance.choice([said, page])())
        book.propose(facts=proposed[-1])

    def report() -> None:
        incidents.append(
            book.report_incident(
                official=official(), kind=chance.choice(list(IncidentKind)), by=user,
                noticed_on=date(2026, 1, chance.randint(1, 28)), account=chance.choice([None, *accounts]),
            )
        )  # fmt: skip

    acts: list[Callable[[], object]] = [
        report,
        lambda: incidents and book.log_notice(
            incident=chance.choice(incidents), told=chance.choice(list(Notice)), on=date(2026, 2, 1), by=user
        ),
        lambda: incidents and book.close_incident(
            incident=chance.choice(incidents), outcome=Outcome.RECOVERED, by=user
        ),
        lambda: book.accept_code(official=official(), version=1, by=user),
        lambda: book.amend_official(official=official(), by=None, position=chance.choice(["", "Kế toán"])),
        lambda: book.amend_agency(
            agency=chance.choice(agencies), by=None, contact_email=chance.choice(["", "tccb@example.gov.vn"])
        ),
        lambda: book.amend_agency(
            agency=chance.choice(agencies), by=None, dissolved_on=chance.choice([None, date(2026, 1, 1)])
        ),
        lambda: book.enter(facts=said(), standing=chance.choice(list(Standing)), by=None),
        lambda: book.enter(facts=said(), standing=chance.choice(list(Standing)), by=None),
        put_forward,
        lambda: proposed and book.withdraw_proposal(facts=proposed.pop()),
        lambda: book.enter(facts=page(), standing=Standing.CONFIRMED, by=None),
        lambda: book.enter(facts=page(), standing=Standing.CONFIRMED, by=None),
        lambda: book.close(account=chance.choice(pages), by=None),
        lambda: book.transfer(account=chance.choice(pages), to=chance.choice(agencies), by=None),
        lambda: book.amend_agency(
            agency=chance.choice(agencies), by=None, portal_url=chance.choice(["", "https://so.vn"])
        ),
        lambda: book.close(account=chance.choice(accounts), by=None),
        lambda: book.transfer(account=chance.choice(accounts), to=official(), by=None),
        lambda: book.record_nil(official=official(), by=None),
        lambda: book.amend_official(official=official(), by=None, agency=chance.choice(agencies)),
        lambda: book.amend_official(official=official(), by=None, status=chance.choice(list(Status))),
        lambda: book.amend_agency(agency=chance.choice(agencies), by=None, name=chance.choice(AGENCIES)),
        lambda: book.amend_agency(agency=chance.choice(agencies), by=None, aliases=[chance.choice(AGENCIES)]),
        lambda: book.amend_agency(agency=chance.choice(agencies), by=None, profile=chance.randint(1, 2)),
        lambda: book.move_agency(
            agency=chance.choice(agencies[1:]), parent=chance.choice(agencies), by=None
        ),
        lambda: book.record_regulation(
            agency=chance.choice(agencies), number=chance.choice("12"), by=None, issued_on=date(2024, 1, 1),
            in_force_from=date(2024, 1, 1), obliges_declaration=True, days_to_declare=chance.choice([10, 30]),
            in_force_until=chance.choice([None, date(2025, 1, 1)]),
            minimum_administrators=chance.choice([None, 1, 3]),
        ),
    ]  # fmt: skip
    for _round in range(8):
        for _act in range(10):
            with contextlib.suppress(RegistryError), transaction.atomic():
                chance.choice(acts)()
        run_changed()
        assert counted() == found()
        branches.fold()
        assert counted() == found()
        assert (recount(), recount_branches()) == (0, 0)
        with transaction.atomic():
            assert refresh_accounts([account.pk for account in accounts]) == 0
            assert refresh_officials([each.pk for each in officials]) == 0
            assert refresh_agencies([each.pk for each in agencies]) == 0
            assert refresh_pages([account.pk for account in pages]) == 0
        assert standing() == swept()
