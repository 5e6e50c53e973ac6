"""Every address × everybody × every method, over pages, the API and files.

A foreign thing is 404 and never 403; nothing of it stands in any body; looking writes nothing but the log.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client

from tests.registry.demo.filled import filled
from tests.registry.web.everything import SECRETS, Everything, every_address, make_everything
from tests.registry.web.reviewer.test_walk import ASKER_ONLY
from tests.registry.web.test_walker import PUBLIC, PUBLIC_ROOMS

ADDRESSES = dict(every_address())
WITHOUT_ARGUMENTS = {name for name, pattern in ADDRESSES.items() if not pattern.pattern.converters}
# Their argument names no thing of anybody.
WITHOUT_THING = WITHOUT_ARGUMENTS | {"reviewer:upload", "official:data_file"}
# Theirs alone who asked for it, also before whoever stands above.
OF_ITS_ASKER = {f"reviewer:{name}": "hr" for name in ASKER_ONLY} | dict.fromkeys(
    ("auditor:order", "auditor:order_progress", "auditor:order_file"), "auditor"
)
# A run over everything concerns every auditor.
OF_ALL_AUDITORS = {"auditor:run"}
# Decided above both sides; what the officer of one side sees of them is another test's.
ABOVE_BOTH = {"reviewer:dispute", "reviewer:page_dispute", "reviewer:merger", "reviewer:merger_take_back"}

LOGINS = (
    "anonymous", "hr", "hr above", "hr beside", "hr below", "hr elsewhere", "hr longer", "hr shorter",
    "auditor", "auditor above", "auditor beside", "auditor below", "auditor longer", "auditor shorter",
    "owner", "colleague", "employee elsewhere", "administrator", "nobody",
)  # fmt: skip
SEERS = {"hr", "hr above", "auditor", "auditor above", "owner"}
HR = {login for login in LOGINS if login.startswith("hr")}
AUDITORS = {login for login in LOGINS if login.startswith("auditor")}
EMPLOYEES = {"owner", "colleague", "employee elsewhere"}
LOGS = {"audit_auditevent", "django_session"}  # who looked, and that they are signed in
# The rules are tried on a draft, and what that wrote is rolled back: it is counted, though nothing stays.
TRIES = {"official:details", "official:check", "official:save"}
TRIED = frozenset({
    "accounts_comparison", "accounts_declaredfacts", "accounts_proposal", "accounts_pastproposal",
    "changes_changemark",
})  # fmt: skip
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
RARE = ("head", "options", "put", "patch", "delete")


@pytest.fixture(scope="module")
def everything(
    django_db_setup: None,  # noqa: ARG001 - the database must be there first
    django_db_blocker: Any,
    _private_media: None,
) -> Iterator[Everything]:
    made: list[Everything] = []
    with filled(django_db_blocker, lambda: made.append(make_everything())):
        yield made[0]


def is_public(name: str) -> bool:
    return name in PUBLIC or name.startswith(PUBLIC_ROOMS)


def may_see(name: str, login: str) -> bool | None:
    """Whether the address is there for them; None: not this test's to say."""
    area = name.partition(":")[0]
    if is_public(name):
        return True
    if name in ABOVE_BOTH:
        return None if login in {"hr", "hr beside"} else login == "hr above"
    if name in OF_ITS_ASKER:
        return login == OF_ITS_ASKER[name]
    everybody = name in WITHOUT_THING | OF_ALL_AUDITORS
    who = {
        "style": {"administrator"},
        "photo": SEERS,
        "official": EMPLOYEES if everybody else {"owner"},
        "reviewer": HR if everybody else HR & SEERS,
        "auditor": AUDITORS if everybody else AUDITORS & SEERS,
    }.get(area, set(LOGINS) - {"anonymous"})
    return login in who


