"""What a person is given of their own: all of it, masked and sealed where it must be, in stable keys."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.models import Entry, Official
from accounts.platforms import recognise
from common.audit.models import AuditEvent
from registry.declarations import services as declarations
from registry.findings.models import Finding
from registry.privacy import giving_out, services
from registry.privacy.held import SECTIONS, held_about
from registry.privacy.models import Asked
from registry.privacy.paper import paper_form
from tests.registry.people import Country

PHONE = "0912345678"


@pytest.fixture
def lan(country: Country) -> Official:
    """Somebody of whom something of everything is held."""
    for link in ("https://www.facebook.com/lan.tran.88", f"https://zalo.me/{PHONE}"):
        declarations.register_on_behalf(
            official=country.lan, link=recognise(link), statement={"name_shown": "Lan Trần"}, by=country.hr
        )
    entry = Entry.objects.current().filter(facts__official=country.lan).earliest("pk")
    declarations.confirm_entry(entry=entry, by=country.lan_login)
    services.ask(official=country.lan, kind=Asked.CORRECT, text="Sai chức vụ", by=country.lan_login)
    services.note_look(official=country.lan, page="edit", by=country.hr)
    return country.lan


def given(official: Official) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(giving_out.as_json(official, at=timezone.now()))
    return told


def rows(whole: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return next(list(each["rows"]) for each in whole["sections"] if each["code"] == code)


def test_as_json_has_the_documented_keys(lan: Official):
    whole = given(lan)
    assert list(whole) == [
        *("kind", "version", "language", "made_at", "person"),
        *("sections", "looks", "lists", "not_listed"),
    ]
    assert (whole["kind"], whole["version"]) == ("personal-data", 1)
    assert [each["code"] for each in whole["sections"]] == [section.code for section in SECTIONS]
    assert {tuple(each) for each in whole["sections"]} == {
        ("code", "title", "source", "kept", "kept_words", "rows")
    }


def test_as_json_says_what_is_held(lan: Official):
    whole = given(lan)
    assert rows(whole, "official_records")[0]["full_name"] == "Trần Thị Lan"
    assert rows(whole, "official_records")[0]["agency"]["name"] == "Sở Y tế"
    assert {row["name_shown"] for row in rows(whole, "facts")} == {"Lan Trần"}
    assert [row["standing"] for row in rows(whole, "entries")] == [
        "confirmed",
        "unconfirmed",
        "unconfirmed",
    ]
    assert rows(whole, "requests")[0]["text"] == "Sai chức vụ"
    assert rows(whole, "login")[0]["full_name"] == "Trần Thị Lan"


def test_as_json_keeps_its_values_in_every_language(lan: Official):
    with translation.override("en"):
        english = given(lan)
    with translation.override("vi"):
        vietnamese = given(lan)
    assert rows(english, "entries")[0]["standing"] == rows(vietnamese, "entries")[0]["standing"]
    assert [tuple(row) for row in rows(english, "facts")] == [tuple(row) for row in rows(vietnamese, "facts")]


def test_as_json_never_holds_a_telephone_number_or_its_digest(lan: Official):
    told = giving_out.as_json(lan, at=timezone.now()).decode()
    shown = {row["shown"] for row in rows(given(lan), "identifiers")}
    assert PHONE not in told
    assert PHONE[1:] not in told
    assert any("*" in each or "•" in each or "…" in each for each in shown)
    assert '"key"' not in told


def test_as_json_names_colleagues_by_role_and_agency(lan: Official, country: Country):
    told = giving_out.as_json(lan, at=timezone.now()).decode()
    for name in (country.hr.full_name, country.hr.username):
        assert f'"{name}"' not in told
    with translation.override("en"):
        assert {row["submitted_by"] for row in rows(given(lan), "declarations")} == {"HR officer, Sở Y tế"}
        assert given(lan)["looks"][0]["who"] == "HR officer, Sở Y tế"


def test_as_json_holds_nobody_else(lan: Official, country: Country):
    declarations.register_on_behalf(
        official=country.hr_elsewhere.official or lan,
        link=recognise("https://www.facebook.com/another.one"),
        statement={},
        by=country.hr,
    )
    other = country.hr2.full_name
    assert other not in giving_out.as_json(lan, at=timezone.now()).decode()


def test_as_json_does_not_tell_who_else_claims_an_account(lan: Official):
    Finding.objects.create(
        rule="ACC-15",
        subject_kind=1,
        subject_id=lan.pk,
        official_id=lan.pk,
        agency_id=1,
        agency_path="1/",
        state="open",
        severity=1,
        rule_version=1,
        evidence={"rival_claims": 2},
        opened_at=timezone.now(),
        episode_at=timezone.now(),
        episode_in_id=1,
        episode_reason="facts",
        episode_version=1,
    )
    assert rows(given(lan), "findings")[0]["evidence"] is None


def test_held_about_asks_the_same_number_of_questions_however_much_is_held(
    lan: Official, country: Country, django_assert_num_queries: Callable[..., Any]
):
    with django_assert_num_queries(QUERIES):
        list(held_about(lan))
    for number in range(5):
        declarations.register_on_behalf(
            official=lan,
            link=recognise(f"https://www.facebook.com/lan.{number}.more"),
            statement={"name_shown": "Lan"},
            by=country.hr,
        )
    with django_assert_num_queries(QUERIES):
        list(held_about(lan))


QUERIES = 39


def test_held_about_with_a_limit_says_how_many_more(lan: Official):
    held = {each.section.code: each for each in held_about(lan, limit=1)}
    assert len(held["identifiers"].rows) == 1
    assert held["identifiers"].more == 1
    assert held["official_records"].more == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_as_pdf_is_a_tagged_document(lan: Official, language: str):
    with translation.override(language):
        content = giving_out.as_pdf(lan, at=timezone.now())
    assert content.startswith(b"%PDF-")
    assert b"pdfuaid" in content
    assert f"/Lang({language})".encode() in content.replace(b"/Lang (", b"/Lang(")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_paper_form_is_a_tagged_document(lan: Official, language: str):
    with translation.override(language):
        content = paper_form(lan, at=timezone.now())
    assert content.startswith(b"%PDF-")
    assert b"pdfuaid" in content


def test_as_pdf_of_somebody_who_writes_commands_is_only_text(country: Country):
    services.ask(
        official=country.lan,
        kind=Asked.ERASE,
        text='#read("/etc/passwd") *in bold* $x$ #panic() \\',
        by=country.lan_login,
    )
    assert giving_out.as_pdf(country.lan, at=timezone.now()).startswith(b"%PDF-")
    assert not AuditEvent.objects.filter(act="official.viewed").exists()
