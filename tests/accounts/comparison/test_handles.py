"""What handles look like, and which pages pass for each other by it; kept true by marks alone."""

from typing import Any

import pytest
from django.db import transaction

from accounts import services
from accounts.comparison import pages_alike, refresh_marked, refresh_pages
from accounts.comparison.handles import Looks, looks_of
from accounts.models import Account, Agency, PageComparison, Standing
from accounts.platforms import recognise
from tests.factories import AgencyFactory, OfficialFactory


def passes(one: Looks, other: Looks) -> bool:
    return bool({*one.own} & {*other.read} or {*one.read} & {*other.own})


def test_looks_of_are_the_same_for_what_the_eye_does_not_tell_apart():
    assert looks_of(["ubnd.tanan"], "") == looks_of(["UBND_TanAn"], "") == looks_of(["ubndtan4n"], "")
    assert looks_of(["soyte", "@so.yte"], "") == looks_of(["soyte"], "")
    assert looks_of([], "") == looks_of(["🙂", "ab"], "") == Looks([], [])


def test_looks_of_pass_where_one_has_words_added_and_not_where_both_have():
    plain, official, news = (looks_of([f"ubndtanan{added}"], "") for added in ("", ".official", ".news"))
    assert passes(plain, official)
    assert passes(news, plain)
    assert not passes(official, news)


def test_looks_of_keep_a_number_that_is_part_of_the_name():
    assert passes(looks_of(["baolam2"], "Xã Bảo Lâm"), looks_of(["baolam"], ""))
    own = looks_of(["baolam2"], "Xã Bảo Lâm 2")
    assert not passes(own, looks_of(["baolam"], ""))
    assert passes(own, looks_of(["baolam2.official"], "Xã Bảo Lâm 2"))


def _page(agency: Agency, url: str) -> Account:
    account = services.account_for(link=recognise(url), by=None)
    _say(account, agency)
    return account


def _say(account: Account, agency: Agency, **said: Any) -> None:
    facts = services.state_page(
        account=account, agency=agency, name_shown="Tân An", administrators=[], by=None, **said
    )
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)


def _compared(account: Account) -> Looks:
    with transaction.atomic():
        while refresh_marked():
            pass
        assert refresh_pages([account.pk]) == 0
    row = PageComparison.objects.get(account=account)
    return Looks(row.handle_looks, row.handle_readings)


@pytest.mark.django_db
def test_page_is_compared_by_the_names_in_its_address_and_again_when_one_changes():
    agency = AgencyFactory.create(name="UBND xã Tân An 2")
    account = _page(agency, "https://www.youtube.com/@tanan2")
    assert _compared(account) == looks_of(["tanan2"], "UBND xã Tân An 2")
    permanent = recognise("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv")
    services.record_permanent_id(account=account, link=permanent, by=None)
    assert _compared(account) == looks_of(["tanan2"], "UBND xã Tân An 2")  # an id is nothing to be read
    services.record_handle(account=account, link=recognise("https://www.youtube.com/@tanan2.vn"), by=None)
    assert _compared(account) == looks_of(["tanan2.vn"], "UBND xã Tân An 2")
    services.amend_agency(agency=agency, by=None, name="UBND xã Tân An")
    assert _compared(account) == looks_of(["tanan2.vn"], "UBND xã Tân An")


@pytest.mark.django_db
def test_page_known_by_an_id_alone_looks_like_nothing():
    account = _page(AgencyFactory.create(), "https://www.facebook.com/profile.php?id=100012345678901")
    assert _compared(account) == Looks([], [])


@pytest.mark.django_db
def test_pages_alike_are_agencies_pages_only():
    one = _page(AgencyFactory.create(), "https://www.facebook.com/ubnd.tanan")
    other = _page(AgencyFactory.create(), "https://www.tiktok.com/@ubndtanan.official")
    elsewhere = _page(AgencyFactory.create(), "https://www.tiktok.com/@ubndtanlan")
    person = services.account_for(link=recognise("https://www.instagram.com/ubndtanan"), by=None)
    facts = services.state_facts(account=person, official=OfficialFactory.create(), by=None)
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    assert pages_alike([one.pk]) == pages_alike([other.pk]) == {one.pk, other.pk}
    assert pages_alike([elsewhere.pk]) == {elsewhere.pk}
    assert pages_alike([]) == set()
