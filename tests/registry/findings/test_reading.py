"""What the auditor reads: the list as it stands and as it stood, and the command that checks now."""

import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import services as book
from accounts.models import Account, Agency, Official, Standing, Status
from accounts.platforms import recognise
from registry.findings import compliance, selectors, writing
from registry.findings.compliance import ComplianceFilter, ComplianceRow, compliance_page, compliance_rows
from registry.findings.models import Finding, Run
from registry.findings.services import run_changed, start_sweep, waive, work
from registry.rules.bindings import Binding, bindings_of
from registry.rules.rule import Severity, Subject
from registry.users.models import Role
from tests.factories import RoleGrantFactory
from tests.factories.comparisons import make_agency, make_official, path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return make_agency()


def enter(agency: Agency, **statement: str) -> Account:
    account = Account.objects.create(platform="facebook")
    official = make_official(
        agency,
        full_name="Trần Thị Hoa",
        position="Chuyên viên",
        work_email="hoa@example.gov.vn",
        employed_since=date(2020, 1, 1),
    )
    facts = book.state_facts(account=account, official=official, by=None, **statement)  # type: ignore[arg-type]
    book.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    return account


def test_compliance_rows_as_it_stood_before_the_fault_was_put_right(agency: Agency):
    account = enter(agency, name_shown="Mẹ Bắp")
    before_run = timezone.now()
    run_changed()
    faulty = timezone.now()
    book.close(account=account, by=None)
    run_changed()
    now = timezone.now()

    def rules_at(instant: object) -> list[str]:
        rows = compliance_rows([path_of(agency)], instant)  # type: ignore[arg-type]
        return [row.rule for row in rows if row.account_key]

    assert rules_at(before_run) == [""]  # registered, nothing found yet
    assert "ACC-02" in rules_at(faulty)
    assert rules_at(now) == []
    of_people = [row for row in compliance_rows([path_of(agency)], now) if row.official_id]
    assert [row.state for row in of_people] == ["in_line"]


def test_compliance_rows_carry_the_evidence_and_the_article(agency: Agency):
    enter(agency, name_shown="Mẹ Bắp")
    run_changed()
    wanted = ComplianceFilter(rules=["ACC-02"])
    (row,) = compliance_rows([path_of(agency)], timezone.now(), wanted)
    assert row.evidence is not None
    assert (row.evidence["name_shown"], row.evidence["name_on_record"]) == ("Mẹ Bắp", "Trần Thị Hoa")
    assert (row.article, row.platform, row.standing) == ("DRAFT-2018.o1", "facebook", "confirmed")


