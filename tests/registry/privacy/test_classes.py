"""No field is held that nobody said what it is, and no personal one is kept from the person."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.utils import translation

from registry.intake.services.tidying import KEEP_APPLIED, KEEP_PLANS
from registry.privacy.classes import TABLES, Kept, Privacy
from registry.privacy.held import SECTIONS, Section
from registry.privacy.not_listed import NOT_LISTED, SEEN_THROUGH
from registry.privacy.words import label_of

MODELS = {model._meta.label: model for model in apps.get_models()}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_every_field_has_one_class(model: type[Model]):
    held = sorted(field.name for field in model._meta.concrete_fields)
    assert sorted(name for name, _privacy in TABLES[model._meta.label].fields()) == held


def test_no_class_is_left_over():
    assert set(TABLES) == set(MODELS)


def test_every_personal_table_is_shown_or_said_why_not():
    personal = {label for label, table in TABLES.items() if table.personal}
    shown = {section.table for section in SECTIONS}
    assert shown.issuperset(SEEN_THROUGH.values())
    assert personal - shown - set(SEEN_THROUGH) == set(NOT_LISTED)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.code)
def test_every_shown_field_has_its_words(section: Section):
    assert section.fields
    assert all(label_of(section.table, name) for name in section.fields)


def test_sections_have_codes_of_their_own():
    assert len({section.code for section in SECTIONS}) == len(SECTIONS)


def test_what_lets_somebody_act_for_another_is_sealed():
    sealed = {f"{label}.{name}" for label, table in TABLES.items() for name in table.named(Privacy.SEALED)}
    assert sealed >= {
        "users.User.password",
        "users.Invitation.nonce",
        "users.Invitation.token_digest",
        "sessions.Session.session_key",
        "accounts.AccountIdentifier.key",
    }


@pytest.mark.parametrize("kept", Kept)
def test_every_time_of_keeping_is_said_in_words(kept: Kept):
    assert str(kept.words)


def test_words_on_imports_name_the_days_they_are_kept():
    with translation.override("en"):
        said = str(Kept.IMPORTS.words)
    assert f"{KEEP_PLANS.days} days after a plan, {KEEP_APPLIED.days} days after it was applied" in said


def test_personal_data_docs_match_the_code():
    call_command("personal_data_docs", "--check")


def test_personal_data_docs_says_when_the_document_is_stale(tmp_path: Path, settings: Any):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError):
        call_command("personal_data_docs", "--check")
    call_command("personal_data_docs")
    call_command("personal_data_docs", "--check")
