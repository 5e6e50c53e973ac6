"""The law as data: consistent, dated, bilingual, and never surer than what was seen."""

import datetime as dt
import unicodedata

import pytest

from registry.rules import legal
from registry.rules.legal import (
    ARTICLES,
    FORCE_LABELS,
    SEEN_LABELS,
    SOURCES,
    Article,
    Bound,
    Force,
    Scope,
    Seen,
    Source,
    article,
    in_force,
)

DAY = dt.timedelta(days=1)
BINDING = {Force.MUST, Force.MUST_NOT}
every_source = pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.code)
every_article = pytest.mark.parametrize("each", ARTICLES.values(), ids=lambda each: each.code)


@every_source
def test_source_speaks_both_languages_in_nfc(source: Source):
    for text in (
        *(source.title_vi, source.title_en, source.issuer_vi, source.issuer_en),
        *(source.number, source.note_vi, source.note_en),
    ):
        assert text == unicodedata.normalize("NFC", text).strip()
    assert source.title_vi
    assert source.title_en
    assert source.issuer_vi
    assert source.issuer_en
    assert bool(source.note_vi) == bool(source.note_en)


@every_source
def test_source_dates_are_ordered(source: Source):
    given = [d for d in (source.signed, source.in_force_from, source.in_force_until) if d]
    assert given == sorted(given)
    if source.in_force_until:
        assert source.begins
        assert source.begins < source.in_force_until
    if source.draft:
        assert not given
    if not source.dates_known:
        assert source.note_vi, "a cautious reading of a date is explained"


@every_source
def test_source_replaced_by_follows_without_a_gap(source: Source):
    if not source.replaced_by:
        return
    heir = SOURCES[source.replaced_by]
    assert heir.begins
    if not source.draft:
        assert heir.begins == source.in_force_until


@every_source
def test_source_address_is_one_or_none(source: Source):
    assert not source.url or source.url.startswith(("https://", "http://"))
    assert " " not in source.url
    assert "…" not in source.url


def test_sources_and_articles_have_each_code_once():
    assert all(code == source.code for code, source in SOURCES.items())
    assert all(code == each.code for code, each in ARTICLES.items())
    assert sum(len(part.SOURCES) for part in legal._PARTS) == len(SOURCES)
    assert sum(len(part.ARTICLES) for part in legal._PARTS) == len(ARTICLES)
    assert {each.source.code for each in ARTICLES.values()} <= SOURCES.keys()


@every_article
def test_article_belongs_to_its_source(each: Article):
    assert each.code.startswith(f"{each.source.code}.")
    assert SOURCES[each.source.code] is each.source


@every_article
def test_article_speaks_both_languages_in_nfc(each: Article):
    for text in (each.duty_vi, each.duty_en):
        assert text == unicodedata.normalize("NFC", text).strip()
        assert text.endswith(".")
        assert "  " not in text


@every_article
def test_article_orders_nothing_from_a_text_nobody_saw(each: Article):
    if each.certainty is Seen.PRESS:
        assert each.force not in BINDING
        assert not each.label


@every_article
def test_article_of_a_draft_is_a_draft_and_no_other(each: Article):
    assert each.source.draft == (each.force is Force.DRAFT)


@every_article
def test_article_owed_by_the_register_is_its_own_scope(each: Article):
    assert (each.scope is Scope.REGISTER) == (each.bound is Bound.REGISTER)


@pytest.mark.parametrize(
    ("code", "begins", "ends"),
    [
        ("QD-874", dt.date(2021, 6, 17), dt.date(2026, 3, 5)),
        ("QD-423", dt.date(2026, 3, 5), None),
        ("ND-147", dt.date(2024, 12, 25), None),
        ("TT-81-BQP", dt.date(2025, 9, 15), None),
        ("LUAT-ANM-2018", dt.date(2019, 1, 1), dt.date(2026, 7, 1)),
        ("ND-13", dt.date(2023, 7, 1), dt.date(2026, 1, 1)),
        ("LUAT-91", dt.date(2026, 1, 1), None),
        ("QD-457", dt.date(2023, 12, 26), None),  # counted from the day of signing
    ],
)
def test_in_force_is_half_open(code: str, begins: dt.date, ends: dt.date | None):
    assert not in_force(code, begins - DAY)
    assert in_force(code, begins)
    assert in_force(code, (ends or dt.date(2999, 1, 1)) - DAY)
    if ends:
        assert not in_force(code, ends)


