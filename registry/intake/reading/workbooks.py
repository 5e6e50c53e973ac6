"""Workbooks (XLSX, XLS, ODS), opened in a limited process and streamed from it."""

import io
import pickle
import signal
import struct
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from registry.intake.reading.refusals import file_refusal

_CHILD = Path(__file__).with_name("child.py")
_AHEAD = 1024 * 1024  # bytes the process may have read ahead: several frames; without it, half a one
Numbered = tuple[int, list[Any], list[int]]
Merge = tuple[tuple[int, int], tuple[int, int]]


class _DatesOnly(pickle.Unpickler):
    """Frames hold plain data and dates; anything else means the other side is not ours any more."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in {"date", "datetime", "time", "timedelta"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


class Preview:
    """The first rows of a sheet, and what is merged on it (None: the format does not tell)."""

    def __init__(self, name: str, height: int, rows: list[Numbered], merges: list[Merge] | None) -> None:
        self.name = name
        self.height = height
        self.rows = rows
        self.merges = merges


class Workbook:
    """A workbook being read by a process of its own. Close it, or let it go: the process ends with it.

    Args:
        path: the workbook.
        kind: "xlsx", "xls" or "ods".
        meanwhile: called while the process opens it.

    Raises:
        UnreadableFileError: encrypted_file, corrupt_file, too_heavy.
    """

    def __init__(self, path: Path, kind: str, meanwhile: Callable[[], object] | None = None) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (no shell; the path is an argument)
            [sys.executable, "-I", str(_CHILD), str(path), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8", "RUST_BACKTRACE": "0"},
            pipesize=_AHEAD,
        )
        self._end = weakref.finalize(self, _finish, self._process)
        try:
            if meanwhile is not None:
                meanwhile()
            self.sheet_names: list[str] = self._frame()[1]
        except BaseException:
            self.close()
            raise

    def previews(self) -> Iterator[Preview]:
        """Each visible sheet in turn; going on to the next gives up the one before."""
        for position in range(len(self.sheet_names)):
            if position:
                self._say("skip")
            _, name, height, rows, merges = self._frame()
            yield Preview(name, height, [(number, cells, []) for number, cells in rows], merges)

    def rows(self) -> Iterator[Numbered]:
        """Every row of the sheet previewed last that is not blank: number, cells, columns with formulas."""
        self._say("rows")
        try:
            while (frame := self._frame())[0] == "rows":
                formulas = frame[2]
                if formulas:
                    for number, cells in frame[1]:
                        yield number, cells, formulas.get(number, [])
                else:
                    for number, cells in frame[1]:
                        yield number, cells, []
        finally:
            self.close()

    def close(self) -> None:
        """Ends the process."""
        self._end()

    def _say(self, word: str) -> None:
        stdin = self._process.stdin
        try:
            if stdin is not None:
                stdin.write(f"{word}\n".encode())
                stdin.flush()
        except (BrokenPipeError, ValueError) as error:
            raise file_refusal("corrupt_file") from error

    def _frame(self) -> tuple[Any, ...]:
        stdout = self._process.stdout
        head = stdout.read(4) if stdout is not None else b""
        if stdout is None or len(head) < 4:  # noqa: PLR2004 (the length of a length)
            raise file_refusal(self._cause())
        data = stdout.read(struct.unpack(">I", head)[0])
        try:
            frame: tuple[Any, ...] = _DatesOnly(io.BytesIO(data)).load()
        except (pickle.UnpicklingError, EOFError) as error:
            raise file_refusal("corrupt_file") from error
        if frame[0] == "error":
            raise file_refusal(frame[1])
        return frame

    def _cause(self) -> str:
        """Why the process is gone: its limits speak by signals, a panic of the reader by its exit code."""
        code = self._process.wait(timeout=10)
        return (
            "too_heavy"
            if code in {-signal.SIGABRT, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV}
            else "corrupt_file"
        )


def _finish(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process and gives back its pipes, whatever state they are in."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()
