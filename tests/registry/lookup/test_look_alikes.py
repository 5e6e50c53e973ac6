"""Look-alikes through the index, with a fresh seed each time: counted, not chosen.

`LOOK_ALIKE_SEED=…` draws those of a past run again.
"""

import os
import random
import sys
from collections import Counter

import pytest

from accounts.data import agency_tree
from accounts.models import Agency
from accounts.names import written_openly
from accounts.services.seeding import load_agencies
from bench.enrolling import enrol
from bench.look_alikes import bare, look_alikes, official_pages
from registry.lookup.likeness import known_like
from registry.lookup.models import Spelling, Spelt
from registry.lookup.spelling import refresh

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("LOOK_ALIKE_SEED") or random.SystemRandom().randrange(10**6))
PAGES, DRAWN, NAMES = 1_000, 900, 1_000


@pytest.fixture
def codes() -> dict[int, str]:
    """The real agencies: id to code."""
    load_agencies()
    return dict(Agency.objects.values_list("pk", "code"))


def test_look_alikes_are_found_and_real_names_raise_no_alarm(codes: dict[int, str]):
    ids = {code: pk for pk, code in codes.items()}
    pages = list({bare(page.handle): page for page in official_pages(PAGES, seed=SEED)}.values())
    enrol([(ids[page.code], page.name, page.handle) for page in pages])
    refresh()
    enrolled = {page.code for page in pages}
    assert Spelling.objects.filter(kind=Spelt.HANDLE).exists()

    def agencies(text: str) -> set[str]:
        return {codes[each.agency] for each in known_like(text).like} & enrolled

    missed: Counter[str] = Counter()
    for each in look_alikes(pages, DRAWN, seed=SEED + 1):
        missed[each.kind] += each.of.code not in agencies(each.name or each.handle)
    living = [each for each in agency_tree() if each.dissolved_on is None]
    alarms = [
        each.name
        for each in random.Random(SEED + 2).sample(living, NAMES)  # noqa: S311 - drawn again by its seed
        if any(_name_of(code) != each.name for code in agencies(each.name))
    ]
    found = 1 - sum(missed.values()) / DRAWN
    told = f"{found:.1%} of {DRAWN} found; {len(alarms)} of {NAMES} names falsely alarmed"
    sys.stdout.write(f"seed {SEED}: {told}; missed {dict(+missed)}\n")
    assert found >= 0.95, (SEED, missed)
    assert len(alarms) <= NAMES // 100, (SEED, alarms)

    # a small register: of the bodies outside its book it knows no more than the State's list of places
    Spelling.objects.exclude(agency__in=[ids[code] for code in enrolled]).delete()
    outside = [each.name for each in living if each.code not in enrolled]
    asked = random.Random(SEED + 3).sample(outside, NAMES // 2)  # noqa: S311 - likewise
    taken = [name for name in asked if _is_taken_for_another(name)]
    sys.stdout.write(f"{len(taken)} of {len(asked)} names outside the book taken for one in it\n")
    assert len(taken) <= len(asked) // 20, (SEED, taken)


def _is_taken_for_another(name: str) -> bool:
    """Whether a name is like one of the book; a namesake answers for itself."""
    found = known_like(name)
    namesakes = (each for each in found.named if each.kind == Spelt.AGENCY)
    return bool(found.like) and not any(written_openly(name, each.text) for each in namesakes)


_NAMES = {each.code: each.name for each in agency_tree()}


def _name_of(code: str) -> str:
    return _NAMES[code]
