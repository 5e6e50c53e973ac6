"""The child process: what it cannot do, and what happens when it dies."""

import array
import fcntl
import json
import os
import signal
import subprocess
import sys
import termios
import threading
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from PIL import Image

from accounts.photos import PhotoDoor, PhotoError, PhotoLimits
from accounts.photos.door import CHILD, _Child
from tests.accounts.photos.pictures import encoded, portrait

# Decoding these takes seconds of processor time in the child: enough for a signal to arrive midway.
SLOW = encoded(Image.linear_gradient("L").resize((8_000, 6_200)).convert("RGBA"), "PNG", compress_level=1)


def child_of(door: PhotoDoor) -> int:
    """The process id of the door's idle child."""
    child = door._places.queue[-1]
    assert child
    return child.pid


def unread(door_child: _Child) -> int:
    """Bytes of the request that the child has not read yet."""
    count = array.array("i", [0])
    fcntl.ioctl(door_child._stdin, termios.FIONREAD, count)
    return count[0]


def watch(door: PhotoDoor, data: bytes) -> list[str]:
    """Codes of refusals, 'drawn' where there is none."""
    try:
        door.redraw(data)
    except PhotoError as error:
        return [error.code]
    return ["drawn"]


def test_child_killed_midway_is_one_refusal_and_the_next_photo_works() -> None:
    with PhotoDoor() as door:
        door.redraw(encoded(portrait()))
        child = door._places.queue[-1]
        assert child
        pid = child.pid
        seen: list[str] = []
        worker = threading.Thread(target=lambda: seen.extend(watch(door, SLOW)))
        os.kill(pid, signal.SIGSTOP)  # so that it is certainly midway
        worker.start()
        deadline = time.monotonic() + 30
        while not unread(child) and time.monotonic() < deadline:  # asked, not merely taken from its place
            time.sleep(0.01)
        os.kill(pid, signal.SIGKILL)
        worker.join(timeout=30)
        assert seen == ["photo_unreadable"]
        assert watch(door, encoded(portrait())) == ["drawn"]
        assert child_of(door) != pid


def test_child_killed_while_idle_costs_nobody_a_photo() -> None:
    with PhotoDoor() as door:
        door.redraw(encoded(portrait()))
        os.kill(child_of(door), signal.SIGKILL)
        os.waitid(os.P_PID, child_of(door), os.WEXITED | os.WNOWAIT)
        assert watch(door, encoded(portrait())) == ["drawn"]


def test_child_over_the_wall_clock_is_killed_and_replaced() -> None:
    with PhotoDoor(limits=PhotoLimits(seconds=1.0)) as door:
        assert watch(door, encoded(portrait())) == ["drawn"]
        pid = child_of(door)
        os.kill(pid, signal.SIGSTOP)  # a decoder that hangs without using the processor
        started = time.monotonic()
        assert watch(door, encoded(portrait())) == ["photo_timeout"]
        assert time.monotonic() - started < 10
        assert not Path(f"/proc/{pid}").exists()
        assert watch(door, encoded(portrait())) == ["drawn"]


def test_child_over_its_processor_time_is_a_timeout() -> None:
    # 100 million pixels, so that even a fast machine needs more than the second that is left to it
    wide = encoded(
        Image.linear_gradient("L").resize((10_000, 10_000)).convert("RGBA"), "PNG", compress_level=1
    )
    limits = PhotoLimits(cpu_seconds=0, pixels=100_000_000, memory=4 * 1024**3)
    with PhotoDoor(limits=limits) as door:
        assert watch(door, wide) == ["photo_timeout"]
        assert watch(door, encoded(portrait())) == ["drawn"]


def test_child_out_of_memory_is_unreadable_and_the_next_photo_works() -> None:
    with PhotoDoor(limits=PhotoLimits(memory=200 * 1024**2)) as door:
        assert watch(door, SLOW) == ["photo_unreadable"]
        assert watch(door, encoded(portrait())) == ["drawn"]


def test_child_runs_with_its_limits_and_an_empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_TEST_SECRET", "not-for-decoders")
    with PhotoDoor() as door:
        door.redraw(encoded(portrait()))
        proc = Path(f"/proc/{child_of(door)}")
        limits = {line[:26].strip(): line[26:].split() for line in (proc / "limits").read_text().splitlines()}
        assert (proc / "environ").read_bytes() == b"MALLOC_ARENA_MAX=1\0"
        assert sorted(entry.name for entry in (proc / "fd").iterdir()) == ["0", "1", "2"]
        assert "NoNewPrivs:\t1" in (proc / "status").read_text()
    assert limits["Max open files"][:2] == ["3", "3"]
    assert limits["Max file size"][:2] == ["0", "0"]
    assert limits["Max core file size"][:2] == ["0", "0"]
    assert limits["Max address space"][:2] == [str(1024**3)] * 2


ATTEMPTS = {
    "read a file": "open('/etc/passwd')",
    "open a socket": "__import__('socket').socket()",
    "start a program": "__import__('subprocess').run(['/bin/true'], stdout=-1)",
    "take the limit back": "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_lock_down_leaves_nothing_to_reach_for(attempt: str) -> None:
    """What a decoder that has been taken over could try, tried from inside after the same lock-down."""
    program = f"""
import json, resource, runpy, socket, subprocess, sys
child = runpy.run_path({str(CHILD)!r}, run_name="child")
child["lock_down"](json.loads(sys.argv[1]))
try:
    {ATTEMPTS[attempt]}
except (OSError, ValueError):
    print("refused")
else:
    print("done")
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, json.dumps(asdict(PhotoLimits()))],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "refused\n", done.stderr


def test_child_ends_when_its_parent_is_gone() -> None:
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), json.dumps(asdict(PhotoLimits()))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    output, _ = child.communicate(timeout=30)  # closes the pipe, as the kernel does for a killed parent
    assert (output, child.returncode) == (b"", 0)