def test_compliance_rows_weigh_a_finding_as_it_weighed_then(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    enter(agency, name_shown="Mẹ Bắp")
    run_changed()
    wanted, then = ComplianceFilter(rules=["ACC-02"]), timezone.now()
    (before,) = compliance_rows([path_of(agency)], then, wanted)
    known = bindings_of
    monkeypatch.setattr(
        writing,
        "bindings_of",
        lambda rule, as_of: [Binding(each.profile, "NEW.1", Severity.HIGH) for each in known(rule, as_of)],
    )
    run = start_sweep()
    Run.objects.filter(pk=run.pk).update(changed_rules=["ACC-02"])
    work(run=run)
    (after,) = compliance_rows([path_of(agency)], timezone.now(), wanted)
    assert (before.severity, after.severity, after.article) == (Severity.MEDIUM, Severity.HIGH, "NEW.1")
    assert list(compliance_rows([path_of(agency)], then, wanted)) == [before]


def test_compliance_rows_of_one_branch_hold_no_other(agency: Agency):
    other = make_agency()
    enter(agency)
    enter(other)
    paths = {row.agency_path for row in compliance_rows([path_of(agency)], timezone.now())}
    assert paths == {path_of(agency)}
    assert list(compliance_rows([], timezone.now())) == []
    everything = {row.agency_path for row in compliance_rows([""], timezone.now())}
    assert everything == {path_of(agency), path_of(other)}


def of_itself(agency: Agency, instant: object = None) -> list[ComplianceRow]:
    """The lines about an agency itself."""
    rows = compliance_rows([path_of(agency)], instant or timezone.now())  # type: ignore[arg-type]
    return [row for row in rows if row.subject == Subject.AGENCY]


def test_compliance_rows_begin_with_the_agency_and_have_a_line_for_each_of_its_findings(agency: Agency):
    enter(agency)
    run_changed()
    first, second, *people = compliance_rows([path_of(agency)], timezone.now())
    assert [(row.rule, row.state) for row in (first, second)] == [("AGE-01", "open"), ("AGE-02", "open")]
    assert (first.agency_code, first.official_id, first.account_key) == (agency.code, 0, 0)
    assert (first.staff_code, first.full_name, first.position, first.platform) == ("", "", "", "")
    assert first.evidence is not None
    assert first.evidence["agency"] == first.agency_name
    assert {row.subject for row in people} == {Subject.OFFICIAL, Subject.ACCOUNT}


def test_compliance_rows_have_one_line_for_an_agency_that_is_in_line(agency: Agency):
    make_official(agency)
    book.amend_agency(agency=agency, by=None, contact_email="hr@example.gov.vn")
    book.record_regulation(
        agency=agency, number="1/QĐ", by=None, issued_on=date(2020, 1, 1), in_force_from=date(2020, 1, 1)
    )
    run_changed()
    assert [(row.rule, row.state, row.severity) for row in of_itself(agency)] == [("", "in_line", None)]


def test_compliance_rows_have_no_line_for_an_agency_nobody_works_in(agency: Agency):
    run_changed()
    assert of_itself(agency) == []
    official = make_official(agency)
    run_changed()
    staffed = timezone.now()
    book.amend_official(official=official, by=None, status=Status.LEFT)
    left_unjudged = [row.rule for row in of_itself(agency)]
    run_changed()
    assert left_unjudged == ["AGE-01", "AGE-02"]  # what stands is told as long as it stands
    assert of_itself(agency) == []
    assert [row.rule for row in of_itself(agency, staffed)] == ["AGE-01", "AGE-02"]


def test_compliance_rows_tell_of_a_past_day_that_somebody_worked_there(agency: Agency):
    official = make_official(agency)
    nobody_looked_yet = timezone.now()
    book.amend_official(official=official, by=None, status=Status.LEFT)
    run_changed()
    assert [row.state for row in of_itself(agency, nobody_looked_yet)] == ["in_line"]
    assert of_itself(agency) == []


def test_compliance_rows_of_an_agency_as_it_stood_before_it_was_put_right(agency: Agency):
    make_official(agency)
    run_changed()
    faulty = timezone.now()
    book.amend_agency(agency=agency, by=None, contact_phone="0243 000 000", name="Sở đã đổi tên")
    run_changed()
    assert [row.rule for row in of_itself(agency)] == ["AGE-01"]
    then = of_itself(agency, faulty)
    assert [row.rule for row in then] == ["AGE-01", "AGE-02"]
    assert "Sở đã đổi tên" not in {row.agency_name for row in then}


def test_compliance_rows_of_an_agency_tell_what_was_waived(agency: Agency):
    make_official(agency)
    run_changed()
    last = timezone.localdate() + timedelta(days=9)
    grant = RoleGrantFactory.create(agency=agency, role=Role.HR_OFFICER)
    waive(findings=[Finding.objects.get(rule="AGE-01")], reason="Được", until=last, by=grant.user)
    assert [(row.rule, row.state, row.cause) for row in of_itself(agency)] == [
        ("AGE-01", "waived", last.isoformat()),
        ("AGE-02", "open", ""),
    ]


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (ComplianceFilter(), set(Subject)),
        (ComplianceFilter(subjects=[Subject.AGENCY]), {Subject.AGENCY}),
        (ComplianceFilter(subjects=[Subject.OFFICIAL, Subject.AGENCY]), {Subject.OFFICIAL, Subject.AGENCY}),
        (ComplianceFilter(subjects=[Subject.ACCOUNT]), {Subject.ACCOUNT}),
        (ComplianceFilter(subjects=[Subject.PAGE]), {Subject.PAGE}),
        (ComplianceFilter(rules=["PAG-01", "ACC-02"]), {Subject.PAGE, Subject.ACCOUNT}),
        (ComplianceFilter(rules=["AGE-02"]), {Subject.AGENCY}),
        (ComplianceFilter(rules=["AGE-02", "ACC-02"]), {Subject.AGENCY, Subject.ACCOUNT}),
        (ComplianceFilter(rules=["AGE-02"], subjects=[Subject.ACCOUNT]), set()),
        (ComplianceFilter(rules=["OLD-99"]), set()),
        (ComplianceFilter(platform="facebook"), {Subject.ACCOUNT, Subject.PAGE}),
        (ComplianceFilter(staff_code="HOA"), {Subject.OFFICIAL, Subject.ACCOUNT}),
    ],
    ids=str,
)
def test_compliance_rows_when_filtered_are_those_of_the_whole_list_that_match(
    agency: Agency, wanted: ComplianceFilter, subjects: set[Subject]
):
    enter(agency, name_shown="Mẹ Bắp")
    page = book.account_for(link=recognise("https://www.facebook.com/trang.cua.so"), by=None)
    said = book.state_page(account=page, agency=agency, name_shown="Trang", administrators=[], by=None)
    book.enter(facts=said, standing=Standing.CONFIRMED, by=None)
    Official.objects.update(staff_code="HOA")
    run_changed()
    now = timezone.now()
    whole = list(compliance_rows([path_of(agency)], now))
    part = list(compliance_rows([path_of(agency)], now, wanted))
    assert {row.subject for row in part} == subjects
    assert part == [
        row for row in whole if row.subject in subjects and (not wanted.rules or row.rule in wanted.rules)
    ]


