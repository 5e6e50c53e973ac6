"""Letters to agencies' officers about their pages, and to people about an incident, over a real SMTP."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from accounts.models import IncidentKind, Status
from accounts.platforms import recognise
from registry.declarations import services as declarations
from registry.declarations.models import PageDeclaration
from registry.lookup.services import LETTER_EVERY, report_impostor
from registry.notifications import services
from registry.notifications.letters import IMPOSTORS, OWN_INCIDENT, PAGE, PAGE_DECLARATION, PAGES
from registry.notifications.models import Message, Template
from registry.notifications.services import Sent
from registry.users.models import Role, User
from registry.users.selectors import officers_over
from tests.factories import AgencyFactory, OfficialFactory, SuccessionFactory
from tests.registry.notifications.conftest import text_of
from tests.registry.notifications.mailbox import Mailbox
from tests.registry.pages import put_forward, said
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db

SITE = "https://so.example.gov.vn"
OFFICERS = ("hr", "hr2", "hr_culture", "hr_province", "hr_elsewhere")


@pytest.fixture
def country() -> Country:
    made = make_country()
    for name in OFFICERS:
        User.objects.filter(pk=getattr(made, name).pk).update(email=f"{name}@example.gov.vn")
    return made


def declared(country: Country) -> PageDeclaration:
    return put_forward(
        country.health, said(responsible=country.lan, administrators=[country.lan]), by=country.hr
    )


def held_by_culture(country: Country) -> PageDeclaration:
    mine = OfficialFactory.create(agency=country.culture)
    theirs = said(responsible=mine, administrators=[mine], name="Sở Văn hóa")
    put = put_forward(country.culture, theirs, by=country.hr_culture)
    return declarations.approve_page(declaration=put, by=country.hr_province)


def written(mailbox: Mailbox) -> dict[str, str]:
    """Who was written to, with the one address each letter leads to; and the box is empty again."""
    found = {}
    for number, letter in enumerate(mailbox.letters):
        body = text_of(mailbox, number)
        (found[str(letter["To"]).partition("@")[0]],) = [
            line.removeprefix(SITE) for line in body.split() if line.startswith(SITE)
        ]
        assert "Trần Thị Lan" not in body
        assert "facebook" not in body
        assert "Sở Văn hóa" not in body
    mailbox.letters.clear()
    return found


@pytest.mark.parametrize(
    ("act", "subject"),
    [
        (lambda put, by: declarations.approve_page(declaration=put, by=by), "đã được duyệt"),
        (
            lambda put, by: declarations.return_page(declaration=put, reason="Thiếu quyết định", by=by),
            "cần bổ sung",
        ),
    ],
    ids=["approved", "returned"],
)
def test_a_decision_on_a_page_is_told_to_its_author_and_the_agency_s_officers(
    country: Country, mailbox: Mailbox, act: Callable[[PageDeclaration, User], object], subject: str
):
    put = declared(country)
    assert services.send_waiting() == Sent()  # that it was put forward is no letter
    act(put, country.hr_province)
    assert services.send_waiting() == Sent(written=2, sent=2)
    assert all(subject in str(letter["Subject"]) for letter in mailbox.letters)
    assert "Thiếu quyết định" not in text_of(mailbox)
    at = PAGE_DECLARATION.format(declaration=put.public_id)
    assert written(mailbox) == {"hr": at, "hr2": at}
    assert services.send_waiting() == Sent()


def test_who_decided_is_not_written_to(country: Country, mailbox: Mailbox):
    declarations.approve_page(declaration=declared(country), by=country.hr2)
    services.send_waiting()
    assert set(written(mailbox)) == {"hr"}


def test_an_author_above_is_told_too_and_in_their_language(country: Country, mailbox: Mailbox):
    User.objects.filter(pk=country.hr_province.pk).update(language="en")
    put = put_forward(
        country.health, said(responsible=country.lan, administrators=[country.lan]), by=country.hr_province
    )
    declarations.return_page(declaration=put, reason="Sai tên", by=country.hr)
    services.send_waiting()
    subjects = {str(each["To"]): str(each["Subject"]).strip() for each in mailbox.letters}
    assert subjects == {
        "hr_province@example.gov.vn": "A declaration of an agency’s page was returned",
        "hr2@example.gov.vn": "Khai báo về trang của cơ quan cần bổ sung",
    }


def test_two_decisions_taken_together_are_one_letter(country: Country, mailbox: Mailbox):
    first = declared(country)
    second = put_forward(
        country.health,
        said(responsible=country.lan, administrators=[country.lan]),
        by=country.hr,
        link="https://www.tiktok.com/@soyte",
    )
    for put in (first, second):
        declarations.approve_page(declaration=put, by=country.hr2)
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert "2 khai báo" in text_of(mailbox)
    assert text_of(mailbox).count("/hr/pages/declarations/") == 2


def test_a_claim_is_told_to_the_agency_that_holds_the_page(country: Country, mailbox: Mailbox):
    held = held_by_culture(country)
    services.send_waiting()
    mailbox.letters.clear()
    declared(country)
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert str(mailbox.letters[0]["Subject"]).strip() == "Trang của cơ quan đang có tranh chấp"
    assert written(mailbox) == {"hr_culture": PAGE.format(page=held.account.public_id)}


@pytest.mark.parametrize("outcome", ["give", "keep"])
def test_how_a_dispute_ended_is_told_to_both_sides(country: Country, mailbox: Mailbox, outcome: str):
    held = held_by_culture(country)
    claim = declared(country)
    services.send_waiting()
    mailbox.letters.clear()
    declarations.decide_page_dispute(
        declaration=claim,
        outcome="give" if outcome == "give" else "keep",
        reason="Theo hồ sơ của Sở Văn hóa",
        by=country.hr_province,
    )
    services.send_waiting()
    own = PAGE_DECLARATION.format(declaration=claim.public_id)
    theirs = PAGES if outcome == "give" else PAGE.format(page=held.account.public_id)
    assert written(mailbox) == {"hr": own, "hr2": own, "hr_culture": theirs}


def test_an_impostor_reported_is_told_to_the_agency_s_officers(country: Country, mailbox: Mailbox):
    link = recognise("https://www.facebook.com/soyte.mao.danh")
    report_impostor(agency=country.health, link=link, name_shown="Sở Y tế ✓")
    assert services.send_waiting() == Sent(written=2, sent=2)
    assert str(mailbox.letters[0]["Subject"]).strip() == "Có người dân báo trang giả mạo cơ quan"
    assert "1 trang" in text_of(mailbox)
    assert written(mailbox) == {"hr": IMPOSTORS, "hr2": IMPOSTORS}
    report_impostor(agency=country.health, link=link)  # the same page again is the same report
    assert services.send_waiting() == Sent()


def test_many_reports_are_one_letter_an_hour(country: Country, mailbox: Mailbox):
    def report(number: int) -> None:
        report_impostor(
            agency=country.health, link=recognise(f"https://www.facebook.com/soyte.mao.danh{number}")
        )

    report(0)
    services.send_waiting()
    for number in range(1, 4):
        report(number)
    assert services.send_waiting() == Sent()
    with time_machine.travel(timezone.now() + LETTER_EVERY + timedelta(minutes=1)):
        assert services.send_waiting() == Sent(written=2, sent=2)
        assert "3 trang" in text_of(mailbox)
        assert services.send_waiting() == Sent()


def test_an_agency_without_officers_has_the_nearest_above_written_to(country: Country, mailbox: Mailbox):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Một", kind="unit")
    link = recognise("https://www.facebook.com/phongmot.mao.danh")
    report_impostor(agency=ward, link=link)
    assert services.send_waiting() == Sent(written=2, sent=2)
    assert set(written(mailbox)) == {"hr", "hr2"}
    report_impostor(agency=country.government, link=link)
    assert services.send_waiting() == Sent()  # nobody is there to be written to


def test_officers_over_an_agency_that_was_merged_are_those_of_what_it_became(country: Country):
    ward = AgencyFactory.create(parent=country.province, name="Phòng Một", kind="unit")
    SuccessionFactory.create(predecessor=ward, successor=country.culture, on=timezone.localdate())
    assert officers_over([ward.pk, country.health.pk, country.government.pk], Role.HR_OFFICER) == {
        ward.pk: {country.hr_culture.pk},
        country.health.pk: {country.hr.pk, country.hr2.pk},
        country.government.pk: set(),
    }


def test_an_incident_hr_reported_is_told_to_the_person(country: Country, mailbox: Mailbox, client: Client):
    incident = declarations.report_incident(
        official=country.lan, kind=IncidentKind.LOST, noticed_on=timezone.localdate(), by=country.hr
    )
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert str(mailbox.letters[0]["Subject"]).strip() == "Cán bộ tổ chức đã báo sự cố tài khoản thay anh/chị"
    assert mailbox.letters[0]["To"] == country.lan.records.get().work_email
    (link,) = [line for line in text_of(mailbox).split() if line.startswith(SITE)]
    assert link == SITE + OWN_INCIDENT.format(incident=incident.public_id)
    client.force_login(country.lan_login, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(link.removeprefix(SITE)).status_code == 200
    declarations.close_incident(incident=incident, outcome="recovered", by=country.hr)  # type: ignore[arg-type]
    assert services.send_waiting() == Sent()
    assert Message.objects.get().template == Template.INCIDENT


def test_one_s_own_report_of_an_incident_is_no_letter(country: Country, mailbox: Mailbox):
    declarations.report_incident(
        official=country.lan, kind=IncidentKind.LOST, noticed_on=timezone.localdate(), by=country.lan_login
    )
    assert services.send_waiting() == Sent()
    assert mailbox.letters == []


def test_an_incident_of_somebody_who_left_is_no_letter(country: Country, mailbox: Mailbox):
    declarations.report_incident(
        official=country.lan, kind=IncidentKind.LOST, noticed_on=timezone.localdate(), by=country.hr
    )
    book.amend_official(official=country.lan, by=None, status=Status.LEFT)
    assert services.send_waiting() == Sent()
    assert mailbox.letters == []


@pytest.mark.parametrize(
    ("name", "argument", "path"),
    [
        ("official:incident", "incident", OWN_INCIDENT),
        ("reviewer:page_case", "declaration", PAGE_DECLARATION),
        ("reviewer:page", "page", PAGE),
        ("reviewer:pages", "", PAGES),
        ("reviewer:impostors", "", IMPOSTORS),
    ],
)
def test_the_links_of_letters_are_addresses_of_the_web(name: str, argument: str, path: str):
    some = UUID(int=7)
    assert reverse(name, args=[some] if argument else []) == path.format(**{argument or "none": some})
