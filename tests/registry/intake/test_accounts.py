import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from accounts import services as book
from accounts.models import (
    Account,
    AccountIdentifier,
    DeclaredFacts,
    Entry,
    NilReturn,
    Official,
    Ownership,
    Photo,
    Proposal,
    Standing,
)
from accounts.platforms import recognise
from common.errors import ConflictError
from registry.declarations import services as declarations
from registry.declarations.models import Declaration
from registry.declarations.states import State
from registry.intake import selectors, services
from registry.intake.models import AccountRow, RefusedCell
from registry.users.models import User
from tests.accounts.photos.pictures import encoded, portrait
from tests.registry.intake.offices import (
    ACCOUNT_HEADINGS,
    Province,
    Row,
    accounts_file,
    archive,
    codes,
    counts,
    load,
    officer,
    people,
    province,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(tmp_path: Path) -> Province:
    made = province()
    load(tmp_path, made.province, people(4))
    return made


def account(code: str = "HT-000", link: str = "https://facebook.com/levanan", **facts: Any):
    return (
        code,
        facts.get("platform", "Facebook"),
        link,
        facts.get("name", "Lê Văn An"),
        facts.get("agency", "Sở Nội vụ"),
        facts.get("disclaimer", "Ý kiến cá nhân."),
        facts.get("photo", ""),
        facts.get("day", "20/07/2025"),
    )


def bring(
    tmp_path: Path,
    office: Province,
    rows: list[Row],
    photos: Path | None = None,
    by: User | None = None,
    headings: Row = ACCOUNT_HEADINGS,
):
    job = services.plan_accounts(
        source=accounts_file(tmp_path, rows, headings), photos=photos, agency=office.province, by=by
    )
    return services.apply(job=job, by=by)


def official(code: str) -> Official:
    return Official.objects.get(staff_code=code)


def test_good_row_becomes_an_unconfirmed_entry_with_its_declaration(tmp_path: Path, office: Province):
    hr = officer(office.province)
    job = bring(tmp_path, office, [account(name="", disclaimer="")], by=hr)
    assert counts(job) == (1, 0, 0, 0, 0)
    entry = Entry.objects.current().get()
    assert entry.standing == Standing.UNCONFIRMED
    assert (entry.facts.name_shown, entry.facts.agency_resolved) == ("", office.home)
    assert (entry.facts.declared_on, entry.facts.stated_by) == (dt.date(2025, 7, 20), hr)
    assert Ownership.objects.current().get().official == official("HT-000")
    declared = Declaration.objects.get()
    assert (declared.state, declared.on_behalf, declared.entry) == (State.APPROVED, True, entry)
    assert declared.link_text == "https://facebook.com/levanan"
    assert selectors.accounts_made(job).get() == entry.account


def test_second_import_changes_nothing(tmp_path: Path, office: Province):
    rows = [
        account(),
        account("HT-001", "https://x.com/bich", platform="X"),
        account("HT-002", "fb.com/levanan"),  # claims what HT-000 has
        account("HT-000", "https://m.facebook.com/LeVanAn/"),  # says it again
    ]
    first = bring(tmp_path, office, rows)
    assert (counts(first), first.counts["disputed"]) == ((3, 0, 0, 0, 1), 1)
    assert codes(first) == [(5, "repeated")]
    before = [
        list(model.objects.order_by("pk").values()) for model in (Account, DeclaredFacts, Entry, Declaration)
    ]
    again = bring(tmp_path, office, rows)
    assert counts(again) == (0, 0, 3, 0, 1)
    assert [
        list(model.objects.order_by("pk").values()) for model in (Account, DeclaredFacts, Entry, Declaration)
    ] == before


def test_claim_on_somebody_elses_account_is_disputed_and_names_nobody(tmp_path: Path, office: Province):
    bring(tmp_path, office, [account()])
    job = bring(tmp_path, office, [account("HT-001")])
    assert (counts(job), job.counts["disputed"]) == ((1, 0, 0, 0, 0), 1)
    claim = Declaration.objects.get(official=official("HT-001"))
    assert (claim.state, claim.entry) == (State.DISPUTED, None)
    assert Proposal.objects.get().facts == claim.facts
    assert Ownership.objects.current().get().official == official("HT-000")
    shown = selectors.plan_rows(job)[0]
    assert shown.disputed
    assert "HT-000" not in str(shown)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (account(link="https://vt.tiktok.com/ZS8abc12/", platform="TikTok"), "opaque_link"),
        (account(link="https://www.facebook.com/groups/1/posts/4"), "post_link"),
        (account(link="javascript:alert(1)"), "bad_scheme"),
        (account(link="https://www.tiktok.com/@abc.xyz", platform="YouTube"), "wrong_platform"),
        (account("99-0000"), "unknown_staff"),
        (account(link=""), "missing_link"),
        (account(link="https://sonoivu.hatinh.gov.vn/", platform=""), "not_a_persons"),
    ],
)
def test_row_that_cannot_be_understood_is_refused(tmp_path: Path, office: Province, row: Row, code: str):
    job = bring(tmp_path, office, [row, account("HT-003", "https://fb.com/nguoikhac")])
    assert codes(job) == [(2, code)]
    assert Entry.objects.count() == 1


