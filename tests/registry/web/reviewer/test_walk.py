"""Every page of the area: who may open it, and that a foreign thing is not there."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from accounts.models import AgencyRecord, Entry, IncidentKind, OfficialRecord
from accounts.platforms import recognise
from accounts.services import (
    merge_agency,
    move_people,
    record_permanent_id,
    record_regulation,
    report_incident,
)
from common.audit.models import AuditEvent
from registry.bulk.services import ask_remind
from registry.declarations.models import Declaration
from registry.declarations.services import approve_page, confirm_fake
from registry.findings.models import Finding, WaiverBatch
from registry.findings.services import run_changed, waive
from registry.intake import services as intake
from registry.intake.models import Import, Kind
from registry.lookup.services import report_impostor
from registry.notifications.reminders import remind
from registry.privacy.models import Asked
from registry.privacy.services import ask
from registry.rules.rule import Subject
from registry.users.models import User
from registry.users.services import save_list
from registry.web.reviewer.urls import urlpatterns
from tests.factories import (
    AgencyFactory,
    DeclarationFactory,
    EntryFactory,
    OfficialFactory,
    RoleGrantFactory,
)
from tests.registry.pages import put_forward, said
from tests.registry.people import Country
from tests.registry.web.reviewer.lists import staff_list

REDIRECTS = {"agencies", "waive", "waive_people", "remind", "move_people"}  # to the one agency; none chosen
ASKER_ONLY = {
    "list_forget",
    "reminder",
    "reminder_progress",
    "act",
    "act_progress",
}  # a login's own, whatever the branch
POST_ONLY = {
    "approve", "open", "leave", "invite", "withdraw_invitation", "import_apply", "import_discard",
    "finding_undo", "data_acknowledge", "seen", "page_approve", "page_return", "page_withdraw",
    "page_confirm", "page_look", "list_save",
}  # fmt: skip


def waived(entry: Entry, *, by: User) -> tuple[Finding, WaiverBatch]:
    """A finding of the account, waived with a proof."""
    run_changed()
    found = Finding.objects.filter(subject_id=entry.account_id, subject_kind=Subject.ACCOUNT).first()
    assert found is not None
    proof = io.BytesIO(b"%PDF-1.7\n%%EOF\n")
    done = waive(findings=[found], reason="Đã xét", until=timezone.localdate(), proof=proof, by=by)
    return found, done.batch


def addresses(country: Country) -> dict[str, str]:
    """Every address of the area, for things of the health department."""
    declaration = DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)
    dispute = DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)
    Declaration.objects.filter(pk=dispute.pk).update(state="disputed")
    entry = EntryFactory.create(facts__official=country.lan)
    job = intake.receive(
        kind=Kind.STAFF,
        source=staff_list([("YT01", "Lê Văn A", "Sở Y tế"), ("YT02", "Lê Văn B", "Sở Không Có")]),
        agency=country.health,
        by=country.hr,
        file_name="ds.csv",
        look_first=True,
    )
    intake.read_by(job=intake.look(job), by=country.hr, fields={})
    intake.work(job.pk)
    found_thing, batch = waived(entry, by=country.hr)
    incident = report_incident(
        official=country.lan, kind=IncidentKind.LOST, noticed_on=timezone.localdate(), by=country.lan_login
    )
    wrong_id = record_permanent_id(
        account=entry.account, link=recognise("https://www.facebook.com/profile.php?id=100012345678"), by=None
    )
    request = ask(official=country.lan, kind=Asked.CORRECT, text="Sai chức vụ", by=country.lan_login)
    head = OfficialFactory.create(agency=country.health)  # named to everybody; who runs the page is not
    standing = put_forward(
        country.health, said(responsible=head, administrators=[country.lan]), by=country.hr2
    )
    approve_page(declaration=standing, by=country.hr_province)
    page = put_forward(
        country.health,
        said(responsible=head, administrators=[country.lan]),
        by=country.hr2,
        link="https://www.tiktok.com/@soyte",
    )
    held = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.culture))
    claim = put_forward(
        country.health,
        said(responsible=head, administrators=[country.lan]),
        by=country.hr2,
        link=held.account.identifiers.get().url,
    )
    fake = confirm_fake(
        agency=country.health, link=recognise("https://www.facebook.com/soyte.gia"), by=country.hr
    )
    reported = report_impostor(
        agency=country.health, link=recognise("https://www.facebook.com/soyte.mao.danh")
    )
    number = "12/QĐ-SYT"
    today = timezone.localdate()
    merger = merge_agency(
        agency=country.health, successor=country.culture, on=today + timedelta(days=30), number="7/QĐ",
        decided_on=today, by=country.hr,
    )  # fmt: skip
    ward = AgencyFactory.create(parent=country.health, name="Phòng Một", kind="unit")
    with_him = OfficialFactory.create(agency=ward)
    people = OfficialRecord.objects.current().filter(official=with_him)
    move = move_people(people=people, to=country.health, by=country.hr)
    reminder = remind(officials=[country.lan.pk], by=country.hr)
    act = ask_remind(officials=[country.lan.pk], by=country.hr)
    kept = save_list(name="Chưa kê khai", query="declared=missing", by=country.hr)
    record_regulation(
        agency=country.health, number=number, issued_on=today, in_force_from=today, by=country.hr
    )
    things: dict[str, dict[str, object]] = {
        "public_id": {
            "finding": found_thing.public_id,
            "finding_undo": found_thing.public_id,
            "waiver": batch.public_id,
            "waiver_undo": batch.public_id,
            "proof": batch.public_id,
            "official": country.lan.public_id,
            "edit": country.lan.public_id,
            "paper_form": country.lan.public_id,
            "data_request": request.public_id,
            "data_acknowledge": request.public_id,
            "data_extend": request.public_id,
            "register": country.lan.public_id,
            "report_incident": country.lan.public_id,
            "invite": country.lan.public_id,
            "withdraw_invitation": country.lan.public_id,
            "case": declaration.public_id,
            "approve": declaration.public_id,
            "return": declaration.public_id,
            "open": declaration.public_id,
            "leave": declaration.public_id,
            "dispute": dispute.public_id,
            "page_dispute": claim.public_id,
            "incident": incident.public_id,
            "list_forget": kept.public_id,
            "reminder": reminder.public_id,
            "reminder_progress": reminder.public_id,
            "act": act.public_id,
            "act_progress": act.public_id,
            "move": move.public_id,
            "move_undo": move.public_id,
            "merger": merger.public_id,
            "merger_take_back": merger.public_id,
            **dict.fromkeys(
                ("page_case", "page_correct", "page_approve", "page_return", "page_withdraw"), page.public_id
            ),
        },
        "account_id": {
            **dict.fromkeys(("close", "identifiers", "handle", "strike_identifier"), entry.account.public_id),
            **dict.fromkeys(
                (
                    "page",
                    "page_change",
                    "page_transfer",
                    "page_confirm",
                    "page_close",
                    "page_seen",
                    "page_look",
                ),
                standing.account.public_id,
            ),
        },
        "fake": {"fake_withdraw": fake.pk},
        "ticket": {"impostor": reported.ticket},
        "identifier": {"strike_identifier": wrong_id.pk},
        "code": dict.fromkeys(
            ("agency", "contact", "merge", "regulation", "strike", "profile"), country.health.code
        ),
        "kind": {"upload": "staff"},
    }
    found = {}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        name = str(pattern.name)
        kwargs = {
            key: things[key].get(name, job.public_id if name.startswith("import") else None)
            for key in pattern.pattern.converters
        }
        query = {"number": number} if name == "strike" else {}
        found[name] = reverse(f"reviewer:{name}", kwargs=kwargs, query=query)
    return found


def status_of(browser: Client, address: str, *, follow: bool = False) -> int:
    """The answer's status; a file is read to its end, as a browser does."""
    answer = browser.get(address, follow=follow)
    if answer.streaming:
        assert answer.getvalue()
    return answer.status_code


