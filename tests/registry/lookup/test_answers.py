"""The five answers, and what an answer never says."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, Agency
from accounts.platforms import recognise
from accounts.services import close, confirm_fake, transfer
from common.errors import RegistryError
from registry.lookup.answers import Answer, Verdict, answer
from registry.lookup.questions import read_question
from registry.lookup.spelling import refresh
from tests.factories import AgencyFactory, EntryFactory, SuccessionFactory
from tests.registry.lookup.conftest import HEALTH, LINK

pytestmark = pytest.mark.django_db


def ask(text: str) -> Answer:
    refresh()
    return answer(read_question(text))


@pytest.mark.parametrize(
    "text",
    [
        LINK, "facebook.com/SoYTe.HaTinh/about", "Fanpage: https://m.facebook.com/soytehatinh?ref=share",
        "@soyte.hatinh", "soytehatinh",
    ],
)  # fmt: skip
def test_answer_to_a_link_or_handle_however_written_is_official(page: Account, text: str):
    said = ask(text)
    assert said.verdict is Verdict.OFFICIAL
    assert [each["account"] for each in said.pages] == [page.pk]
    assert said.pages[0]["agency_name"] == HEALTH
    assert said.pages[0]["responsible_name"] == "Trần Thị Hồng"
    assert said.pages[0]["url"] == "https://www.facebook.com/soytehatinh"
    assert not said.by_name


@pytest.mark.parametrize("text", [HEALTH, "so y te ha tinh", "SỞ Y TẾ TỈNH HÀ TĨNH", "Sở Y tế Hà Tĩnh"])
def test_answer_to_an_agencys_name_is_its_pages(page: Account, text: str):
    said = ask(text)
    assert (said.verdict, said.by_name) == (Verdict.OFFICIAL, True)
    assert [each["account"] for each in said.pages] == [page.pk]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("https://www.facebook.com/soyte.hatinh.official", "added"),
        ("https://www.tiktok.com/@soytehatinh", "looks_same"),
        ("facebook.com/soytehatnih", "letters"),
        ("Sở Y tế tỉnh Hà Tĩnh - Trang chính thức", "added"),
        ("https://soyte-hatinh.com/", "added"),
    ],
)
def test_answer_to_a_look_alike_says_what_it_looks_like(page: Account, text: str, why: str):
    del page
    said = ask(text)
    assert said.verdict is Verdict.NOT_REGISTERED
    assert [(each.agency_name, each.why) for each in said.looks_like] == [(HEALTH, why)]
    assert "".join(piece.asked for piece in said.looks_like[0].pieces) == said.question.spelt


def test_answer_to_a_page_for_the_place_says_whose_place_it_is(
    province: Agency, enrol: Callable[..., Account]
):
    enrol(province, "https://www.facebook.com/ubndtinhhatinh", "UBND tỉnh Hà Tĩnh")
    said = ask("Tin tức Hà Tĩnh 24h")
    assert said.verdict is Verdict.NOT_REGISTERED
    assert said.looks_like[0].agency == province.pk


def test_answer_of_an_agency_without_pages_is_not_that_of_an_unknown_page(health: Agency):
    assert ask(HEALTH).verdict is Verdict.NOT_ENROLLED
    assert [each["name"] for each in ask("facebook.com/soytehatinh").agencies] == [health_name(health)]
    assert ask("facebook.com/soytehatinh").verdict is Verdict.NOT_ENROLLED
    assert ask("facebook.com/quan.pho.co.ha").verdict is Verdict.NOT_REGISTERED


def health_name(agency: Agency) -> str:
    return str(agency.records.get(recorded_until=None).name)


def test_answer_of_a_closed_page_is_formerly_official(page: Account):
    close(account=page, by=None)
    said = ask(LINK)
    assert said.verdict is Verdict.FORMER
    assert said.former[0]["until"] is not None
    assert said.former[0]["moved_to"] is None


def test_answer_after_a_merger_names_the_heir(page: Account, health: Agency):
    heir = AgencyFactory.create(name="Sở Y tế tỉnh Nghệ Tĩnh")
    SuccessionFactory.create(predecessor=health, successor=heir)
    close(account=page, by=None)
    assert ask(LINK).former[0]["became_name"] == "Sở Y tế tỉnh Nghệ Tĩnh"


def test_answer_on_a_past_day_is_what_stood_then(page: Account):
    before = timezone.now()
    close(account=page, by=None)
    question = read_question(LINK)
    assert answer(question, as_of=before).verdict is Verdict.OFFICIAL
    assert answer(question, as_of=before - timedelta(days=1)).verdict is Verdict.NOT_REGISTERED
    assert answer(question).verdict is Verdict.FORMER


def test_answer_of_a_confirmed_fake(page: Account, health: Agency):
    del page
    link = "https://www.facebook.com/soyte.hatinh.vn"
    confirm_fake(link=recognise(link), agency=health, by=None, name_shown=HEALTH)
    said = ask(link)
    assert said.verdict is Verdict.FAKE
    assert said.fakes[0]["agency_name"] == HEALTH
    assert said.looks_like[0].agency == health.pk


def test_answer_of_a_page_given_to_another_agency(page: Account, province: Agency):
    transfer(account=page, to=province, by=None)
    said = ask(LINK)
    assert said.verdict is Verdict.FORMER  # the new owner has not confirmed it yet
    assert said.former[0]["moved_to_name"] == "Ủy ban nhân dân tỉnh Hà Tĩnh"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nothing_asked"), ("…", "nothing_asked"), ("a" * 1001, "too_long"),
        ("fb.com/abcde fb.com/fghij", "many_links"),
        ("https://www.facebook.com/groups/soyte", "group_link"),
        ("https://www.facebook.com/soyte/posts/1", "post_link"), ("javascript:alert(1)", "bad_scheme"),
        ("https://fb.me/abc", "opaque_link"),
    ],
)  # fmt: skip
def test_question_that_names_no_page_says_why(text: str, code: str):
    with pytest.raises(RegistryError) as refused:
        read_question(text)
    assert refused.value.code == code


def test_no_way_leads_to_a_staff_members_account(page: Account, health: Agency):
    """Canaries: accounts of staff, asked for by all that is known of them, are as unknown as any other."""
    del page
    links = [f"https://www.facebook.com/canary.nhanvien.{n}" for n in range(3)]
    for link in links:
        entry = EntryFactory.create(
            facts__account__url=link, facts__official__agency=health, facts__name_shown="Canary Nhân Viên"
        )
        assert entry.standing == "confirmed"
    for text in (
        *links,
        "@canary.nhanvien.1",
        "Canary Nhân Viên",
        "canarynhanvien",
        "https://zalo.me/0912345678",
    ):
        said = ask(text)
        assert said.verdict is Verdict.NOT_REGISTERED
        assert "anary" not in repr((said.pages, said.former, said.fakes, said.agencies, said.looks_like))


@pytest.mark.parametrize(
    "text", ["Sở Y tế tỉnһ Hà Tĩnh", "Sở Y tế tỉnh Hà\u200b Tĩnh", "Sở Y tế tỉnh Hà Tỉnh", "Ѕở Y tế Hà Tĩnh"]
)
def test_answer_to_a_name_with_foreign_letters_or_other_marks_is_no_official_one(page: Account, text: str):
    del page
    said = ask(text)
    assert said.verdict is Verdict.NOT_REGISTERED
    assert [(each.agency_name, each.why) for each in said.looks_like] == [(HEALTH, "looks_same")]
    assert any(piece.how != "same" for piece in said.looks_like[0].pieces)
