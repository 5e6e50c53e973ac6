"""Turns and robots.txt, on real servers and a real database."""

import itertools
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from registry.evidence.causes import Cause
from registry.evidence.door import Door, DoorError, Target
from registry.evidence.models import Site
from registry.evidence.sites import BusyError, Manners, wait_for_turn
from tests.registry.evidence.world import World, answer, moved

TARGET = Target("https", "hatinh.gov.vn", "/trang")


@pytest.mark.django_db(transaction=True)
def test_wait_for_turn_is_one_for_all_workers(settings: Any):
    settings.OUTGOING_GAP_SECONDS = 0.2
    asked: list[float] = []

    def worker() -> None:
        try:
            for _each in range(2):
                wait_for_turn(TARGET)
                asked.append(time.monotonic())
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _each in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    asked.sort()
    assert len(asked) == 6
    assert asked[-1] - asked[0] >= 5 * 0.2 - 0.05
    assert min(later - earlier for earlier, later in itertools.pairwise(asked)) > 0.1


@pytest.mark.django_db
def test_wait_for_turn_http_and_https_are_one_site():
    wait_for_turn(TARGET, gap=30)
    with pytest.raises(BusyError):
        wait_for_turn(Target("http", "hatinh.gov.vn", "/"))
    wait_for_turn(Target("http", "soyte.hatinh.gov.vn", "/"))


@pytest.mark.django_db
def test_wait_for_turn_too_far_off_takes_none():
    wait_for_turn(TARGET, gap=20)
    before = Site.objects.get().free_at
    for _each in range(3):
        with pytest.raises(BusyError):
            wait_for_turn(TARGET)
    assert Site.objects.get().free_at == before


def cause(world: World, robots: object, path: str = "/trang") -> Cause | None:
    world.pages["hatinh.gov.vn", "/robots.txt"] = robots  # type: ignore[assignment]
    world.pages["hatinh.gov.vn", path] = answer("ok")
    try:
        Door().get(f"https://hatinh.gov.vn{path}", before=Manners())
    except DoorError as error:
        return error.cause
    return None


def robots(*lines: str) -> object:
    return answer("\n".join(lines), Content_Type="text/plain")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (robots("User-agent: *", "Disallow:"), None),
        (robots("User-agent: *", "Disallow: /"), Cause.ROBOTS),
        (robots("User-agent: *", "Disallow: /trang$"), Cause.ROBOTS),
        (robots("User-agent: *", "Disallow: /*ang"), Cause.ROBOTS),
        (robots("User-agent: *", "Disallow: /", "", "User-agent: chinhdanh", "Allow: /"), None),
        (robots("User-agent: *", "Allow: /", "", "User-agent: ChinhDanh", "Disallow: /trang"), Cause.ROBOTS),
        (robots("User-agent: Googlebot", "Disallow: /"), None),
        (robots("\0\xff<html>no robots</html>"), None),
        (answer("", status=404), None),
        (answer("", status=403), None),  # RFC 9309: none to be had is leave
        (answer("", status=500), Cause.ROBOTS_UNKNOWN),
        (answer("", status=429), Cause.ROBOTS_UNKNOWN),
        (moved("/r2"), None),
        (moved("http://10.0.0.1/"), Cause.ADDRESS_REFUSED),
        (answer("x" * 600_000), Cause.ROBOTS_UNKNOWN),
    ],
)
def test_manners_robots(world: World, said: object, expected: Cause | None):
    assert cause(world, said) == expected
    assert (("hatinh.gov.vn", "/trang") in world.asked) == (expected is None)


@pytest.mark.django_db
def test_manners_robots_is_read_once_a_day_and_then_again(world: World):
    assert cause(world, robots("User-agent: *", "Disallow: /cam")) is None
    assert cause(world, robots("User-agent: *", "Disallow: /"), "/khac") is None
    assert [path for _host, path in world.asked] == ["/robots.txt", "/trang", "/khac"]
    Site.objects.filter(origin=TARGET.origin).update(robots_until=timezone.now() - timedelta(seconds=1))
    assert cause(world, robots("User-agent: *", "Disallow: /")) == Cause.ROBOTS


@pytest.mark.django_db
def test_manners_robots_of_each_site_a_redirect_leads_to(world: World):
    world.pages["soyte.gov.vn", "/robots.txt"] = robots("User-agent: *", "Disallow: /")  # type: ignore[assignment]
    world.pages["hatinh.gov.vn", "/robots.txt"] = answer("", status=404)
    world.pages["hatinh.gov.vn", "/"] = moved("https://soyte.gov.vn/")
    with pytest.raises(DoorError) as caught:
        Door().get("https://hatinh.gov.vn/", before=Manners())
    assert (caught.value.cause, caught.value.final) == (Cause.ROBOTS, "https://soyte.gov.vn/")
    assert ("soyte.gov.vn", "/") not in world.asked


@pytest.mark.django_db
def test_manners_crawl_delay_is_heeded(world: World):
    assert cause(world, robots("User-agent: *", "Crawl-delay: 20")) is None
    with pytest.raises(BusyError):
        Door().get("https://hatinh.gov.vn/trang", before=Manners())


@pytest.mark.django_db
def test_manners_site_that_is_not_there_is_the_cause(world: World):
    world.names["hatinh.gov.vn"] = ["10.1.1.1"]
    assert cause(world, answer("")) == Cause.ADDRESS_REFUSED
