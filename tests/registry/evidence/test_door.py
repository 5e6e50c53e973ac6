"""The door, on real servers of this machine."""

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpcore
import pytest
from django.core.exceptions import ImproperlyConfigured

from registry.evidence.causes import Cause
from registry.evidence.door import Door, DoorError, Limits, Target
from registry.evidence.door.network import Network, network
from tests.registry.evidence.world import HERE, Handler, World, answer, moved, watch_connections

ROOT = Path(__file__).resolve().parents[3]


def refused(url: str, *, limits: Limits | None = None) -> DoorError:
    with pytest.raises(DoorError) as caught:
        Door(limits).get(url)
    return caught.value


@pytest.fixture
def connections() -> list[tuple[str, int]]:
    """What this process connects to from now on; only the two servers of the world are right."""
    seen = watch_connections()
    seen.clear()
    return seen


# --- what it brings


def test_get_brings_a_page(world: World):
    world.pages["hatinh.gov.vn", "/trang?a=1"] = answer(
        "<p>Hà Tĩnh", Content_Type="Text/HTML; Charset='UTF-8'"
    )
    got = Door().get("http://HaTinh.gov.vn/trang?a=1#x")
    assert (got.status, got.kind, got.charset, got.body) == (200, "text/html", "utf-8", "<p>Hà Tĩnh".encode())
    assert (got.final, got.peer) == ("http://hatinh.gov.vn/trang?a=1", HERE)


