"""How one of the others says what it found and how long it took."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date


def tell(judge: Callable[[date], Mapping[str, int]]) -> None:
    """Run it for the day given on the command line and print `{"seconds": …, "fired": {code: rows}}`.

    Importing the library and Django is not counted: only what recurs with every check.
    """
    as_of = date.fromisoformat(sys.argv[1])
    began = time.perf_counter()
    fired = judge(as_of)
    seconds = time.perf_counter() - began
    sys.stdout.write(json.dumps({"seconds": seconds, "fired": dict(fired)}))
