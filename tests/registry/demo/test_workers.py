from datetime import UTC, datetime
from typing import Final

import pytest

from accounts.agency_names import AgencyNames, Known, WrittenAs
from registry.demo import inventing, workers
from registry.demo.inventing import Scene
from registry.demo.places import Branch, Place, Staffing
from registry.demo.slices import File
from registry.demo.writing import COLUMNS, Ids

_OFFICIALS: Final = 60
_BRANCH: Final = Branch(1, "T34-42", "UBND tỉnh Hà Tĩnh", ["UBND xã Sơn Kim", "UBND xã Đức Thọ"])


def scene() -> Scene:
    places = [
        Place(2, "UBND xã Sơn Kim", "1/2/", _BRANCH, 45),
        Place(3, "UBND xã Đức Thọ", "1/3/", _BRANCH, 45),
    ]
    known = AgencyNames(
        [
            (Known(each.agency_id, "c", each.name, each.path, None), {WrittenAs.NAME: (each.name,)})
            for each in places
        ],
        {},
    )
    return Scene(
        Staffing(places, _OFFICIALS, seed=1),
        [File("a.jpg", 360, 480, "JPEG")],
        known,
        Ids(1, 1, 1, 1, _OFFICIALS, 150),
        1,
        datetime(2026, 11, 22, 2, tzinfo=UTC),
    )


def slices(count: int) -> list[dict[str, bytes]]:
    made = workers.shared(
        inventing.invent, [0, 0, 0, 0, 0, 0], count=count, begin=inventing.begin, given=(scene(),)
    )
    return [dict(rows) for rows in made]


def test_shared_by_other_processes_makes_the_very_rows_this_one_makes() -> None:
    here, there = slices(0), slices(2)

    assert len(here) == len(there) == 6
    assert here == there
    assert here[0].keys() == COLUMNS.keys()
    assert here[0]["accounts_account"].count(b"\n") == 150


def test_shared_keeps_the_order_of_the_pieces() -> None:
    found = workers.shared(len, [(), (1,), (1, 2), (1,), ()], count=2, begin=print)

    assert list(found) == [0, 1, 2, 1, 0]


def test_shared_with_work_that_fails_says_so() -> None:
    with pytest.raises(ValueError, match="chr"):
        list(workers.shared(chr, [-1], count=2, begin=print))


def test_invent_before_begin_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventing, "_scene", None)

    with pytest.raises(RuntimeError):
        inventing.invent(0)
