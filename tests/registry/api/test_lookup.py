"""The look-up for machines: a stable shape, open to every site's scripts, kept until it changes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Account, Agency
from accounts.platforms import recognise
from accounts.services import close, confirm_fake
from registry.lookup.spelling import refresh
from tests.factories import EntryFactory
from tests.registry.api.test_law import documented
from tests.registry.lookup.conftest import HEALTH, LINK, director, enrol, health, page, province

__all__ = ["director", "enrol", "health", "page", "province"]
pytestmark = pytest.mark.django_db


def ask(client: Client, url: str, **query: str) -> Any:
    answer = client.get("/api/v1/lookup", {"url": url, **query})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_shape_is_the_documented_one(
    client: Client, page: Account, health: Agency, enrol: Callable[..., Account]
) -> None:
    shapes = documented()
    official = ask(client, LINK)
    assert official["verdict"] == "official"
    assert set(official) == shapes["look-up"]
    assert set(official["pages"][0]) == shapes["official page"]
    like = ask(client, "facebook.com/soytehatnih")["looks_like"][0]
    assert set(like) == shapes["looks like"]
    fake = "https://www.facebook.com/soyte.hatinh.vn"
    confirm_fake(link=recognise(fake), agency=health, by=None)
    assert set(ask(client, fake)["fakes"][0]) == shapes["fake page"]
    del enrol
    close(account=page, by=None)
    assert set(ask(client, LINK)["former"][0]) == shapes["former page"]
    refresh()
    assert set(ask(client, HEALTH)["agencies"][0]) == {"code", "name", "above"}


def test_verdicts_are_the_documented_ones() -> None:
    from registry.lookup.answers import Verdict  # noqa: PLC0415 - beside the document it is held against

    text = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
    part = text.split("\n## verdict\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)) == {each.value for each in Verdict}


def test_answer_is_open_to_every_sites_scripts_and_sets_no_cookie(client: Client, page: Account) -> None:
    del page
    asked = {"url": LINK}
    answer = client.get("/api/v1/lookup", asked, headers={"Origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=60"
    first = client.options("/api/v1/lookup", headers={"Origin": "https://example.org"})
    assert first["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    refused = client.get("/api/v1/lookup", {"url": ""})
    assert (refused.status_code, refused.json()["code"]) == (422, "nothing_asked")
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert client.post("/api/v1/lookup", asked).status_code == 405


def test_answer_comes_back_by_its_etag_until_the_register_says_otherwise(
    client: Client, page: Account, settings: Any
) -> None:
    settings.LOOKUP_KEEP_SECONDS = 0  # read anew each time, as by another process
    answer = client.get("/api/v1/lookup", {"url": LINK})
    again = client.get("/api/v1/lookup", {"url": LINK}, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == answer["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    close(account=page, by=None)
    changed = client.get("/api/v1/lookup", {"url": LINK}, headers={"If-None-Match": answer["ETag"]})
    assert (changed.status_code, changed.json()["verdict"]) == (200, "former")
    assert changed["ETag"] != answer["ETag"]


def test_answer_to_who_asks_too_often_says_when_to_come_back(
    client: Client, page: Account, settings: Any
) -> None:
    del page
    settings.LOOKUPS_A_MINUTE = 1
    answers = [client.get("/api/v1/lookup", {"url": LINK}, REMOTE_ADDR="192.0.2.77") for _each in range(3)]
    refused = answers[-1]
    assert refused.status_code == 429
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert refused.json()["code"] == "throttled"
    assert re.search(rf"\b{refused['Retry-After']}\b", refused.json()["detail"])


def test_answer_on_a_day_and_on_a_platform(client: Client, page: Account) -> None:
    del page
    assert ask(client, LINK, on="2020-01-01")["verdict"] == "not_registered"
    assert ask(client, "soyte.hatinh", platform="facebook")["verdict"] == "official"
    refused = client.get("/api/v1/lookup", {"url": LINK, "on": "yesterday"})
    assert (refused.status_code, refused.json()["code"]) == (422, "on_unreadable")


def test_answer_never_holds_a_staff_members_account(client: Client, health: Agency) -> None:
    entry = EntryFactory.create(
        facts__account__url="https://www.facebook.com/canary.nhanvien",
        facts__official__agency=health,
        facts__name_shown="Canary Nhân Viên",
    )
    for text in ("facebook.com/canary.nhanvien", "Canary Nhân Viên", str(entry.account.public_id)):
        told = client.get("/api/v1/lookup", {"url": text}).json()
        assert told["verdict"] == "not_registered"
        assert told["pages"] == told["former"] == told["fakes"] == told["looks_like"] == []
