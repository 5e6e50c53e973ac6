"""The verdicts of a day: compared again, with the texts that applied, for the auditor of the branch alone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from common.audit.models import AuditEvent
from registry.rules.profiles import PROFILES
from registry.users.models import User
from tests.registry.exports.conftest import Audited

pytestmark = pytest.mark.django_db


def ask(browser: Client, audited: Audited, **query: str) -> Any:
    return browser.get(reverse("auditor:then", args=[audited.lan.public_id]), query)


def answers(page: Any) -> dict[tuple[str, str], str]:
    """Account or person, and rule → how it looks."""
    return {
        (each.title, said.rule.code): said.status.kind
        for each in page.context["judged"]
        for said in each.said
    }


def test_then_says_of_the_present_what_the_register_says(audited: Audited, auditor: Client):
    page = ask(auditor, audited)
    assert page.status_code == 200
    kinds = answers(page)
    assert "attention" in {kind for (_title, code), kind in kinds.items() if code == "ACC-02"}
    text = page.content.decode()
    assert reverse("law:article", args=["DRAFT-2018.o1"]) in text
    assert "Mẹ Bắp" in text
    assert "912345678" not in text


def test_then_follows_the_profile_of_the_day(audited: Audited, signed_in: Callable[[User], Client]):
    before = timezone.localdate()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        book.amend_agency(agency=audited.health, by=None, profile=PROFILES["code-2026"].number)
        browser = signed_in(audited.auditor)
        now, past = ask(browser, audited), ask(browser, audited, as_of=before.isoformat())
    assert "ACC-09" not in {code for _title, code in answers(now)}
    assert "ACC-09" in {code for _title, code in answers(past)}
    assert (now.context["binds"].profile.code, past.context["binds"].profile.code) == (
        "code-2026",
        "draft-2018",
    )
    assert reverse("law:article", args=["QD-423.real-name"]) in now.content.decode()


def test_then_tells_the_regulations_that_stood(audited: Audited, signed_in: Callable[[User], Client]):
    before = timezone.localdate()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        book.record_regulation(
            agency=audited.health, number="77/QĐ-SYT", by=None, issued_on=date(2020, 1, 1),
            in_force_from=date(2020, 1, 1), days_between_confirmations=90,
        )  # fmt: skip
        browser = signed_in(audited.auditor)
        assert "77/QĐ-SYT" in ask(browser, audited).content.decode()
        assert "77/QĐ-SYT" not in ask(browser, audited, as_of=before.isoformat()).content.decode()


def test_then_before_being_on_record_says_so(audited: Audited, auditor: Client):
    page = ask(auditor, audited, as_of="2001-01-01")
    assert page.status_code == 200
    assert page.context["judged"] == []


@pytest.mark.parametrize("day", ["2999-01-01", "x"])
def test_then_when_the_day_is_bad_says_so_at_the_field(audited: Audited, auditor: Client, day: str):
    page = ask(auditor, audited, as_of=day)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["as_of"]


def test_then_is_written_down_and_linked_from_the_persons_page(audited: Audited, auditor: Client):
    ask(auditor, audited)
    event = AuditEvent.objects.get(act="official.viewed", subject_kind="official", subject_id=audited.lan.pk)
    assert (event.actor_id, event.payload["page"]) == (audited.auditor.pk, "verdicts")
    page = auditor.get(reverse("auditor:official", args=[audited.lan.public_id])).content.decode()
    assert reverse("auditor:then", args=[audited.lan.public_id]) in page


def test_then_of_a_foreign_person_is_not_there(audited: Audited, stranger: Client):
    assert ask(stranger, audited).status_code == 404
    assert not AuditEvent.objects.filter(act="official.viewed").exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_then_is_drawn_in_both_languages(audited: Audited, auditor: Client, language: str):
    auditor.cookies["django_language"] = language
    page = ask(auditor, audited).content.decode()
    assert f'<html lang="{language}"' in page
    assert "{%" not in page
    assert "{{" not in page