@pytest.mark.parametrize("code", ["DRAFT-2018", "CAI-RANG-2018", "BCT-CONDUCT", "OWN"])
def test_in_force_never_for_drafts_and_undated_texts(code: str):
    assert not any(in_force(code, dt.date(year, 6, 30)) for year in range(2015, 2031))


def test_in_force_unknown_code_is_a_programming_error():
    with pytest.raises(KeyError):
        in_force("QD-847", dt.date(2026, 1, 1))


def test_force_on_the_draft_stays_a_draft():
    name = article("DRAFT-2018.o1")
    assert name.wording == "phải"
    assert name.force_on(dt.date(2018, 12, 10)) is None
    assert name.force_on(dt.date(2018, 12, 11)) is Force.DRAFT
    assert name.force_on(dt.date(2026, 11, 22)) is Force.DRAFT


def test_force_on_follows_the_source():
    name = article("QD-874.4-2")
    assert name.force_on(dt.date(2021, 6, 16)) is None
    assert name.force_on(dt.date(2026, 3, 4)) is Force.SHOULD
    assert name.force_on(dt.date(2026, 3, 5)) is None
    assert article("QD-423.real-name").force_on(dt.date(2026, 3, 5)) is Force.ENCOURAGED


def test_force_on_an_own_regulation_has_its_dates_elsewhere():
    assert article("OWN.declare").force_on(dt.date(2015, 1, 1)) is Force.MUST


def test_draft_has_all_its_duties():
    officials = {code for code in ARTICLES if code.startswith("DRAFT-2018.o")}
    agencies = {code for code in ARTICLES if code.startswith("DRAFT-2018.a")}
    assert (len(officials), len(agencies)) == (7, 7)
    content = {code for code in officials | agencies if ARTICLES[code].scope is Scope.CONTENT}
    assert content == {f"DRAFT-2018.{part}" for part in ("o5", "o6", "o7", "a5", "a6", "a7")}


def test_citation_names_article_and_number():
    assert article("ND-147.36-press-name").citation() == "Điều 36, 147/2024/NĐ-CP"
    assert article("CT-17-BP.declare").citation() == "17-CT/TU"
    assert article("DRAFT-2018.o1").citation().startswith("Dự thảo Bộ Quy tắc")


def test_strength_orders_the_forces():
    order = [Force.DRAFT, Force.ENCOURAGED, Force.SHOULD, Force.MUST]
    assert sorted(order, key=lambda force: force.strength) == order
    assert Force.MUST.strength == Force.MUST_NOT.strength


def test_labels_cover_every_value():
    assert set(FORCE_LABELS) == set(Force)
    assert set(SEEN_LABELS) == set(Seen)


@pytest.mark.parametrize(
    "written",
    ["874/QĐ-BTTTT", "874/QD-BTTTT", "qđ 874", "Quyết định 874", "874", "  874 / QĐ - BTTTT "],
)
def test_cited_however_the_number_is_written(written: str):
    found = legal.cited(written)
    assert (found[0].source.code, found[0].slip) == ("QD-874", "")


@pytest.mark.parametrize("written", ["847/QĐ-BTTTT", "QĐ 847", "847"])
def test_cited_when_the_number_is_the_known_slip_says_so(written: str):
    found = legal.cited(written)
    assert [(each.source.code, each.slip) for each in found] == [("QD-874", "847/QĐ-BTTTT")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Nghị định 147/2024", "ND-147"),
        ("NĐ 356", "ND-356"),
        ("81/2025/TT-BQP", "TT-81-BQP"),
        ("Bình Phước", "CT-17-BP"),
        ("press", "ND-09"),
    ],
)
def test_cited_by_number_issuer_or_words(written: str, code: str):
    assert legal.cited(written)[0].source.code == code


@pytest.mark.parametrize("written", ["", "  ", "///", "99999/QĐ-XYZ", "BQP 874"])
def test_cited_when_nothing_is_meant_finds_nothing(written: str):
    assert list(legal.cited(written)) == []


def test_misquoted_numbers_are_nobodys_own():
    own = {source.number for source in SOURCES.values()}
    assert not own & {slip for source in SOURCES.values() for slip in source.misquoted_as}
