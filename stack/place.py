"""Where things live: one ignored data folder, and the few places a socket or an unprivileged server needs.

Sockets get a short private folder of their own, because a socket's path ends at 107 bytes. When we are root,
the database runs as `nobody`; if `nobody` may not walk to the data folder (a project under a 0700 home), its
files go to /var/lib and the data folder keeps a link to them.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from stack.child import Identity, reachable
from stack.errors import StackError

_LONGEST_PARENT = 60  # leaves room for the names below it in the 107 bytes of a socket's path
_SYSTEM = Path("/var/lib")
_SOCKETS = "registry-"


def socket_folder(name: str = _SOCKETS) -> Path:
    """Make a new private folder whose path is short enough for sockets; its children decide who enters."""
    parent = Path(tempfile.gettempdir())
    if len(str(parent)) > _LONGEST_PARENT or not reachable(parent / name):
        parent = Path("/tmp")  # noqa: S108 - mkdtemp makes a folder nobody else can have made
    folder = Path(tempfile.mkdtemp(prefix=name, dir=parent))
    folder.chmod(0o711)
    return folder


class DataFolder:
    """The one folder that holds what this installation made. `make clean-data` forgets it."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self._lock: IO[str] | None = None

    @property
    def addresses(self) -> Path:
        """What runs here, as environment lines that `manage.py` reads; it exists only while servers run."""
        return self.root / "stack.env"

    @property
    def logs(self) -> Path:
        """One file a process."""
        return self.root / "log"

    def prepare(self) -> None:
        """Make the folder.

        Raises:
            StackError: it cannot be written.
        """
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            self.root.chmod(0o711)
        except OSError as error:
            raise StackError(f"The data folder {self.root} cannot be written ({error.strerror}).") from error

    def lock(self) -> bool:
        """Take this folder for the life of this process; say whether that worked."""
        lock = (self.root / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        return True

    def unlock(self) -> None:
        """Leave the folder to others."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def database_home(self, identity: Identity) -> Path:
        """Return the folder of the database's files, made where `identity` can walk to it."""
        home = self.root / "database"
        if not home.is_symlink() and (not identity.dropped or reachable(home)):
            home.mkdir(exist_ok=True)
            home.chmod(0o711)  # whatever the umask: the server walks through to its own folder
            return home
        if not home.is_symlink():
            elsewhere = self._elsewhere()
            elsewhere.mkdir(exist_ok=True)
            home.symlink_to(elsewhere)
        home.resolve().mkdir(exist_ok=True)
        home.resolve().chmod(0o711)
        return home.resolve()

    def new_sockets(self) -> Path:
        """Make this run's socket folder, and clear away what a killed run left."""
        memory = self.root / "sockets"
        if memory.is_symlink():
            left = memory.readlink()
            if left.name.startswith(_SOCKETS):
                shutil.rmtree(left, ignore_errors=True)
            memory.unlink()
        folder = socket_folder()
        memory.symlink_to(folder)
        return folder

    def write_addresses(self, addresses: dict[str, str]) -> None:
        """Tell `manage.py` where the servers are."""
        draft = self.addresses.with_suffix(".new")
        draft.write_text("".join(f"{name}={value}\n" for name, value in addresses.items()))
        draft.replace(self.addresses)

    def forget(self) -> None:
        """Delete everything in the folder.

        Raises:
            StackError: something runs in it.
        """
        if not self.root.exists():
            return
        if not self.lock():
            raise StackError(
                "The registry is running in this folder: stop it first (Ctrl-C in its terminal)."
            )
        for link in (self.root / "database", self.root / "sockets"):
            if link.is_symlink():
                shutil.rmtree(link.readlink(), ignore_errors=True)
        shutil.rmtree(self.root)
        self.unlock()

    def _elsewhere(self) -> Path:
        if not os.access(_SYSTEM, os.W_OK):
            raise StackError(
                f"PostgreSQL runs as nobody under root, and may enter neither {self.root} nor {_SYSTEM}. "
                "Move the project (for example to /srv) or set DATABASE_URL."
            )
        return _SYSTEM / f"registry-{hashlib.sha256(str(self.root).encode()).hexdigest()[:12]}"
