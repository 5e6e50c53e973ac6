"""The profiles that ship: honest about force, dated, numbered for good."""

import datetime as dt
import unicodedata

import pytest

from registry.rules.legal import ARTICLES, Bound, Force, Scope
from registry.rules.profiles import DEFAULT, PROFILES, Polarity, Profile, profile, profile_by_number

TODAY = dt.date(2026, 11, 22)
BINDING = {Force.MUST, Force.MUST_NOT}
every_profile = pytest.mark.parametrize("each", PROFILES.values(), ids=lambda each: each.code)


def test_profiles_keep_their_numbers():
    assert {each.code: each.number for each in PROFILES.values()} == {
        "draft-2018": 1,
        "code-2021": 2,
        "code-2026": 3,
        "foreign-affairs": 4,
        "defence": 5,
        "procuracy": 6,
        "police": 7,
        "province-with-duty-to-declare": 8,
    }
    assert DEFAULT.code == "draft-2018"


@every_profile
def test_profile_is_found_by_code_and_number(each: Profile):
    assert profile(each.code) is each
    assert profile_by_number(each.number) is each


def test_profile_of_an_agency_that_names_none_is_the_default():
    assert profile("") is DEFAULT


@pytest.mark.parametrize("code", ["none", "DRAFT-2018"])
def test_profile_unknown_code_is_refused(code: str):
    with pytest.raises(KeyError):
        profile(code)
    with pytest.raises(KeyError):
        profile_by_number(99)


@every_profile
def test_profile_speaks_both_languages_in_nfc(each: Profile):
    for text in (each.name_vi, each.name_en, each.description_vi, each.description_en):
        assert text
        assert text == unicodedata.normalize("NFC", text).strip()
        assert "  " not in text


@every_profile
def test_profile_binds_known_identity_duties(each: Profile):
    for code in each.bindings:
        assert ARTICLES[code].scope is Scope.IDENTITY, code
        assert ARTICLES[code].bound is not Bound.PROVIDER, code


@every_profile
def test_profile_never_binds_harder_than_the_article(each: Profile):
    for code, binding in each.bindings.items():
        own = ARTICLES[code]
        assert own.source.own_regulation or binding.force.strength <= own.force.strength, code
        assert (binding.force is Force.DRAFT) == (own.force is Force.DRAFT), code
        if binding.force in BINDING:
            assert binding.force is own.force, code  # an order never turns into its opposite


@every_profile
def test_profile_dates_are_ordered_and_within_the_source(each: Profile):
    for code, binding in each.bindings.items():
        if binding.from_:
            assert ARTICLES[code].force_on(binding.from_)
        if binding.until:
            assert binding.from_
            assert binding.from_ < binding.until
            assert ARTICLES[code].force_on(binding.until) is None


@every_profile
def test_profile_parameters_are_positive(each: Profile):
    for days in (each.days_to_declare, each.days_between_confirmations, each.photo_max_age_days):
        assert days is None or days > 0
    assert each.minimum_administrators >= 0


@every_profile
def test_profile_that_shows_the_agency_binds_no_prohibition_of_it(each: Profile):
    forbids = {"TT-81-BQP.6-unit", "TT-27-BCA.unit", "QD-457.16-1-unit"} & each.bindings.keys()
    assert bool(forbids) == (each.agency_shown is Polarity.HIDE)
    assert ("DRAFT-2018.o3" in each.bindings) == (each.agency_shown is Polarity.SHOW)


def test_draft_2018_orders_nothing_of_an_official_but_the_law_for_everybody():
    ordered = {code for code, binding in DEFAULT.bindings.items() if binding.force in BINDING}
    assert not any(ARTICLES[code].bound is Bound.OFFICIAL for code in ordered)
    for number in range(1, 5):
        assert DEFAULT.force_on(f"DRAFT-2018.o{number}", TODAY) is Force.DRAFT


def test_obliges_declaration_only_where_a_document_orders_it():
    assert [each.code for each in PROFILES.values() if each.obliges_declaration] == [
        "province-with-duty-to-declare"
    ]
    assert profile("province-with-duty-to-declare").obliges_declaration_on(TODAY)
    assert not any(
        each.obliges_declaration_on(TODAY) for each in PROFILES.values() if not each.obliges_declaration
    )


def test_force_on_the_codes_changes_with_the_day():
    older, newer = profile("code-2021"), profile("code-2026")
    eve, day = dt.date(2026, 3, 4), dt.date(2026, 3, 5)
    assert older.force_on("QD-874.4-2", eve) is Force.SHOULD
    assert older.force_on("QD-874.4-2", day) is None
    assert newer.force_on("QD-423.real-name", eve) is None
    assert newer.force_on("QD-423.real-name", day) is Force.ENCOURAGED


def test_force_on_an_article_the_profile_does_not_bind_is_none():
    assert DEFAULT.force_on("TT-81-BQP.6-unit", TODAY) is None
    assert DEFAULT.force_on("", TODAY) is None


def test_force_on_police_is_advice_because_the_present_text_is_not_established():
    assert profile("police").force_on("TT-27-BCA.unit", TODAY) is Force.SHOULD
    assert ARTICLES["TT-27-BCA.unit"].force is Force.MUST_NOT


def test_basis_on_gives_what_applies_strongest_first():
    name = ("QD-423.real-name", "DRAFT-2018.o1", "OWN.own-name", "QD-874.4-2")
    province = profile("province-with-duty-to-declare")
    found = [(each.code, force) for each, force in province.basis_on(name, TODAY)]
    assert found == [("OWN.own-name", Force.MUST), ("QD-423.real-name", Force.ENCOURAGED)]
    assert DEFAULT.basis_on(("QD-874.4-2",), TODAY) == []