def test_get_says_who_asks_and_nothing_more(world: World, settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.SITE_URL = "https://sodangky.example.gov.vn"
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:9")
    world.pages["hatinh.gov.vn", "/"] = answer("", Set_Cookie="a=b", Location="/x")
    Door().get("http://hatinh.gov.vn/")
    Door().get("http://hatinh.gov.vn/")
    said = {name.lower(): value for name, value in world.headers[1].items()}
    assert said["user-agent"] == "ChinhDanh/1.0 (+https://sodangky.example.gov.vn; quan-tri@registry.test)"
    assert set(said) == {
        "host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"
    }  # fmt: skip


def test_get_follows_redirects_by_hand(world: World, connections: list[tuple[str, int]]):
    world.pages["hatinh.gov.vn", "/"] = moved("//www.hatinh.gov.vn/mới", 301)
    world.pages["www.hatinh.gov.vn", "/m%E1%BB%9Bi"] = moved("https://hatinh.gov.vn/cuoi", 308)
    world.pages["hatinh.gov.vn", "/cuoi"] = answer("ok")
    asked: list[Target] = []
    got = Door().get("http://hatinh.gov.vn/", before=asked.append)
    assert (got.final, got.body) == ("https://hatinh.gov.vn/cuoi", b"ok")
    assert [each.url for each in asked] == [
        "http://hatinh.gov.vn/",
        "http://www.hatinh.gov.vn/m%E1%BB%9Bi",
        "https://hatinh.gov.vn/cuoi",
    ]
    assert set(connections) == {(HERE, world.port(80)), (HERE, world.port(443))}


def test_get_time_spent_before_is_not_the_sites(world: World):
    world.pages["hatinh.gov.vn", "/"] = answer("ok")
    got = Door(Limits(seconds=3)).get("http://hatinh.gov.vn/", before=lambda _target: time.sleep(3.2))
    assert got.body == b"ok"


@pytest.mark.parametrize("status", [400, 403, 404, 500, 999])
def test_get_brings_what_a_site_refuses(world: World, status: int):
    world.pages["hatinh.gov.vn", "/"] = answer("no", status=status)
    assert Door().get("http://hatinh.gov.vn/").status == status


# --- where it does not go


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("ftp://hatinh.gov.vn/", Cause.BAD_ADDRESS),
        ("file:///etc/passwd", Cause.BAD_ADDRESS),
        ("gopher://hatinh.gov.vn:80/_x", Cause.BAD_ADDRESS),
        ("javascript:alert(1)", Cause.BAD_ADDRESS),
        ("//hatinh.gov.vn/", Cause.BAD_ADDRESS),
        ("http://hatinh.gov.vn:8080/", Cause.BAD_ADDRESS),
        ("http://hatinh.gov.vn:443/", Cause.BAD_ADDRESS),
        ("https://hatinh.gov.vn:80/", Cause.BAD_ADDRESS),
        ("http://user@hatinh.gov.vn/", Cause.BAD_ADDRESS),
        ("http://user:secret@hatinh.gov.vn/", Cause.BAD_ADDRESS),
        ("http://hatinh.gov.vn@127.0.0.1/", Cause.BAD_ADDRESS),
        ("http://hatinh.gov.vn\\@127.0.0.1/", Cause.BAD_ADDRESS),
        ("http://hatinh.gov.vn/\r\nX: y", Cause.BAD_ADDRESS),
        ("http://hatinh.gov.vn/a b", Cause.BAD_ADDRESS),
        ("http://hà-tĩnh.gov.vn/", Cause.BAD_ADDRESS),
        ("http://hatinh.gov.vn%2f.evil.vn/", Cause.BAD_ADDRESS),
        ("http:///", Cause.BAD_ADDRESS),
        ("http://intranet/", Cause.BAD_ADDRESS),
        ("http://" + "a" * 64 + ".vn/", Cause.BAD_ADDRESS),
        ("http://hatinh.gov.vn/" + "a" * 2_000, Cause.BAD_ADDRESS),
        ("http://localhost/", Cause.ADDRESS_REFUSED),
        ("http://127.0.0.1/", Cause.ADDRESS_REFUSED),
        ("http://127.1/", Cause.ADDRESS_REFUSED),
        ("http://2130706433/", Cause.ADDRESS_REFUSED),
        ("http://0x7f000001/", Cause.ADDRESS_REFUSED),
        ("http://0x7f.0.0.1/", Cause.ADDRESS_REFUSED),
        ("http://017700000001/", Cause.ADDRESS_REFUSED),
        ("http://8.8.8.8/", Cause.ADDRESS_REFUSED),  # a state body's page has a name
        ("http://[::1]/", Cause.ADDRESS_REFUSED),
        ("http://[::ffff:169.254.169.254]/", Cause.ADDRESS_REFUSED),
        ("http://[fd00:ec2::254]/latest/meta-data/", Cause.ADDRESS_REFUSED),
        ("http://[fe80::1%25eth0]/", Cause.ADDRESS_REFUSED),
    ],
)
def test_get_address_not_opened(world: World, connections: list[tuple[str, int]], url: str, cause: Cause):
    assert refused(url).cause is cause
    world.pages["hatinh.gov.vn", "/"] = moved(url)
    # A redirect without a scheme or a site is one within the site: no way out either.
    if not url.startswith(("//", "http:///", "http://hatinh.gov.vn/")):
        assert refused("http://hatinh.gov.vn/").cause is cause
    assert set(connections) <= {(HERE, world.port(80))}
    assert set(world.resolved) <= {"hatinh.gov.vn"}


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.2"],
        ["169.254.169.254"],
        ["fd00:ec2::254"],
        ["::ffff:169.254.169.254"],
        ["::ffff:127.0.0.1"],
        ["::1"],
        ["::127.0.0.1"],
        ["64:ff9b::a9fe:a9fe"],
        ["2002:a9fe:a9fe::1"],
        ["2001:0:a9fe:a9fe::1"],
        ["2a00:1450:4005::5efe:10.0.0.1"],
        ["fe80::1%eth0"],
        ["100.100.100.200"],
        ["168.63.129.16"],
        ["10.0.0.1", HERE],
        [HERE, "10.0.0.1"],  # the good one first: the whole answer is refused
        ["not an address"],
    ],
)
def test_get_name_that_leads_inside_by_redirect(
    world: World, connections: list[tuple[str, int]], addresses: list[str]
):
    world.names["dich-vu.gov.vn"] = addresses
    world.pages["hatinh.gov.vn", "/"] = moved("http://dich-vu.gov.vn/latest/meta-data/")
    error = refused("http://hatinh.gov.vn/")
    assert (error.cause, error.final, error.peer) == (
        Cause.ADDRESS_REFUSED, "http://dich-vu.gov.vn/latest/meta-data/", ""
    )  # fmt: skip
    assert connections == [(HERE, world.port(80))]
    assert world.asked == [("hatinh.gov.vn", "/")]