def test_telephone_number_is_never_kept(tmp_path: Path, office: Province):
    rows = [
        account(link="https://zalo.me/0912345678", platform="Zalo"),
        account("HT-001", "https://www.facebook.com/groups/1/posts/0912345678"),
    ]
    job = bring(tmp_path, office, rows)
    assert counts(job) == (1, 0, 0, 0, 1)
    stored = [
        str(list(model.objects.values()))
        for model in (AccountRow, RefusedCell, AccountIdentifier, Declaration, DeclaredFacts)
    ]
    assert not any("912345678" in text for text in stored)


def test_changed_row_makes_new_facts_and_stays_unconfirmed(tmp_path: Path, office: Province):
    bring(tmp_path, office, [account()])
    job = bring(tmp_path, office, [account(name="Lê An")])
    assert counts(job) == (0, 1, 0, 0, 0)
    (shown,) = selectors.plan_rows(job)
    assert [(one.field, one.before, one.after) for one in shown.changes] == [
        ("name_shown", "Lê Văn An", "Lê An")
    ]
    entry = Entry.objects.current().get()
    assert (entry.facts.name_shown, entry.standing) == ("Lê An", Standing.UNCONFIRMED)


def test_what_the_person_confirmed_is_not_overwritten(tmp_path: Path, office: Province):
    bring(tmp_path, office, [account()])
    book.confirm(entry=Entry.objects.current().get(), by=None)
    assert counts(bring(tmp_path, office, [account()])) == (0, 0, 1, 0, 0)
    job = bring(tmp_path, office, [account(name="Tên Khác")])
    assert codes(job) == [(2, "confirmed_by_owner")]
    assert Entry.objects.current().get().facts.name_shown == "Lê Văn An"


def test_officers_own_account_is_refused(tmp_path: Path, office: Province):
    login = officer(office.province, official=official("HT-000"))
    job = bring(tmp_path, office, [account(), account("HT-001", "https://fb.com/tranthibich")], by=login)
    assert codes(job) == [(2, "own_account")]


def test_photos_are_kept_and_bad_ones_noted(tmp_path: Path, office: Province):
    good, tiny = encoded(portrait(width=400, height=400)), encoded(portrait(width=64, height=64))
    photos = archive(
        tmp_path, good_jpg=good, tiny_jpg=tiny,
        bad_jpg=b"\xff\xd8\xff\xe0 no picture",
    )  # fmt: skip
    rows = [
        account(photo="good.jpg"),
        account("HT-001", "https://fb.com/tranthibich", photo="tiny.jpg"),
        account("HT-002", "https://fb.com/phamhuuchau", photo="bad.jpg"),
        account("HT-003", "https://fb.com/vuducdung", photo="khongco.jpg"),
    ]
    job = bring(tmp_path, office, rows, photos)
    assert (counts(job), job.counts["photo_problems"]) == ((4, 0, 0, 0, 0), 3)
    found = dict(DeclaredFacts.objects.values_list("official__staff_code", "photo_problem"))
    assert found == {
        "HT-000": "", "HT-001": "photo_too_small", "HT-002": "photo_unreadable", "HT-003": "photo_not_in_zip",
    }  # fmt: skip
    assert DeclaredFacts.objects.get(official__staff_code="HT-000").photo == Photo.objects.get()


def test_discard_erases_photos_only_the_plan_named(tmp_path: Path, office: Province):
    photos = archive(tmp_path, good_jpg=encoded(portrait(width=400, height=400)))
    job = services.plan_accounts(
        source=accounts_file(tmp_path, [account(photo="good.jpg")]),
        photos=ContentFile(photos.read_bytes()),
        agency=office.province,
        by=None,
    )
    assert Photo.objects.count() == 1
    services.discard(job=job, by=None)
    assert not Photo.objects.exists()


