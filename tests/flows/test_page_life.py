"""An agency's page from its declaration to the merger of its agency, and what the public sees of it."""

from datetime import date

import pytest
from django.utils import timezone

from accounts import services as book
from accounts.models import Comparison, Official, Status
from accounts.platforms import recognise
from accounts.public_pages import former_pages, page_identifiers, public_pages
from registry.declarations import services
from registry.declarations.models import PageDeclaration
from registry.declarations.page_selectors import page_entries_for, page_queue_for
from registry.declarations.states import PageKind, State
from registry.findings.models import Finding
from registry.findings.models import State as Standing
from registry.findings.services import run_changed
from registry.rules.rule import Subject
from tests.factories import OfficialFactory
from tests.registry.pages import LINK, put_forward, said
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


def found() -> set[str]:
    """The rules that speak against a page, as the next run of every minute says."""
    run_changed()
    standing = Finding.objects.filter(subject_kind=Subject.PAGE).exclude(state=Standing.RESOLVED)
    return set(standing.values_list("rule", flat=True))


def enter(country: Country, head: Official, administrators: list[Official]) -> PageDeclaration:
    declared = put_forward(
        country.health, said(responsible=head, administrators=administrators), by=country.hr
    )
    return services.approve_page(declaration=declared, by=country.hr2)


def change(country: Country, declared: PageDeclaration, **changes: object) -> None:
    whole = {"responsible": None, "administrators": []} | changes
    changed = services.put_page_forward(
        agency=country.health,
        account=declared.account,
        said=said(**whole),  # type: ignore[arg-type]
        by=country.hr,
    )
    assert changed.kind == PageKind.CHANGE
    services.approve_page(declaration=changed, by=country.hr2)


def test_page_lives_from_its_declaration_to_the_merger_of_its_agency():
    country = make_country()
    head, first, second, third = OfficialFactory.create_batch(4, agency=country.health)

    declared = put_forward(
        country.health, said(responsible=head, administrators=[first, second]), by=country.hr
    )
    assert declared.state == State.SUBMITTED
    assert list(page_queue_for(country.hr2)) == [declared]
    assert not page_queue_for(country.hr).exists()  # four eyes
    assert not public_pages().exists()

    services.approve_page(declaration=declared, by=country.hr2)
    assert found() == set()
    page = public_pages().get()
    assert (page["agency_code"], page["name_shown"]) == (country.health.code, "Sở Y tế")
    assert page["responsible_name"] == head.records.get().full_name
    assert page["contact_phone"] == "+842438234567"
    entered = timezone.now()

    # an administrator leaves: the page is flagged the same minute, and put right by naming another
    book.amend_official(official=second, by=None, status=Status.LEFT)
    assert found() == {"PAG-03", "PAG-04"}
    change(country, declared, responsible=head, administrators=[first, third])
    assert found() == set()

    # who answers for it moves to another department: no longer named to the public
    book.amend_official(official=head, by=None, agency=country.culture)
    assert found() == {"PAG-01"}
    assert public_pages().get()["responsible_name"] is None
    change(country, declared, responsible=third, administrators=[first, third])
    assert found() == set()

    # the agency merges: the page is left behind until the successor's HR takes it over
    book.merge_agency(
        agency=country.health,
        successor=country.culture,
        on=timezone.localdate(),
        number="99/NQ-HĐND",
        decided_on=date(2026, 1, 1),
        by=None,
    )
    assert "PAG-10" in found()
    moved = services.put_page_forward(
        agency=country.culture,
        account=declared.account,
        said=said(responsible=third, administrators=[first, third], name="Sở Văn hóa"),
        by=country.hr_culture,
    )
    assert moved.kind == PageKind.TRANSFER
    services.approve_page(declaration=moved, by=country.hr_province)
    assert found() == set()
    page = public_pages().get()
    assert (page["agency_code"], page["name_shown"]) == (country.culture.code, "Sở Văn hóa")
    former = former_pages().get()
    assert (former["agency_code"], former["moved_to"]) == (country.health.code, country.culture.pk)
    assert public_pages(as_of=entered).get()["agency_code"] == country.health.code

    # and it is closed
    closing = services.ask_to_close_page(account=declared.account, by=country.hr_culture)
    services.approve_page(declaration=closing, by=country.hr_province)
    assert not public_pages().exists()
    assert {row["agency_code"] for row in former_pages()} == {country.health.code, country.culture.code}
    assert found() == set()
    assert not page_entries_for(country.hr_culture).exists()
    assert {row["url"] for row in page_identifiers()} == {recognise(LINK).url}
    run_changed()
    assert not Comparison.objects.exists()