def test_get_loopback_stands_for_the_internet_on_its_two_ports_only(world: World, settings: Any):
    settings.TEST_NETWORK = Network(resolve=world.resolve, loopback={(HERE, 443): world.port(443)})
    assert refused("http://hatinh.gov.vn/").cause is Cause.ADDRESS_REFUSED


def test_get_ranges_of_the_installation_are_refused_as_well(settings: Any):
    settings.TEST_NETWORK = Network(resolve=lambda _host, _port: ["203.162.0.9"])
    settings.OUTGOING_REFUSED_NETWORKS = ["203.162.0.0/16", "2405:4800::/32"]
    assert refused("http://hatinh.gov.vn/").cause is Cause.ADDRESS_REFUSED


def test_get_rebinding_resolver_is_asked_once_a_connection(
    world: World, settings: Any, connections: list[tuple[str, int]]
):
    answers = iter([[HERE], ["127.0.0.2"], ["169.254.169.254"]])
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return next(answers)

    settings.TEST_NETWORK = Network(resolve=rebinding, loopback=world.network.loopback)
    world.pages["hatinh.gov.vn", "/"] = answer("first")
    assert Door().get("http://hatinh.gov.vn/").body == b"first"
    assert asked == [("hatinh.gov.vn", 80)]
    assert refused("http://hatinh.gov.vn/").cause is Cause.ADDRESS_REFUSED
    assert refused("http://hatinh.gov.vn/").cause is Cause.ADDRESS_REFUSED
    assert connections == [(HERE, world.port(80))]


def test_get_rebinding_within_a_redirect_to_itself(
    world: World, settings: Any, connections: list[tuple[str, int]]
):
    answers = iter([[HERE], ["127.0.0.2"]])
    settings.TEST_NETWORK = Network(
        resolve=lambda _host, _port: next(answers), loopback=world.network.loopback
    )
    world.pages["hatinh.gov.vn", "/"] = moved("/inside")
    assert refused("http://hatinh.gov.vn/").cause is Cause.ADDRESS_REFUSED
    assert connections == [(HERE, world.port(80))]


def test_get_peer_that_is_not_the_judged_address(world: World, monkeypatch: pytest.MonkeyPatch):
    """A system that connects elsewhere than it was told to (a proxy loaded under the process)."""
    elsewhere = socket.create_server(("127.0.0.3", 0))
    connect = httpcore.SyncBackend.connect_tcp

    def astray(self: httpcore.SyncBackend, _host: str, _port: int, **options: Any) -> httpcore.NetworkStream:
        return connect(self, "127.0.0.3", elsewhere.getsockname()[1], **options)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", astray)
    world.pages["hatinh.gov.vn", "/"] = answer("ok")
    with elsewhere:
        assert refused("http://hatinh.gov.vn/").cause is Cause.ADDRESS_REFUSED
        taken, _who = elsewhere.accept()
        with taken:
            taken.settimeout(5)
            assert taken.recv(100) == b""  # closed, and nothing was said to it


def test_get_tries_the_next_address(world: World, settings: Any):
    with socket.create_server((HERE, 0)) as closed:
        dead = closed.getsockname()[1]
    settings.TEST_NETWORK = Network(
        resolve=lambda _host, _port: ["127.0.0.4", HERE],
        loopback={("127.0.0.4", 80): dead, (HERE, 80): world.port(80)},
    )
    world.pages["hatinh.gov.vn", "/"] = answer("ok")
    assert Door().get("http://hatinh.gov.vn/").peer == HERE


def test_get_nobody_there(world: World, settings: Any):
    with socket.create_server((HERE, 0)) as closed:
        dead = closed.getsockname()[1]
    settings.TEST_NETWORK = Network(resolve=world.resolve, loopback={(HERE, 80): dead})
    assert refused("http://hatinh.gov.vn/").cause is Cause.UNREACHABLE


