"""Web, worker and beat under one process: side by side, restarted if they die, stopped together."""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from stack.child import spawn
from stack.errors import StackError

STOP_SECONDS = 20
_TOO_MANY_DEATHS, _WITHIN_SECONDS = 5, 60.0


class StopAskedError(BaseException):
    """Ctrl-C or SIGTERM arrived. Not an Exception: nothing on the way may mistake it for a failure."""


@dataclass
class Program:
    """A command that should always run; `log` gets what it prints."""

    name: str
    command: Sequence[str | Path]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=deque)
    partial: bytes = b""


@contextlib.contextmanager
def stop_on_signals() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into StopAskedError, once: a second one changes nothing."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        for each in watched:
            signal.signal(each, signal.SIG_IGN)
        raise StopAskedError

    watched = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, ask) for each in watched}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class Supervisor:
    """Runs programs until told to stop."""

    def __init__(self, programs: Sequence[Program], *, env: Mapping[str, str], cwd: Path) -> None:
        self.programs = programs
        self.env = env
        self.cwd = cwd
        self._pipes = selectors.DefaultSelector()

    def start(self) -> None:
        """Start every program."""
        for program in self.programs:
            self._start(program)

    def watch(self, *, every_second: Callable[[], None]) -> None:
        """Show what the programs print and start again what dies, until StopAskedError.

        Raises:
            StackError: a program dies as fast as it is started.
        """
        while True:
            self._show(timeout=1)
            every_second()
            for program in self.programs:
                if program.process is not None and program.process.poll() is not None:
                    self._died(program)

    def stop(self) -> None:
        """Ask all to end at once, wait, then kill what is left, with whatever it had started."""
        running = [program.process for program in self.programs if program.process]
        for process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        give_up = time.monotonic() + STOP_SECONDS
        while any(process.poll() is None for process in running) and time.monotonic() < give_up:
            self._show(timeout=0.1)
        for process in running:
            _kill_group(process)
            process.wait()
        self._show(timeout=0)
        self._pipes.close()

    def _start(self, program: Program) -> None:
        program.process = spawn(program.command, env=self.env, cwd=self.cwd, output=subprocess.PIPE)
        if program.process.stdout is not None:
            os.set_blocking(program.process.stdout.fileno(), False)
            self._pipes.register(program.process.stdout, selectors.EVENT_READ, program)

    def _died(self, program: Program) -> None:
        now = time.monotonic()
        program.deaths.append(now)
        while program.deaths[0] < now - _WITHIN_SECONDS:
            program.deaths.popleft()
        status = program.process.returncode if program.process else None
        if len(program.deaths) >= _TOO_MANY_DEATHS:
            raise StackError(
                f"{program.name} keeps ending (status {status}); its last words are in {program.log}."
            )
        say(f"{program.name} ended (status {status}); starting it again")
        if program.process:
            _kill_group(program.process)
        self._start(program)

    def _show(self, *, timeout: float) -> None:
        for key, _events in self._pipes.select(timeout):
            program: Program = key.data
            chunk = os.read(key.fd, 65536)
            if not chunk:
                self._pipes.unregister(key.fileobj)
                continue
            *lines, program.partial = (program.partial + chunk).split(b"\n")
            with program.log.open("ab") as log:
                for line in lines:
                    log.write(line + b"\n")
                    _show_line(program.name, line.decode(errors="replace"))


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what `process` started, too: a killed worker must not leave its own children behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def say(sentence: str) -> None:
    """Print one line of the launcher's own."""
    _show_line("stack", sentence)


def _show_line(name: str, line: str) -> None:
    # A closed terminal or pipe must not keep the launcher from stopping what it started.
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{name:<7}| {line}\n")
        sys.stdout.flush()
