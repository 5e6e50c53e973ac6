"""The generator of look-alikes: the same seed gives the same, and nothing it gives is a page of an agency."""

from collections import Counter

import pytest

from bench.look_alikes import KINDS, LookAlike, OfficialPage, bare, look_alikes, official_pages


@pytest.fixture(scope="module")
def pages() -> list[OfficialPage]:
    return official_pages(300, seed=11)


@pytest.fixture(scope="module")
def drawn(pages: list[OfficialPage]) -> list[LookAlike]:
    return list(look_alikes(pages, 270, seed=5))


def test_look_alikes_of_one_seed_come_out_again(pages: list[OfficialPage], drawn: list[LookAlike]):
    assert list(look_alikes(pages, 270, seed=5)) == drawn
    assert list(look_alikes(pages, 270, seed=6)) != drawn


def test_look_alikes_are_of_every_kind_alike(drawn: list[LookAlike]):
    assert set(Counter(each.kind for each in drawn).values()) == {270 // len(KINDS)}


def test_look_alikes_are_never_the_page_itself_nor_another_official_one(
    pages: list[OfficialPage], drawn: list[LookAlike]
):
    handles = {page.handle for page in pages}
    assert all(each.name or each.handle for each in drawn)
    assert all(each.name != each.of.name and each.handle not in handles for each in drawn)


def test_official_pages_have_handles_platforms_allow(pages: list[OfficialPage]):
    assert all(5 <= len(bare(page.handle)) <= 50 and not page.handle.endswith(".") for page in pages)
