"""`python -m stack run|servers|clean-data`: see the README; the Makefile calls these."""

import argparse
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from stack.child import PR_SET_PDEATHSIG
from stack.errors import StackError
from stack.place import DataFolder
from stack.servers import Servers
from stack.supervisor import Program, StopAskedError, Supervisor, say, stop_on_signals

PROJECT = Path(__file__).resolve().parents[1]
WEB_SECONDS = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status (2: it could not, and said why)."""
    parser = argparse.ArgumentParser(prog="python -m stack", description="The registry on one machine.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("DATA_FOLDER", PROJECT / "var")))
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="servers, web, worker and beat, until Ctrl-C")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--die-with-parent", action="store_true", help="stop when the caller (make) is killed")
    commands.add_parser("servers", help="only PostgreSQL and Valkey, until Ctrl-C")
    commands.add_parser("clean-data", help="forget everything this installation made")
    options = parser.parse_args(arguments)
    folder = DataFolder(options.data)
    try:
        with stop_on_signals():
            if options.command == "run":
                if options.die_with_parent:
                    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
                _run(folder, options.host, options.port)
            elif options.command == "servers":
                _serve(folder)
            else:
                folder.forget()
    except StackError as error:
        sys.stderr.write(f"\n{error}\n")
        return 2
    except StopAskedError:
        say("stopped")
    return 0


def _serve(folder: DataFolder) -> None:
    with Servers(folder) as servers:
        for name, value in servers.addresses.items():
            say(f"{name}={value}")
        say("ready; Ctrl-C stops both")
        while True:
            for name in servers.revive():
                say(f"the {name} ended; started it again")
            time.sleep(1)


def _run(folder: DataFolder, host: str, port: int) -> None:
    _check_port(host, port)
    say("starting the database and the broker")
    with Servers(folder) as servers:
        env = _environment(folder, servers.addresses)
        env.setdefault("SITE_URL", f"http://{host}:{port}")
        _command(env, "-m", "stack.catalogues")
        _command(env, "-m", "stack.fonts")
        say("bringing the database up to date")
        _command(env, "manage.py", "migrate", "--noinput", "--verbosity=0")
        logins = ""
        if any(PROJECT.glob("*/**/management/commands/demo.py")):
            say("looking whether the register is empty (the first time, invented people are put in)")
            logins = _command(env, "manage.py", "demo", "--first-run")
        supervisor = Supervisor(_programs(folder, host, port), env=env, cwd=PROJECT)
        try:
            supervisor.start()
            shown = False
            give_up = time.monotonic() + WEB_SECONDS

            def every_second() -> None:
                nonlocal shown
                for name in servers.revive():
                    say(f"the {name} ended; started it again")
                if not shown and _answers(host, port):
                    shown = True
                    _welcome(host, port, logins)
                elif not shown and time.monotonic() > give_up:
                    raise StackError(f"The web server did not answer in {WEB_SECONDS} s.")

            supervisor.watch(every_second=every_second)
        finally:
            say("stopping")
            supervisor.stop()


def _environment(folder: DataFolder, addresses: dict[str, str]) -> dict[str, str]:
    defaults = {"DJANGO_SETTINGS_MODULE": "registry.settings.dev", "DATA_FOLDER": str(folder.root)}
    return (
        defaults | dict(os.environ) | addresses | {"PYTHONUNBUFFERED": "1", "DATA_FOLDER": str(folder.root)}
    )


def web_command(host: str, port: int) -> list[str]:
    """The web server, as it is measured too."""
    command = [sys.executable, "-m", "gunicorn", "registry.wsgi", f"--bind={host}:{port}", "--workers=2"]
    command.append("--limit-request-line=8190")  # a question of 1,000 signs, encoded
    how = ["--worker-tmp-dir=/dev/shm", "--no-control-socket", "--graceful-timeout=10", "--log-level=warning"]
    return [*command, "--threads=4", *how]


def _programs(folder: DataFolder, host: str, port: int) -> list[Program]:
    python = sys.executable
    # The warning against root is for production; here root is a person trying the registry out.
    celery = [python, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet", "-A", "registry"]
    worker = [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-mingle", "--without-gossip"]
    beat = [*celery, "beat", f"--schedule={folder.root / 'beat-schedule'}", "--pidfile=", "--loglevel=INFO"]
    commands = {"web": web_command(host, port), "worker": worker, "beat": beat}
    return [Program(name, command, folder.logs / f"{name}.log") for name, command in commands.items()]


def _command(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackError(f"`{' '.join(arguments)}` failed; what it said is above.\n{done.stdout}")
    return done.stdout


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise StackError(
                f"{port} is not a port: choose one from 1024 to 65535, `make run PORT=8001`."
            ) from error
        except OSError as error:
            raise StackError(
                f"Port {port} on {host} cannot be used ({error.strerror}); is something listening there? "
                f"Choose another: make run PORT={port + 1}"
            ) from error


def _answers(host: str, port: int) -> bool:
    """Whether a page comes back: the port alone opens before the application is loaded."""
    asking = http.client.HTTPConnection(host, port, timeout=10)
    try:
        asking.request("GET", "/health/", headers={"Host": "localhost"})
        asking.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()
    return True


def _welcome(host: str, port: int, logins: str) -> None:
    say("")
    say(f"The registry is at http://{host}:{port}/   (Ctrl-C stops it)")
    for line in logins.splitlines():
        say(line)
    say("")


if __name__ == "__main__":
    sys.exit(main())
