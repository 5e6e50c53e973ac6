"""`make bench-pages`: how long each page takes eight people at a time, in a small and in a large register.

The server is that of `make run`. Both registers are asked by turns, so that what else the machine does falls
on both. A register that exists already is measured where it is (`--small-at`, `--large-at`).
"""

import argparse
import http.client
import json
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field

from bench.__main__ import say
from bench.place import Place
from stack.__main__ import web_command
from stack.postgres import DATABASE

SMALL, LARGE = 10_000, 2_400_000
USERS = 8
REQUESTS = 48  # of each page in each register
TURNS = 2  # in which they are made
SECONDS = 20.0  # a page gets no longer than this a turn
RATIO, SLOWEST = 1.5, 500.0  # what is aimed at: times the small register, and milliseconds
_WAIT = 60.0  # seconds a server gets to start
_OK = 200


@dataclass(slots=True)
class Served:
    """A register behind a server of its own."""

    database: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    pages: dict[tuple[str, str], str] = field(default_factory=dict)  # (who, which page) → its address


def main() -> int:
    """Fill, serve, measure, print; nothing stays."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--officials", type=int, default=LARGE, help="of the large register; 2,400,000")
    parser.add_argument("--small", type=int, default=SMALL, help="officials of the small one; 10,000")
    parser.add_argument("--small-at", metavar="URL", help="a small register that exists (postgresql://…)")
    parser.add_argument("--large-at", metavar="URL", help="a large register that exists")
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each page in each register; 48")
    parser.add_argument(
        "--only",
        metavar="TEXT",
        action="append",
        help="only pages called so in the table; repeatable",
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing stays behind then either
    with Place() as place:
        small = options.small_at or fill(place, "small", options.small)
        large = options.large_at or fill(place, DATABASE, options.officials)
        say(
            f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f};"
            f" {USERS} people at once, who do not pause"
        )
        with visited(place, small) as few, visited(place, large) as many:
            sys.stdout.write("\n" + table(measure(few, many, options.requests, options.only or [""])) + "\n")
    return 0


def fill(place: Place, database: str, officials: int) -> str:
    """A register of a size, with everything found in it; returns its name."""
    if database != DATABASE:
        place.copy(database, of="template0")
    say(f"generating {officials:,} officials")
    place.manage("migrate", "--noinput", "--verbosity=0", database=database)
    place.manage("demo", "--officials", str(officials), database=database)
    place.settle(database)
    return database


@contextmanager
def visited(place: Place, database: str) -> Iterator[Served]:
    """Serve a register with visitors in it; both are gone afterwards."""
    try:
        visitors = json.loads(place.run("-m", "bench.visitors", "come", database=database).said)
        with served(place, database) as server:
            for visitor in visitors:
                server.cookies[visitor["who"]] = visitor["cookie"]
                for name, address in visitor["pages"]:
                    server.pages[visitor["who"], name] = address
            yield server
    finally:
        place.run("-m", "bench.visitors", "go", database=database)


@contextmanager
def served(place: Place, database: str) -> Iterator[Served]:
    """The web server of `make run` on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = place.start(*web_command("127.0.0.1", port)[1:], database=database)
    server = Served(database, port)
    try:
        give_up = time.monotonic() + _WAIT
        while not _answers(server):
            if child.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError("the web server did not start")
            time.sleep(0.2)
        yield server
    finally:
        child.terminate()
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _answers(server: Served) -> bool:
    try:
        with _connected(server) as connection:
            return _get(connection, "/health/", "") == _OK
    except OSError:
        return False


def _connected(server: Served) -> AbstractContextManager[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=120))


def _get(connection: http.client.HTTPConnection, address: str, cookie: str) -> int:
    connection.request("GET", address, headers={"Host": "localhost", "Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    return answer.status


@dataclass(frozen=True, slots=True)
class Line:
    """One page: milliseconds that 95 of 100 requests stay below, in either register."""

    who: str
    page: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        """Times as long in the large register."""
        return self.large / self.small

    @property
    def over(self) -> str:
        """What it is over: the ratio, the time, both or nothing."""
        told = ["ratio"] if self.ratio > RATIO else []
        return " and ".join([*told, "time"] if self.large > SLOWEST else told)


def measure(few: Served, many: Served, requests: int, only: Sequence[str] = ("",)) -> list[Line]:
    """Every page that is there in both registers; raises RuntimeError when one of them breaks.

    Args:
        few: the small register.
        many: the large one.
        requests: of each page in each register.
        only: what "who: page" must have in it, one of these.
    """
    lines = []
    for who, page in (key for key in few.pages if key in many.pages):
        if not any(text in f"{who}: {page}" for text in only):
            continue
        if not all(_is_page(server, who, page) for server in (few, many)):
            continue
        taken: dict[int, list[float]] = {few.port: [], many.port: []}
        for _turn in range(TURNS):
            for server in (few, many):
                address, cookie = server.pages[who, page], server.cookies[who]
                taken[server.port] += at_once(server, address, cookie, requests // TURNS)
        lines.append(Line(who, page, p95(taken[few.port]), p95(taken[many.port])))
        say(f"    {who}: {page}: {lines[-1].small:.0f} ms, {lines[-1].large:.0f} ms")
    return lines


def _is_page(server: Served, who: str, page: str) -> bool:
    """Ask once, which also warms; what leads elsewhere or takes a post only is no page."""
    with _connected(server) as connection:
        status = _get(connection, server.pages[who, page], server.cookies[who])
    if status >= 500 or status == 404:  # noqa: PLR2004 - as HTTP has them
        raise RuntimeError(f"{page} answers {status} for {who} in {server.database}")
    return status == _OK


def at_once(server: Served, address: str, cookie: str, requests: int) -> list[float]:
    """Milliseconds of so many requests, made by eight people side by side, or of as many as time allows."""
    until = time.monotonic() + SECONDS
    left = iter(range(requests))

    def visit(_who: int) -> list[float]:
        taken = []
        with _connected(server) as connection:
            for _each in left:
                began = time.perf_counter()
                if _get(connection, address, cookie) != _OK:
                    raise RuntimeError(f"{address} broke under load")
                taken.append((time.perf_counter() - began) * 1000)
                if time.monotonic() > until:
                    break
        return taken

    with ThreadPoolExecutor(USERS) as people:
        return [each for taken in people.map(visit, range(USERS)) for each in taken]


def p95(taken: list[float]) -> float:
    """What 95 of 100 stay below."""
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


def table(lines: list[Line]) -> str:
    """All pages, the worst ratio first, and how many are over what is aimed at."""
    out = [f"{'p95 under 8 people at once':58}{'small':>9}{'large':>9}{'ratio':>7}  over"]
    for line in sorted(lines, key=lambda line: -line.ratio):
        taken = f"{line.small:6.0f} ms{line.large:6.0f} ms{line.ratio:6.2f}x"
        out.append(f"{f'{line.who}: {line.page}':58}{taken}  {line.over}")
    over = sum(1 for line in lines if line.over)
    out.append(f"{len(lines)} pages; {over} over {RATIO} times or {SLOWEST:.0f} ms")
    return "\n".join(out)


if __name__ == "__main__":
    sys.exit(main())