def paged(
    agency: Agency, at: datetime, wanted: ComplianceFilter | None = None, *, limit: int = 50
) -> list[ComplianceRow]:
    """All pages of the list."""
    rows, after = compliance_page([path_of(agency)], at, wanted, limit=limit)
    while after:
        page, after = compliance_page([path_of(agency)], at, wanted, after=after, limit=limit)
        rows += page
    return rows


@pytest.mark.parametrize(("limit", "first"), [(1, 16), (1, 1), (3, 1), (4, 2), (100, 2)])
def test_compliance_page_by_key_gives_the_whole_list_once(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, limit: int, first: int
):
    monkeypatch.setattr(compliance, "_FIRST", first)  # agencies looked through before more are
    make_agency(parent=agency)  # nobody works there
    for _n in range(4):
        enter(agency, name_shown="Mẹ Bắp")
        make_official(make_agency(parent=agency))
    run_changed()
    now = timezone.now()
    whole = list(compliance_rows([path_of(agency)], now))
    assert paged(agency, now, limit=limit) == whole
    assert len({row[:4] for row in whole}) == len(whole)
    assert len({row.agency_path for row in whole}) == 5


def test_open_findings_by_key_gives_every_finding_once(agency: Agency):
    for _n in range(3):
        enter(agency)
    run_changed()
    found, after = [], None
    while page := selectors.open_findings([path_of(agency)], after=after, limit=4):
        found += page
        after = (page[-1].agency_path, page[-1].pk)
    assert len({finding.pk for finding in found}) == len(found) > 4
    assert selectors.open_findings([path_of(make_agency())]) == []
    assert selectors.open_findings([]) == []


def test_check_register_consumes_the_marks_and_prints_one_object(agency: Agency):
    other = make_agency()
    enter(agency, name_shown="Mẹ Bắp")
    enter(other)
    out = StringIO()
    call_command("check_register", "--agency", agency.code, "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert set(answer) == {"run", "subjects", "opened", "resolved", "open", "unchecked", "seconds"}
    assert answer["subjects"] == 3  # one account, one official, their agency
    of_its_account = {"ACC-02": 1, "ACC-03": 1, "ACC-06": 1, "ACC-09": 1}
    assert answer["open"] == of_its_account | {"AGE-01": 1, "AGE-02": 1}  # it orders nothing and names nobody
    assert answer["resolved"] == 0
    call_command("check_register", "--json", stdout=(again := StringIO()))
    second = json.loads(again.getvalue())
    assert (second["opened"], second["open"]["ACC-03"]) == (0, 2)
    assert selectors.last_checked(path_of(agency)) is not None


def test_check_register_prints_a_table_for_people(agency: Agency):
    enter(agency, name_shown="Mẹ Bắp")
    out = StringIO()
    call_command("check_register", stdout=out)
    assert "ACC-02" in out.getvalue()


def test_check_register_of_an_unknown_agency_is_refused():
    with pytest.raises(CommandError) as refusal:
        call_command("check_register", "--agency", "NO-SUCH")
    assert refusal.value.returncode == 2
    assert "NO-SUCH" in str(refusal.value)


def test_last_checked_of_a_branch_never_swept(agency: Agency):
    assert selectors.last_checked(path_of(agency)) is None
