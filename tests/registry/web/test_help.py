"""Every page has its help, and every word a page asks for is in the glossary."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from registry.web.help.glossary import GLOSSARY
from registry.web.help.topics import TOPICS

#: Addresses that give no page of their own: files, parts of pages, acts that only take a post.
NO_PAGE = {
    "auditor:key", "auditor:order_file", "auditor:order_progress", "auditor:proof",
    "auditor:between_count", "auditor:sample_again",
    "auditor:sample_report", "glossary", "health", "logout", "official:data_file", "official:recognise",
    "official:save", "photo", "reviewer:data_acknowledge", "reviewer:import_progress",
    "reviewer:import_refused", "reviewer:paper_form", "reviewer:proof", "reviewer:reminder_progress",
    "reviewer:act_progress", "reviewer:seen", "set_language", "set_theme",
    "citizen:badge", "citizen:feed", "citizen:pages_csv", "citizen:pages_json", "citizen:qr",
}  # fmt: skip


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    found: set[str] = set()
    for each in patterns:
        if isinstance(each, URLResolver):
            found |= _names(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
        else:
            found.add(f"{space}{each.name}")
    return {name for name in found if not name.startswith(("admin:", "api:"))}


def _reader(language: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def test_every_page_has_help_and_no_help_is_without_page():
    assert _names(get_resolver().url_patterns) - NO_PAGE == set(TOPICS)


def test_every_word_of_a_topic_is_in_the_glossary():
    known = [term.code for term in GLOSSARY]
    assert len(known) == len(set(known))
    assert {word for topic in TOPICS.values() for word in topic.words} <= set(known)
    assert all(len(topic.terms) == len(topic.words) for topic in TOPICS.values())


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("vi", "Vấn đề phát hiện"), ("en", "Finding")])
def test_glossary_is_for_everybody_and_has_an_anchor_a_word(language: str, word: str):
    page = _reader(language).get("/glossary/").content.decode()
    assert word in page
    assert all(f'id="{term.code}"' in page for term in GLOSSARY)


@pytest.mark.django_db
def test_help_of_a_page_leads_to_its_words():
    page = _reader("en").get("/law/rules/").content.decode()
    assert "Help with this page" in page
    assert "/glossary/#force" in page