def test_get_name_that_does_not_exist(settings: Any):
    def nowhere(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    settings.TEST_NETWORK = Network(resolve=nowhere)
    assert refused("http://hatinh.gov.vn/").cause is Cause.NAME_NOT_FOUND
    settings.TEST_NETWORK = Network(resolve=lambda _host, _port: [])
    assert refused("http://hatinh.gov.vn/").cause is Cause.NAME_NOT_FOUND


def test_get_redirects_in_a_circle_and_without_end(world: World):
    world.pages["a.gov.vn", "/"] = moved("http://b.gov.vn/")
    world.pages["b.gov.vn", "/"] = moved("http://a.gov.vn/")
    assert refused("http://a.gov.vn/").cause is Cause.REDIRECTS
    assert len(world.asked) == 2
    for step in range(10):
        world.pages["c.gov.vn", f"/{step}"] = moved(f"/{step + 1}")
    world.asked.clear()
    assert refused("http://c.gov.vn/0").cause is Cause.REDIRECTS
    assert len(world.asked) == 6  # the first and five more


# --- TLS


def test_get_over_tls(world: World):
    world.pages["hatinh.gov.vn", "/"] = answer("ok")
    assert Door().get("https://hatinh.gov.vn/").body == b"ok"


def test_get_certificate_for_another_name(world: World):
    assert refused("https://hatinh.example.vn/").cause is Cause.TLS
    assert world.asked == []


def test_get_certificate_of_an_unknown_authority(world: World, settings: Any):
    settings.TEST_NETWORK = Network(resolve=world.resolve, loopback=world.network.loopback)
    assert refused("https://hatinh.gov.vn/").cause is Cause.TLS
    assert world.asked == []


def test_get_handshake_that_never_ends(world: World, settings: Any):
    with socket.create_server((HERE, 0)) as silent:
        settings.TEST_NETWORK = Network(
            resolve=world.resolve, loopback={(HERE, 443): silent.getsockname()[1]}
        )
        started = time.monotonic()
        error = refused("https://hatinh.gov.vn/", limits=Limits(seconds=0.5))
    assert error.cause is Cause.TIMEOUT
    assert time.monotonic() - started < 3


# --- who makes the project's settings


def test_network_of_other_settings_is_the_internet(settings: Any, monkeypatch: pytest.MonkeyPatch):
    assert network() == Network()
    settings.TEST_NETWORK = Network(loopback={(HERE, 80): 1})
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "registry.settings.prod")
    with pytest.raises(ImproperlyConfigured, match="tests alone"):
        network()


def test_network_lets_nothing_but_loopback_stand_in():
    with pytest.raises(ImproperlyConfigured, match="loopback"):
        Network(loopback={("10.0.0.1", 80): 80})


def test_network_of_production_cannot_be_set_by_environment():
    secret = "x" * 60
    environment = {
        "SECRET_KEY": secret, "PHONE_DIGEST_KEY": secret, "EXPORT_SIGNING_KEY": "QUFB",
        "DATABASE_URL": "postgresql://a:b@127.0.0.1:1/c", "BROKER_URL": "redis://127.0.0.1:1/0",
        "ALLOWED_HOSTS": "x.example", "DATA_FOLDER": "/nonexistent", "EMAIL_URL": "smtp://127.0.0.1:1",
        "DEFAULT_FROM_EMAIL": "a@example.vn", "DJANGO_SETTINGS_MODULE": "registry.settings.prod",
        "TEST_NETWORK": "{'127.0.0.1': 80}",
    }  # fmt: skip
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from registry.evidence.door.network import Network, network\n"
        "print(hasattr(settings, 'TEST_NETWORK'), network() == Network(), bool(settings.OUTGOING_CONTACT))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.stdout.split() == ["False", "True", "False"], ran.stderr


def _never(_handler: Handler) -> None:
    time.sleep(2)


def test_get_site_that_never_answers(world: World):
    world.pages["hatinh.gov.vn", "/"] = _never
    started = time.monotonic()
    assert refused("http://hatinh.gov.vn/", limits=Limits(seconds=0.4)).cause is Cause.TIMEOUT
    assert time.monotonic() - started < 1.5


def test_get_resolver_that_never_answers(settings: Any):
    def slow(_host: str, _port: int) -> list[str]:
        time.sleep(2)
        return [HERE]

    settings.TEST_NETWORK = Network(resolve=slow)
    started = time.monotonic()
    assert refused("http://hatinh.gov.vn/", limits=Limits(seconds=0.3)).cause is Cause.TIMEOUT
    assert time.monotonic() - started < 1.5
