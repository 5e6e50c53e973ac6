"""`make bench-lookup`: the public look-up under 64 connections, beside a bare view of one indexed SELECT.

60,000 pages among 6 million accounts unless told otherwise; same server, same run, taken in turns.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import signal
import socket
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from bench.__main__ import Report, say
from bench.place import Place
from stack.postgres import DATABASE

CONNECTIONS = 64
SECONDS = 8
TURNS = 3
_START = 60.0  # seconds a server may take to answer first


@dataclass(frozen=True, slots=True)
class Load:
    """What came of asking for some seconds: requests a second, and the wait of the slowest of a hundred."""

    rate: float
    middle: float
    p99: float


def main() -> int:
    """Fill, serve, ask, print; nothing stays."""
    parser = argparse.ArgumentParser(prog="python -m bench.lookup", description=__doc__)
    parser.add_argument("--officials", type=int, default=2_400_000, help="2.5 accounts each; 2,400,000")
    parser.add_argument("--pages", type=int, default=60_000)
    parser.add_argument("--at", metavar="URL", help="a register that exists (postgresql://…); its pages stay")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing stays behind then either
    report = Report()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.serving"
    with Place() as place:
        say(f"Python {platform.python_version()}, {os.cpu_count()} processors, seed {options.seed}")
        database = options.at or _filled(place, options.officials)
        made = place.run("-m", "bench.lookup_pages", str(options.pages), str(options.seed), database=database)
        place.settle(database)
        found = json.loads(made.said)
        report.add("pages and spellings made", [made.seconds], None, "", f"{found['texts']:,} texts")
        try:
            _measure(place, database, report, found["handles"], found["alike"])
        finally:
            sys.stdout.write("\n" + report.table() + "\n")
    return 0


def _filled(place: Place, officials: int) -> str:
    """A register of a size, without pages; returns its name."""
    place.manage("migrate", "--noinput", "--verbosity=0")
    if officials:
        place.manage("demo", "--officials", str(officials), "--no-check")
    else:
        place.manage("load_agencies")
    return DATABASE


def _measure(place: Place, database: str, report: Report, handles: list[str], alike: list[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = place.start(
        "-m", "gunicorn", "registry.wsgi", f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4",
        "--keep-alive=30", "--log-level=error", database=database,
    )  # fmt: skip
    try:
        _wait_for(port)
        official: Callable[[], str] = lambda: (  # noqa: E731 - three ways to ask, side by side
            f"/api/v1/lookup?url=facebook.com/{random.choice(handles)}"  # noqa: S311
        )
        bare: Callable[[], str] = lambda: f"/bare?key={random.choice(handles)}"  # noqa: E731, S311
        asked: Callable[[], str] = lambda: f"/api/v1/lookup?url={quote(random.choice(alike))}"  # noqa: E731, S311
        for ask in (bare, official, asked):
            asyncio.run(_load(port, ask, seconds=2, connections=8))  # warm, each worker and the caches
        loads: dict[str, list[Load]] = {"bare": [], "official": []}
        for _turn in range(TURNS):
            loads["bare"].append(asyncio.run(_load(port, bare)))
            loads["official"].append(asyncio.run(_load(port, official)))
        _compare(report, loads["bare"], loads["official"])
        alone = asyncio.run(_load(port, asked, connections=1))
        report.add(
            "a look-alike, one at a time", [alone.middle], None, "<= 0.020", f"p99 {alone.p99 * 1000:.1f} ms"
        )
    finally:
        server.terminate()
        server.wait()


def _compare(report: Report, bare: list[Load], official: list[Load]) -> None:
    rate = [statistics.median(each.rate for each in loads) for loads in (bare, official)]
    p99 = [statistics.median(each.p99 for each in loads) for loads in (bare, official)]
    report.add(
        f"p99, {CONNECTIONS} connections", [each.p99 for each in official], [each.p99 for each in bare],
        "<= 2.0x", f"{rate[1]:.0f} a second beside {rate[0]:.0f}: {rate[1] / rate[0]:.2f} (>= 0.6)",
    )  # fmt: skip
    say(f"    rate {rate[1] / rate[0]:.2f} of the bare view's, p99 {p99[1] / p99[0]:.2f} times")


def _wait_for(port: int) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not start")


async def _load(
    port: int, address: Callable[[], str], *, seconds: float = SECONDS, connections: int = CONNECTIONS
) -> Load:
    waits: list[float] = []
    began = time.monotonic()
    await asyncio.gather(*(_ask(port, address, began + seconds, waits) for _one in range(connections)))
    took = time.monotonic() - began
    waits.sort()
    return Load(len(waits) / took, statistics.median(waits), waits[int(len(waits) * 0.99)])


async def _ask(port: int, address: Callable[[], str], until: float, waits: list[float]) -> None:
    """One connection, kept open, one question after the other.

    Raises:
        RuntimeError: an answer was not 200.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while time.monotonic() < until:
            began = time.monotonic()
            writer.write(f"GET {address()} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            if " 200 " not in head.split("\r\n", 1)[0]:
                raise RuntimeError(head)
            length = int(head.split("content-length:")[1].split("\r\n")[0])
            await reader.readexactly(length)
            waits.append(time.monotonic() - began)
            if "connection: close" in head:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
    finally:
        writer.close()


if __name__ == "__main__":
    sys.exit(main())
