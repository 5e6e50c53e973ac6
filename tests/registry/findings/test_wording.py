"""Evidence is said in words for every rule that stores some."""

from typing import Any

import pytest
from django.utils.translation import override

from accounts.models import OwnerStatus
from registry.findings.wording import in_words, title_of
from registry.rules.catalogue import catalogue

SAID: list[tuple[str, dict[str, Any], str]] = [
    ("ACC-02", {"name_shown": "Mẹ Bắp", "name_on_record": "Trần Thị Hoa", "name_step": 0}, "Trần Thị Hoa"),
    ("ACC-04", {"photo_problem": "photo_too_small"}, "too small"),
    ("ACC-07", {"agency_shown": "Sở B", "agency_resolved": "Sở B", "agency_on_record": "Sở A"}, "Sở A"),
    ("ACC-07", {"agency_shown": "Hội X", "agency_on_record": "Sở A"}, "no agency of the register"),
    ("ACC-08", {"agency_shown": "Sở TT", "successors": [{"name": "Sở KH", "on": "2025-03-01"}]}, "Sở KH"),
    ("ACC-08", {"agency_shown": "Sở TT"}, "no longer exists"),
    ("ACC-09", {"disclaimer": "Xin chào"}, "Xin chào"),
    ("ACC-09", {"disclaimer": ""}, "No notice"),
    ("ACC-10", {"rival_claims": 2}, "2"),
    ("ACC-11", {"registered_on": "2026-01-31"}, "31/01/2026"),
    ("ACC-12", {"owner_status": OwnerStatus.MOVED.value}, "moved"),
    ("ACC-12", {"owner_status": OwnerStatus.LEFT.value}, "left"),
    ("ACC-13", {"name_shown": "Hоa", "name_flags": 1}, "look like"),
    ("ACC-13", {"name_shown": "Hoa", "name_flags": 2}, "nobody can see"),
    ("ACC-08", {"agency_shown": "Sở TT", "agency_shown_until": "2025-03-01"}, "since 01/03/2025"),
    ("ACC-08", {"agency_shown": "Sở TT", "agency_resolved": "Sở KH"}, "former name of Sở KH"),
    ("ACC-14", {"name_shown": "Kênh tin tức 24h"}, "tin tức"),
    ("ACC-15", {"name_shown": "UBND xã Kỳ Hoa"}, "UBND xã Kỳ Hoa"),
    (
        "ACC-16",
        {"employer_named": 2, "handles": ["@hoa.bqp"], "agency_on_record": "BQP"},
        "handle “@hoa.bqp”",
    ),
    (
        "ACC-16",
        {"employer_named": 9, "name_shown": "Hoa", "agency_shown": "D2"},
        "“Hoa”, the agency",
    ),
    ("ACC-17", {"disclaimer": "Cá nhân", "disclaimer_verdict": 2}, "not represent"),
    ("ACC-17", {"disclaimer": "Không đại diện", "disclaimer_verdict": 3}, "is personal"),
    ("ACC-18", {"photo_on": "2020-01-31", "photo_due_on": "2022-01-31"}, "since 31/01/2022"),
    ("ACC-18", {"photo_on": "2020-01-31"}, "declared on 31/01/2020."),
    ("ACC-19", {"handle_verdict": 2, "handles": ["@moi"], "handles_given_up": ["@cu"]}, "Declared as “@cu”"),
    ("ACC-19", {"handle_verdict": 3, "handles": ["9"], "handles_given_up": ["@cu"]}, "another account's now"),
    ("ACC-19", {"handle_verdict": 0, "handles": ["@hoa"]}, "Known only by @hoa"),
    ("ACC-23", {"addresses": ["https://facebook.com/groups/1"]}, "groups/1"),
    ("ACC-24", {"confirmed_on": "2025-01-31", "confirm_due_on": "2026-01-31"}, "since 31/01/2026"),
    ("ACC-24", {"confirmed_on": "2025-01-31"}, "on 31/01/2025."),
    (
        "ACC-25",
        {"changed_on": "2026-01-31", "changed": {"name_shown": "Hoa", "photo": True}},
        "“Hoa”), the photo",
    ),
    ("OFF-01", {"declare_due_on": "2026-07-01"}, "01/07/2026"),
    ("OFF-02", {"accounts": 2, "proposed": 0}, "has 2 in the register"),
    ("OFF-02", {"accounts": 0, "proposed": 1}, "1 declared for them wait"),
    ("OFF-03", {"status": 2, "gone_on": "2026-01-31", "accounts": 1}, "Left on 31/01/2026"),
    ("OFF-03", {"status": 3, "gone_on": "2026-01-31", "accounts": 1}, "another agency on 31/01/2026"),
    ("OFF-04", {"accepted_code": 0}, "any wording"),
    ("OFF-04", {"accepted_code": 1}, "an earlier wording"),
    ("OFF-05", {"gaps": 9}, "position, employed since"),
    ("OFF-06", {"provider_untold_since": "2026-01-31"}, "31/01/2026"),
    ("OFF-07", {"loss_untold_since": "2026-01-31"}, "31/01/2026"),
    ("OFF-08", {"posing_untold_since": "2026-01-31"}, "31/01/2026"),
    ("AGE-01", {"agency": "Sở Y tế"}, "Sở Y tế: none is recorded"),
    ("AGE-01", {"agency": "Sở Y tế", "regulation_from": "2027-01-01"}, "on 01/01/2027"),
    (
        "AGE-01",
        {"agency": "Sở Y tế", "regulation_from": "2025-01-01", "regulation_until": "2026-01-01"},
        "until 01/01/2026",
    ),
    ("AGE-02", {"agency": "Sở Y tế"}, "Sở Y tế: neither"),
    ("PAG-01", {"name_shown": "Sở Y tế", "responsible": 0}, "nobody is named"),
    ("PAG-01", {"name_shown": "Sở Y tế", "responsible": 2, "responsible_name": "Lan"}, "Lan, who answered"),
    ("PAG-01", {"name_shown": "Sở Y tế", "responsible": 3, "responsible_name": "Lan"}, "another branch"),
    ("PAG-02", {"name_shown": "Sở Y tế", "responsible_name": "Lan"}, "authorises Lan"),
    ("PAG-03", {"name_shown": "Sở Y tế", "administrators": 1, "minimum": 3}, "in post: 1; asked for: 3"),
    ("PAG-03", {"name_shown": "Sở Y tế", "administrators": 1}, "in post: 1."),
    ("PAG-04", {"name_shown": "Sở Y tế", "names_gone": ["Lan", "Hoa"]}, "Lan, Hoa"),
    ("PAG-05", {"name_shown": "Sở Y tế", "contact": 0}, "no contact"),
    ("PAG-05", {"name_shown": "Sở Y tế", "contact": 2, "contact_email": "a(at)b"}, "a(at)b"),
    ("PAG-05", {"name_shown": "Sở Y tế", "contact": 3, "contact_email": "a@gmail.com"}, "a@gmail.com"),
    ("PAG-06", {"name_shown": "Sở Y tế", "badge": 0}, "nobody has recorded"),
    ("PAG-06", {"name_shown": "Sở Y tế", "badge": 2}, "without its day"),
    ("PAG-07", {"name_shown": "Sở Y tế", "badge_seen_on": "2025-01-31"}, "31/01/2025"),
    ("PAG-08", {"name_shown": "Sở Y tế", "portal": 0}, "no address"),
    (
        "PAG-08",
        {"name_shown": "Sở Y tế", "portal": 2, "portal_url": "https://x.example"},
        "https://x.example",
    ),
    ("PAG-09", {"name_shown": "Y tế", "agency_on_record": "Sở Y tế"}, "called Sở Y tế"),
    (
        "PAG-10",
        {"name_shown": "Sở TT", "agency_on_record": "Sở TT", "dissolved_on": "2025-03-01"},
        "since 01/03/2025",
    ),
    (
        "PAG-10",
        {"name_shown": "Sở TT", "dissolved_on": "2025-03-01", "successors": [{"name": "Sở KH"}]},
        "became Sở KH",
    ),
    ("PAG-10", {"name_shown": "Sở TT", "agency_on_record": "Sở KH"}, "it is called Sở KH"),
    ("PAG-11", {"name_shown": "Sở Y tế"}, "Sở Y tế"),
    ("PAG-12", {"name_shown": "Sở Y tế"}, "Sở Y tế"),
    ("PAG-13", {"name_shown": "Sở Y tế"}, "Sở Y tế"),
    ("PAG-14", {"name_shown": "Sở Y tế", "confirmed_on": "2025-01-31"}, "31/01/2025"),
    (
        "PAG-14",
        {"name_shown": "Sở Y tế", "confirmed_on": "2025-01-31", "confirm_due_on": "2026-01-31"},
        "since 31/01/2026",
    ),
    (
        "PAG-15",
        {
            "name_shown": "Xã Tân An",
            "handles": ["ubnd.tanan"],
            "pages_alike": [
                {"handles": ["@ubndtanan", "tanan.gov.vn"], "agency": "Phường Tân An"},
                {"handles": ["ubndtanan.official"], "agency": "Xã Tân Ân"},
            ],
        },
        "page: @ubndtanan, tanan.gov.vn (Phường Tân An); ubndtanan.official (Xã Tân Ân).",
    ),
]


@pytest.mark.parametrize(("code", "evidence", "said"), SAID)
def test_in_words_says_what_was_compared(code: str, evidence: dict[str, Any], said: str):
    with override("en"):
        assert said in in_words(code, evidence)


def test_every_rule_with_evidence_has_words():
    assert {each.code for each in catalogue() if each.evidence} == {code for code, _e, _s in SAID}


def test_in_words_without_evidence_is_silent():
    assert in_words("ACC-01", {}) == ""
    assert in_words("ACC-02", None) == ""
    with override("en"):
        assert title_of("ACC-01") == "The account shows a name"
