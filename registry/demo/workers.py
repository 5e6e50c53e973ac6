"""Work of a load that several processes share: inventing slices, and comparing ranges of what was written.

New interpreters, not forks: a fork would share its parent's connection to the database.
"""

import multiprocessing
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import connection
from typing import Any, Final, TypeVar

import django

_R = TypeVar("_R")
_A = TypeVar("_A")

_AHEAD: Final = 2  # pieces of work waiting beside those being done: memory stays flat


def processes() -> int:
    """How many are worth starting: the processors this process may use."""
    return len(os.sched_getaffinity(0))


def shared(
    work: Callable[[_A], _R],
    pieces: Iterable[_A],
    *,
    count: int,
    begin: Callable[..., None],
    given: tuple[Any, ...] = (),
) -> Iterator[_R]:
    """What `work` makes of each piece, in their order, by `count` processes; 0 or 1: by this one.

    Args:
        work: a function of a module, so that another process finds it.
        pieces: one argument each.
        count: of processes.
        begin: called once in each process, with `given`.
        given: what every process needs to know.

    Raises:
        BrokenProcessPool: a process was killed.
    """
    if count <= 1:
        begin(*given)
        yield from map(work, pieces)
        return
    context = multiprocessing.get_context("spawn")
    told = pickle.dumps((begin, given))  # opened there only after Django is set up
    with ProcessPoolExecutor(count, context, initializer=_begin, initargs=(told,)) as pool:
        waiting: deque[Future[_R]] = deque()
        try:
            for piece in pieces:
                waiting.append(pool.submit(work, piece))
                if len(waiting) > count + _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin(told: bytes) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    begin, given = pickle.loads(told)  # noqa: S301 - from our own parent
    begin(*given)


def _end_with_parent() -> None:
    """A killed parent cannot tell its children; they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
