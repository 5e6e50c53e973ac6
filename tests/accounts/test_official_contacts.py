"""Numbers, e-mail and portal addresses of agencies: well-formed, and on a domain that is theirs."""

import pytest

from accounts.models import PageContact, PortalVerdict
from accounts.official_contacts import (
    hosts_of,
    is_official,
    is_own,
    judge_contact,
    judge_email,
    judge_portal,
    phone,
    phone_as_read,
)

HOSTS = hosts_of(["https://www.tinhmot.vn/trang-chu"])


@pytest.mark.parametrize(
    ("typed", "kept", "read"),
    [
        ("024 3823 4567", "+842438234567", "024 3823 4567"),
        ("(024) 3823-4567", "+842438234567", "024 3823 4567"),
        ("+84 912 345 678", "+84912345678", "0912 345 678"),
        ("1022", "1022", "1022"),
        ("113", "113", "113"),
        ("1900 1234 56", "+841900123456", None),
        ("+33 1 42 68 53 00", "+33142685300", "+33 1 42 68 53 00"),
    ],
)
def test_phone_is_kept_in_one_form_and_read_as_people_write_it(typed: str, kept: str, read: str | None):
    assert phone(typed) == kept
    if read is not None:
        assert phone_as_read(kept) == read


@pytest.mark.parametrize("typed", ["", "12", "gọi văn thư", "0243 823 456", "+84 1", "9999"])
def test_phone_that_is_none_is_not_kept(typed: str):
    assert phone(typed) == ""


@pytest.mark.parametrize(
    ("email", "verdict"),
    [
        ("lienhe@hatinh.gov.vn", PageContact.GIVEN),
        ("lienhe@HaTinh.Gov.Vn", PageContact.GIVEN),
        ("a@chinhphu.vn", PageContact.GIVEN),
        ("a@tinhmot.vn", PageContact.GIVEN),
        ("a@mail.tinhmot.vn", PageContact.GIVEN),
        ("a@gmail.com", PageContact.EMAIL_ELSEWHERE),
        ("a@hatinh.gov.vn.example.com", PageContact.EMAIL_ELSEWHERE),
        ("a@nottinhmot.vn", PageContact.EMAIL_ELSEWHERE),
        ("a@gov.vn@gmail.com", PageContact.MALFORMED),
        ("a(at)gov.vn", PageContact.MALFORMED),
    ],
)
def test_judge_email_wants_an_official_domain(email: str, verdict: PageContact):
    assert judge_email(email, HOSTS) is verdict


@pytest.mark.parametrize(
    ("number", "email", "verdict"),
    [
        ("", "", PageContact.MISSING),
        ("1022", "", PageContact.GIVEN),
        ("", "a@so.gov.vn", PageContact.GIVEN),
        ("12", "a@so.gov.vn", PageContact.MALFORMED),
        ("1022", "a@gmail.com", PageContact.EMAIL_ELSEWHERE),
    ],
)
def test_judge_contact_wants_one_and_nothing_wrong(number: str, email: str, verdict: PageContact):
    assert judge_contact(number, email, HOSTS) is verdict


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("", PortalVerdict.MISSING),
        ("https://soyte.hatinh.gov.vn/mxh", PortalVerdict.RECORDED),
        ("http://tinhmot.vn/", PortalVerdict.RECORDED),
        ("https://facebook.com/soyte", PortalVerdict.ELSEWHERE),
        ("ftp://soyte.hatinh.gov.vn/", PortalVerdict.ELSEWHERE),
        ("javascript:alert(1)", PortalVerdict.ELSEWHERE),
        ("https://[", PortalVerdict.ELSEWHERE),
    ],
)
def test_judge_portal_wants_a_host_of_the_agency(url: str, verdict: PortalVerdict):
    assert judge_portal(url, HOSTS) is verdict


@pytest.mark.parametrize(
    ("host", "own"),
    [("www.tinhmot.vn", True), ("soyte.tinhmot.vn", True), ("tinhmot.gov.vn", False), ("atinhmot.vn", False)],
)
def test_is_own_wants_a_portal_on_record(*, host: str, own: bool):
    assert is_own(host, HOSTS) is own


def test_hosts_of_leaves_out_what_is_somebody_else_s_platform():
    assert hosts_of(["https://www.facebook.com/tinhmot", "", "https://www.tinhmot.vn"]) == {"tinhmot.vn"}
    assert not is_official("facebook.com", hosts_of(["https://www.facebook.com/tinhmot"]))
