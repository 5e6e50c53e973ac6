"""Children that never outlive their parent, and that a root parent starts as somebody harmless."""

import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Identity:
    """The operating-system user a server runs as; nobody in particular unless we are root."""

    uid: int
    gid: int
    dropped: bool

    def own(self, path: Path) -> None:
        """Give `path` to this user, where that is a change."""
        if self.dropped:
            os.chown(path, self.uid, self.gid)


def unprivileged() -> Identity:
    """Say who the servers run as: ourselves, or `nobody` when we are root (PostgreSQL refuses root)."""
    if os.geteuid() != 0:
        return Identity(os.geteuid(), os.getegid(), dropped=False)
    nobody = pwd.getpwnam("nobody")
    return Identity(nobody.pw_uid, nobody.pw_gid, dropped=True)


def reachable(path: Path) -> bool:
    """Whether any user may walk to `path` (a project under a 0700 home is not reachable for `nobody`)."""
    return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents)


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | int | None = None,
    identity: Identity | None = None,
    on_parent_death: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `command` so that the kernel signals it if we die, even by `kill -9`.

    It leads its own process group: a Ctrl-C at the terminal reaches the launcher only, which then stops its
    children in the right order.
    """
    parent = os.getpid()

    def tie() -> None:
        # After any change of user, which would have cleared the setting.
        _LIBC.prctl(PR_SET_PDEATHSIG, int(on_parent_death), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before we asked to be told
            os._exit(1)

    dropped = identity is not None and identity.dropped
    return subprocess.Popen(  # noqa: S603 - the commands are this package's own
        [str(part) for part in command],
        env=dict(env) if env is not None else None,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        process_group=0,
        user=identity.uid if dropped and identity else None,
        group=identity.gid if dropped and identity else None,
        extra_groups=[] if dropped else None,
        preexec_fn=tie,  # noqa: PLW1509 - the launcher has no threads, and nothing else can set this
    )


def stop(
    process: subprocess.Popen[bytes], *, how: signal.Signals = signal.SIGTERM, within: float = 15
) -> int:
    """Ask `process` to end, wait `within` seconds, then kill it. Return its exit status."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()
