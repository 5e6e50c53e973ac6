"""What a declaration said when it was returned is kept, and shown when it comes back."""

import pytest
from django.db import ProgrammingError, transaction

from accounts.platforms import recognise
from common.errors import NotFoundError
from registry.declarations import services
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Declaration, Return
from registry.declarations.selectors import gone_up, last_return, photo_for, returned_ones
from tests.factories import DeclarationFactory, OfficialFactory, PhotoFactory
from tests.registry.people import Country, make_country, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    """A province with two departments, another province, and people in them."""
    return make_country()


def corrected(put: Declaration, country: Country, name: str) -> Declaration:
    """Put forward again under another name."""
    saved = services.save_draft(
        official=country.lan,
        link=recognise(put.link_text),
        link_text=put.link_text,
        statement={"name_shown": name, "commitments": list(CURRENT)},
        by=country.lan_login,
        declaration=put,
    )
    return services.submit(declaration=saved, by=country.lan_login)


def test_last_return_keeps_what_was_said_and_asked(country: Country):
    photo = PhotoFactory.create()
    put = DeclarationFactory.create(
        official=country.lan, by=country.lan_login, name_shown="Mẹ Bắp", photo=photo, submitted=True
    )
    first = put.facts
    put = services.return_(declaration=put, reasons={"name_shown": "Ghi tên thật"}, by=country.hr)
    again = corrected(put, country, "Trần Thị Lan")
    assert again.reasons == {}
    returned = last_return(again)
    assert returned is not None
    assert (returned.facts, returned.reasons) == (first, {"name_shown": "Ghi tên thật"})
    assert returned.step.by == country.hr
    assert photo_for(country.hr, photo.public_id) == photo  # HR may still see what it returned
    with pytest.raises(NotFoundError):
        photo_for(country.hr_elsewhere, photo.public_id)
    services.return_(declaration=again, reasons={"": "Lần hai"}, by=country.hr)
    latest = last_return(again)
    assert latest is not None
    assert (latest.facts.name_shown, latest.reasons) == ("Trần Thị Lan", {"": "Lần hai"})


def test_last_return_of_what_never_was_is_none(country: Country):
    put = DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)
    assert last_return(put) is None
    assert returned_ones([put]) == set()


def test_return_once_written_stays(country: Country):
    put = DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)
    services.return_(declaration=put, reasons={"": "Xem lại"}, by=country.hr)
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        Return.objects.update(reasons={"": "Khác"})
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        Return.objects.all().delete()
    assert returned_ones([put]) == {put.pk}


def test_gone_up_skips_agencies_without_another_officer_and_says_where_it_went(country: Country):
    alone = OfficialFactory.create(agency=country.culture)
    only = officer(country.culture, "Cán bộ duy nhất", official=alone)
    country.hr_culture.grants.all().delete()
    own = DeclarationFactory.create(official=alone, by=only, submitted=True)
    assert gone_up([own]) == {own.pk: country.province.pk}
    country.hr_province.grants.all().delete()
    assert gone_up([own]) == {own.pk: None}
    officer(country.government, "Bộ Nội vụ")
    assert gone_up([own]) == {own.pk: country.government.pk}
    officer(country.culture, "Đồng nghiệp")
    assert gone_up([own]) == {}
