"""Sites that send too much, too slowly, too long, or what cannot be read: on real servers of this machine."""

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from registry.evidence.causes import Cause
from registry.evidence.door import Door, DoorError, Limits
from registry.evidence.door.decoding import decoded
from tests.registry.evidence.world import Answer, Handler, World, answer

CauseOf = Callable[..., tuple[Cause, float]]
MOST = 100_000
LIMITS = Limits(seconds=3, headers=8_000, body=MOST)


@pytest.fixture
def cause_of(world: World) -> CauseOf:
    """What becomes of an answer, and the seconds it took."""

    def ask(sent: Answer, limits: Limits = LIMITS) -> tuple[Cause, float]:
        world.pages["hatinh.gov.vn", "/"] = sent
        started = time.monotonic()
        with pytest.raises(DoorError) as caught:
            Door(limits).get("http://hatinh.gov.vn/")
        return caught.value.cause, time.monotonic() - started

    return ask


def _gzip_bomb(megabytes: int) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = b"\0" * (1024 * 1024)
    return b"".join([*(squeeze.compress(zeros) for _each in range(megabytes)), squeeze.flush()])


def _deflate(data: bytes, bits: int) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, bits)
    return squeeze.compress(data) + squeeze.flush()


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("gzip", gzip.compress("nhà nước".encode(), mtime=0)),
        ("x-gzip", gzip.compress("nhà nước".encode(), mtime=0)),
        ("deflate", _deflate("nhà nước".encode(), zlib.MAX_WBITS)),
        ("deflate", _deflate("nhà nước".encode(), -zlib.MAX_WBITS)),
        ("identity", "nhà nước".encode()),
        ("GZIP", gzip.compress("nhà nước".encode(), mtime=0) + b"what follows the end"),
    ],
)
def test_get_decompresses(world: World, encoding: str, sent: bytes):
    world.pages["hatinh.gov.vn", "/"] = answer(sent, Content_Encoding=encoding)
    assert Door().get("http://hatinh.gov.vn/").body.decode() == "nhà nước"


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", _gzip_bomb(100)),
        ("deflate", _deflate(b"\0" * 100 * 1024 * 1024, zlib.MAX_WBITS)),
        ("deflate", _deflate(b"\0" * 100 * 1024 * 1024, -zlib.MAX_WBITS)),
    ],
)
def test_get_bomb_costs_its_cap(cause_of: CauseOf, encoding: str, bomb: bytes):
    tracemalloc.start()
    try:
        limits = Limits(seconds=10, body=256 * 1024)
        cause, _seconds = cause_of(answer(bomb, Content_Encoding=encoding), limits)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert cause is Cause.TOO_BIG
    assert peak < 3 * 1024 * 1024  # of a hundred megabytes


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("br", b"\x1b\x00\x00"),  # not asked for
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0)),
        ("gzip", b"no gzip at all"),
        ("gzip", gzip.compress(b"x" * 1000, mtime=0)[:-10]),  # cut short
        ("deflate", b"\xff\xff\xff\xff"),
    ],
)
def test_get_encoding_not_read(cause_of: CauseOf, encoding: str, sent: bytes):
    assert cause_of(answer(sent, Content_Encoding=encoding))[0] is Cause.UNREADABLE


def test_get_body_announced_too_big_is_not_read(cause_of: CauseOf):
    def announce(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**12))
        handler.end_headers()
        time.sleep(2)

    cause, seconds = cause_of(announce)
    assert (cause, seconds < 1) == (Cause.TOO_BIG, True)


def test_get_body_without_end(cause_of: CauseOf):
    def pour(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    assert cause_of(pour)[0] is Cause.TOO_BIG


def test_get_chunks_of_nothing_without_end(cause_of: CauseOf):
    """Frames of chunks cost bytes of their own: a body of small chunks cannot go on for ever either."""

    def pour(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        extension = b";" + b"e" * 1000
        while True:
            handler.wfile.write(b"1" + extension + b"\r\nx\r\n")

    assert cause_of(pour)[0] in {Cause.TOO_BIG, Cause.UNREADABLE}


def test_get_dripping_body_ends_with_the_clock(cause_of: CauseOf):
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _each in range(1000):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    cause, seconds = cause_of(drip, Limits(seconds=0.6))
    assert cause is Cause.TIMEOUT
    assert 0.5 < seconds < 2


def test_get_dripping_headers_end_with_the_clock(cause_of: CauseOf):
    def drip(handler: Handler) -> None:
        for _each in range(1000):
            handler.wfile.write(b"H")
            time.sleep(0.05)

    cause, seconds = cause_of(drip, Limits(seconds=0.6))
    assert cause is Cause.TIMEOUT
    assert seconds < 2


def test_get_time_is_of_all_redirects_together(world: World):
    def slow(to: str) -> Answer:
        def send(handler: Handler) -> None:
            time.sleep(0.25)
            answer(b"", status=302, Location=to)(handler)

        return send

    for step in range(5):
        world.pages["hatinh.gov.vn", f"/{step}"] = slow(f"/{step + 1}")
    with pytest.raises(DoorError) as caught:
        Door(Limits(seconds=0.6)).get("http://hatinh.gov.vn/0")
    assert caught.value.cause is Cause.TIMEOUT
    assert len(world.asked) <= 3


def test_get_headers_without_end(cause_of: CauseOf):
    def pour(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X-Header: " + b"x" * 100 + b"\r\n")

    assert cause_of(pour)[0] is Cause.TOO_BIG


def test_get_interim_answers_without_end(cause_of: CauseOf):
    def pour(handler: Handler) -> None:
        while True:
            handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")

    assert cause_of(pour)[0] is Cause.TOO_BIG


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_get_no_http(cause_of: CauseOf, raw: bytes):
    def send(handler: Handler) -> None:
        handler.wfile.write(raw)

    assert cause_of(send)[0] is Cause.UNREADABLE


def test_get_hangs_up(cause_of: CauseOf):
    assert cause_of(lambda _handler: None)[0] in {Cause.UNREADABLE, Cause.UNREACHABLE}


def test_decoded_bytes_one_at_a_time():
    whole = gzip.compress(b"abc" * 50_000, mtime=0)

    def drops() -> Iterator[bytes]:
        for number in range(len(whole)):
            yield whole[number : number + 1]

    assert decoded(drops(), encoding="gzip", most=200_000) == b"abc" * 50_000
    assert decoded([], encoding="gzip", most=1) == b""