def test_undo_takes_back_entries_and_declarations_and_lets_nil_stand_again(tmp_path: Path, office: Province):
    book.record_nil(official=official("HT-000"), by=None)
    bring(tmp_path, office, [account("HT-003", "https://fb.com/vuducdung")])
    rows = [account(), account("HT-003", "https://fb.com/vuducdung", name="Tên Mới")]
    job = bring(tmp_path, office, rows)
    assert not NilReturn.objects.current().exists()
    services.undo(job=job, by=None)
    assert NilReturn.objects.current().get().official == official("HT-000")
    assert Entry.objects.current().get().facts.name_shown == "Lê Văn An"
    assert Ownership.objects.current().get().official == official("HT-003")
    assert Declaration.objects.filter(state=State.WITHDRAWN).count() == 2
    assert counts(bring(tmp_path, office, rows)) == (1, 1, 0, 0, 0)


def test_apply_ends_a_nil_return_said_after_the_list_was_read(tmp_path: Path, office: Province):
    job = services.plan_accounts(
        source=accounts_file(tmp_path, [account()]), photos=None, agency=office.province, by=None
    )
    said = book.record_nil(official=official("HT-000"), by=None)
    services.apply(job=job, by=None)
    assert not NilReturn.objects.current().exists()
    assert Entry.objects.current().count() == 1
    services.undo(job=job, by=None)
    again = NilReturn.objects.current().get()
    assert (again.official, again.pk != said.pk) == (official("HT-000"), True)


def test_undo_leaves_a_nil_return_the_person_took_back_themself(tmp_path: Path, office: Province):
    book.record_nil(official=official("HT-000"), by=None)
    job = services.plan_accounts(
        source=accounts_file(tmp_path, [account()]), photos=None, agency=office.province, by=None
    )
    book.end_nil(official=official("HT-000"), by=None)
    services.apply(job=job, by=None)
    services.undo(job=job, by=None)
    assert not NilReturn.objects.current().exists()


def test_undo_is_refused_once_the_person_confirmed(tmp_path: Path, office: Province):
    job = bring(tmp_path, office, [account()])
    book.confirm(entry=Entry.objects.current().get(), by=None)
    with pytest.raises(ConflictError) as refusal:
        services.undo(job=job, by=None)
    assert (refusal.value.code, refusal.value.extra) == ("built_upon", {"entries": 1})


def test_apply_refuses_when_an_account_was_taken_meanwhile(tmp_path: Path, office: Province):
    job = services.plan_accounts(
        source=accounts_file(tmp_path, [account()]), photos=None, agency=office.province, by=None
    )
    bring(tmp_path, office, [account("HT-001")])
    with pytest.raises(ConflictError) as refusal:
        services.apply(job=job, by=None)
    assert refusal.value.code == "plan_stale"
    assert Declaration.objects.count() == 1


def test_column_the_list_lacks_leaves_what_is_on_record(tmp_path: Path, office: Province):
    bring(tmp_path, office, [account()])
    job = bring(tmp_path, office, [account()[:3]], headings=ACCOUNT_HEADINGS[:3])
    assert counts(job) == (0, 0, 1, 0, 0)


def test_a_link_that_states_the_permanent_id_records_it(tmp_path: Path, office: Province):
    row = account(link="https://www.facebook.com/profile.php?id=100012345678901")
    bring(tmp_path, office, [row], by=officer(office.province))
    known = AccountIdentifier.objects.current().get(account=Entry.objects.current().get().account)
    assert (known.kind, known.key) == ("permanent_id", "100012345678901")


def test_undo_leaves_a_permanent_id_recorded_since_where_it_is(tmp_path: Path, office: Province):
    hr = officer(office.province)
    job = bring(tmp_path, office, [account()], by=hr)
    entered = Entry.objects.current().get().account
    link = recognise("https://www.facebook.com/profile.php?id=100012345678901")
    recorded = declarations.record_permanent_id(account=entered, link=link, link_text=link.url, by=hr)
    services.undo(job=job, by=hr)
    assert not Entry.objects.current().exists()
    recorded.refresh_from_db()
    assert recorded.state == State.APPROVED
    assert Declaration.objects.get(kind="new").state == State.WITHDRAWN
    assert book.find_account(link) == entered
