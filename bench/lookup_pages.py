"""Official pages by the thousand, in a process that has a register: `python -m bench.lookup_pages N SEED`.

Prints one JSON object: handles that are official, and look-alikes of some.
"""

import json
import sys

import django

django.setup()

from accounts.models import Agency  # noqa: E402 - Django first
from bench.enrolling import enrol  # noqa: E402
from bench.look_alikes import bare, look_alikes, official_pages  # noqa: E402
from registry.lookup.spelling import refresh  # noqa: E402

_AGENCIES = 3_000
_AT_ONCE = 5_000
_ASKED = 4_000


def main(count: int, seed: int) -> None:
    """Enrol that many pages, each agency with as many as come to it."""
    drawn = official_pages(min(_AGENCIES, count), seed=seed)
    ids = dict(Agency.objects.values_list("code", "pk"))
    drawn = [page for page in drawn if page.code in ids]
    taken: set[str] = set()
    plan: list[tuple[int, str, str]] = []
    number = 0
    while len(plan) < count:
        page = drawn[number % len(drawn)]
        turn = number // len(drawn)
        number += 1
        handle = page.handle if not turn else f"{page.handle[:40]}.{_word(turn)}"
        if bare(handle) not in taken:
            taken.add(bare(handle))
            plan.append((ids[page.code], page.name if not turn else f"{page.name} {turn}", handle))
    for start in range(0, count, _AT_ONCE):
        enrol(plan[start : start + _AT_ONCE])
    texts = refresh()
    alike = [each.name or each.handle for each in look_alikes(drawn, 900, seed=seed + 1)]
    handles = [bare(handle) for _agency, _name, handle in plan]
    said = {"texts": texts, "handles": handles[:: max(1, count // _ASKED)], "alike": alike}
    sys.stdout.write(json.dumps(said))


def _word(turn: int) -> str:
    return "".join("abcdefghik"[int(digit)] for digit in str(turn))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