def writes() -> dict[str, int]:
    """Rows written in this transaction, by table: the database's own count, whoever wrote."""
    with connection.cursor() as cursor:
        cursor.execute(
            # What pg_stat_xact_user_tables tells, which sums up much else on the way: in a third of its time.
            "SELECT relname, rows FROM pg_class, LATERAL (SELECT"
            " pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)"
            " + pg_stat_get_xact_tuples_deleted(oid) AS rows) AS written"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND rows > 0"
        )
        return dict(cursor.fetchall())


def rows_of(tables: Iterable[str]) -> dict[str, list[Any]]:
    """All that stands in some tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")  # noqa: S608 - names of ours
            found[table] = cursor.fetchall()
    return found


def asked(
    browser: Client, method: str, address: str, *, tried: frozenset[str] = frozenset()
) -> tuple[HttpResponseBase, bytes, set[str]]:
    """The answer, its whole body, and the tables written to; what was written is undone, a sign-out too.

    Of tables in which something is `tried`, those in which it stayed.
    """
    before, cookies = writes(), deepcopy(browser.cookies)
    stood = rows_of(tried)
    with transaction.atomic():
        answer = getattr(browser, method)(address)
        body = answer.getvalue() if answer.streaming else answer.content
        after = writes()
        same = {table for table, rows in rows_of(tried).items() if rows == stood[table]}
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer, body, {table for table, rows in after.items() if rows != before.get(table, 0)} - same


def browser_of(everything: Everything, login: str) -> Client:
    browser = Client(raise_request_exception=False)
    if login != "anonymous":
        browser.force_login(everything.logins[login], backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.django_db
def test_every_address_is_in_the_walk(everything: Everything):
    unlisted = set(ADDRESSES) - set(everything.pages)
    assert unlisted == set(), "say in tests/registry/web/everything.py which thing the address stands for"
    assert set(LOGINS) == {"anonymous", *everything.logins}


@pytest.mark.django_db
def test_paths_that_begin_alike_are_in_the_walk(everything: Everything):
    grants = {
        name: user.grants.get().agency
        for name, user in everything.logins.items()
        if " " in name and name.startswith("hr ")
    }
    path = everything.country.health.records.get(recorded_until=None).path
    longer, shorter, below = (
        grants[f"hr {name}"].records.get(recorded_until=None).path for name in ("longer", "shorter", "below")
    )
    assert longer.startswith(path[:-1])
    assert not longer.startswith(path)
    assert path.startswith(shorter[:-1])
    assert not path.startswith(shorter)
    assert below.startswith(path)


@pytest.mark.django_db
@pytest.mark.parametrize("login", LOGINS)
def test_everything_foreign_is_not_there(everything: Everything, login: str):
    browser = browser_of(everything, login)
    wrong: list[str] = []
    for name, address in everything.pages.items():
        seen = may_see(name, login)
        for method in METHODS:
            if method in RARE and login not in {"anonymous", "hr", "hr longer", "auditor", "owner"}:
                continue  # what hardly a page takes is asked by one of each kind of person
            answer, body, written = asked(
                browser, method, address, tried=TRIED if name in TRIES else frozenset()
            )
            told = f"{method} {name}: {answer.status_code}"
            if not _allowed(answer, seen=seen, method=method, login=login):
                wrong.append(told)
            if login not in SEERS and any(secret.encode() in body for secret in SECRETS):
                wrong.append(f"{told} tells of another's things")
            if (method in {"get", "head", "options"} or seen is False) and written - LOGS:
                wrong.append(f"{told} writes {sorted(written - LOGS)}")
    assert wrong == []


def _allowed(answer: HttpResponseBase, *, seen: bool | None, method: str, login: str) -> bool:
    status = answer.status_code
    if seen is False and login == "anonymous":
        return status == 302 and answer.headers["Location"].startswith("/login/")
    if seen is False:
        return status in {404, 405}
    if seen and method == "get":
        return status in {200, 302, 405}
    return status < 500 and (seen is None or status != 404 or method != "head")