def test_every_page_for_the_officer_of_the_branch(country: Country, hr: Client):
    for name, address in addresses(country).items():
        if name in {"dispute", "page_dispute", "merger", "merger_take_back"}:
            continue  # decided by an officer above both sides
        expected = {405} if name in POST_ONLY else {302} if name in REDIRECTS else {200}
        assert status_of(hr, address) in expected, name


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_in_both_languages(country: Country, signed_in: Callable[[User], Client], language: str):
    browser = signed_in(country.hr_province)
    browser.cookies["django_language"] = language
    for name, address in addresses(country).items():
        if name in ASKER_ONLY:
            continue
        assert status_of(browser, address, follow=True) == (405 if name in POST_ONLY else 200), name


def test_every_thing_of_another_branch_is_not_there(country: Country, stranger: Client):
    found = addresses(country)
    own = {"home", "staff", "invitations", "queue", "together", "disputes", "imports", "upload", "agencies",
        "findings", "waive", "waivers", "incidents", "data_requests", "pages", "page_declare", "fake",
        "impostors", "remind", "move_people", "waive_people", "acts",
    }  # fmt: skip
    for name, address in found.items():
        if name in {"seen", "list_save"}:
            continue  # nobody's but the officer's own
        if name in own:
            assert stranger.get(address, follow=True).status_code == 200, name
            continue
        answers = {stranger.get(address).status_code, stranger.post(address, {}).status_code}
        assert answers <= {404, 405}, name
        assert 404 in answers, name


def test_lists_of_another_branch_hold_nothing_of_this_one(country: Country, stranger: Client):
    found = addresses(country)
    for name in (
        "home",
        "staff",
        "queue",
        "together",
        "disputes",
        "imports",
        "findings",
        "waivers",
        "incidents",
        "data_requests",
        "impostors",
    ):
        body = stranger.get(found[name]).content.decode()
        assert "Trần Thị Lan" not in body, name
        assert "Sở Y tế" not in body, name


@pytest.mark.parametrize("who", ["lan_login", "auditor"])
def test_no_page_is_there_without_the_role(country: Country, signed_in: Callable[[User], Client], who: str):
    if who == "auditor":
        RoleGrantFactory.create(user=country.lan_login, role="auditor", agency=country.health)
    browser = signed_in(country.lan_login)
    for name, address in addresses(country).items():
        assert browser.get(address).status_code in {404, 405}, name


def test_a_unit_of_another_branch_in_the_address_is_not_there(country: Country, hr: Client):
    for name in ("home", "staff", "findings", "invitations"):
        assert hr.get(reverse(f"reviewer:{name}"), {"unit": country.culture.code}).status_code == 404


def test_looking_changes_nothing_but_the_log(country: Country, hr: Client):
    found = addresses(country)
    before = {
        model: list(model.objects.order_by("pk").values()) for model in (Declaration, Import, AgencyRecord)
    }
    seen = AuditEvent.objects.count()
    for name, address in found.items():
        if name != "dispute":
            status_of(hr, address)
    assert {model: list(model.objects.order_by("pk").values()) for model in before} == before
    added = AuditEvent.objects.order_by("pk")[seen:]
    assert {event.act for event in added} == {"official.viewed", "declaration.viewed", "import.refused_taken",
        "waiver.proof_taken",
    }  # fmt: skip

    assert {event.actor_id for event in added} == {country.hr.pk}
