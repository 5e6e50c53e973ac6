from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from accounts.comparison import refresh_accounts, refresh_officials
from accounts.models import Account, Entry, NilReturn, Official, Ownership, Standing
from accounts.photos import open_stored
from accounts.public_pages import fake_pages, public_pages
from common.changes.services import waiting
from registry.declarations.models import Declaration, PageDeclaration, Step
from registry.declarations.page_selectors import page_queue_for
from registry.declarations.policies import may_decide_dispute
from registry.declarations.selectors import queue_for
from registry.declarations.states import State
from registry.demo import logins
from registry.demo.first_run import first_run
from registry.findings.models import Finding
from registry.findings.selectors import last_checked
from registry.rules.rule import Subject
from registry.settings import base
from registry.users.models import RoleGrant, User
from tests.registry.demo.filled import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _province(
    django_db_setup: None,  # noqa: ARG001 - the database must be there first
    django_db_blocker: Any,
    _private_media: None,
) -> Iterator[None]:
    with filled(django_db_blocker, first_run):
        yield


def user(login: logins.Login) -> User:
    return User.objects.get(username=login.username)


def test_first_run_twice_changes_nothing_and_says_the_logins_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = (Official.objects.count(), User.objects.count(), Finding.objects.count())

    call_command("demo", first_run=True)

    said = capsys.readouterr().out
    assert before == (Official.objects.count(), User.objects.count(), Finding.objects.count())
    assert before[0] == 126
    assert all(login.username in said for login in logins.PRINTED)
    assert logins.PASSWORD in said


@pytest.mark.parametrize("login", logins.PRINTED, ids=lambda login: login.username)
def test_first_run_makes_logins_that_work(login: logins.Login) -> None:
    request = RequestFactory().post("/")

    assert authenticate(request, username=login.username, password=logins.PASSWORD) == user(login)
    assert authenticate(request, username=login.username, password="something else") is None


def test_first_run_gives_each_role_its_branch() -> None:
    granted = set(RoleGrant.objects.values_list("user__username", "role", "agency__code"))

    assert granted == {
        ("hr.hatinh", "hr_officer", "T34-42"),
        ("hr.thanhsen", "hr_officer", "X-18073"),
        ("thanhtra.hatinh", "auditor", "T34-42"),
    }
    assert User.objects.filter(is_superuser=True).get() == user(logins.ADMINISTRATOR)


def test_first_run_no_longer_says_a_login_whose_password_was_changed() -> None:
    changed = user(logins.HR)
    changed.set_password("an other one 2026")
    changed.save()

    said = "\n".join(logins.lines())

    assert logins.HR.username not in said
    assert logins.AUDITOR.username in said


def test_first_run_leaves_the_officer_work_to_do() -> None:
    waits = queue_for(user(logins.HR))
    dispute = Declaration.objects.get(state=State.DISPUTED)

    assert waits.count() == 2
    assert may_decide_dispute(user(logins.HR), dispute)
    assert not may_decide_dispute(user(logins.HR_BELOW), dispute)


def test_first_run_leaves_the_employee_something_to_confirm_and_something_to_correct() -> None:
    me = user(logins.EMPLOYEE).official
    entries = Entry.objects.current().filter(facts__official=me)

    assert sorted(entries.values_list("standing", flat=True)) == [Standing.CONFIRMED, Standing.UNCONFIRMED]
    assert set(Declaration.objects.get(official=me, state=State.RETURNED).reasons) == {"photo", "disclaimer"}


def test_first_run_has_nil_returns_and_nobody_who_says_none_has_an_account() -> None:
    nil = NilReturn.objects.current().values_list("official", flat=True)

    assert user(logins.HR_BELOW).official_id in nil
    assert not Ownership.objects.current().filter(official__in=nil).exists()


def test_first_run_has_declarations_behind_every_entry() -> None:
    behind = Declaration.objects.filter(entry__isnull=False).values("account")

    of_pages = PageDeclaration.objects.filter(entry__isnull=False).values("account")

    assert not Entry.objects.current().exclude(account__in=behind).exclude(account__in=of_pages).exists()
    assert not Step.objects.filter(told_at=None).exists()


def test_first_run_is_checked_and_every_kind_of_fault_shows() -> None:
    found = set(Finding.objects.values_list("rule", flat=True))

    assert last_checked() is not None
    assert {f"ACC-{number:02}" for number in range(1, 13)} | {"OFF-01"} <= found
    assert not waiting()


def test_first_run_compares_as_a_rebuild_would() -> None:
    assert refresh_accounts(list(Account.objects.values_list("pk", flat=True))) == 0
    assert refresh_officials(list(Official.objects.values_list("pk", flat=True))) == 0


def test_first_run_has_pages_in_order_thin_waiting_and_fake() -> None:
    pages = {row["name_shown"]: row["account"] for row in public_pages()}
    thin = pages.pop("Thành Sen quê mình")
    found = Finding.objects.filter(subject_kind=Subject.PAGE).values_list("subject_id", flat=True)

    assert thin in found
    assert not set(pages.values()) & set(found)
    assert len(pages) == 1
    assert page_queue_for(user(logins.HR)).count() == 1
    assert fake_pages().count() == 1


def test_first_run_keeps_real_pictures() -> None:
    for name in Entry.objects.filter(facts__photo__isnull=False).values_list("facts__photo__name", flat=True)[
        :9
    ]:
        with open_stored(name) as file:
            assert file.read(3) == b"\xff\xd8\xff"


def test_demo_where_the_settings_do_not_say_so_is_refused(settings: Any) -> None:
    settings.DEMO = False
    before = Official.objects.count()

    with pytest.raises(CommandError) as refused:
        call_command("demo", officials=20)

    assert refused.value.returncode == 2
    assert Official.objects.count() == before


def test_demo_is_no_part_of_every_installation() -> None:
    assert "registry.demo" not in base.INSTALLED_APPS
    assert not hasattr(base, "DEMO")
