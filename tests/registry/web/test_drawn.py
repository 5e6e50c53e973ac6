"""States and bars as templates draw them."""

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from registry.declarations.states import State
from registry.web.templatetags.web import bar, status


@pytest.mark.parametrize("kind", ["ok", "wait", "attention", "bad", "neutral"])
def test_status_in_a_list_is_the_component(kind: str):
    drawn = status(kind, "<Đã khai>")
    assert f'class="cd-status cd-{kind}"' in drawn
    assert "&lt;Đã khai&gt;" in drawn


def test_status_follows_the_language_and_escapes_once():
    both = []
    for language in ("vi", "en"):
        with override(language):
            both.append(status("ok", State.SUBMITTED.label))
            assert str(State.SUBMITTED.label) in both[-1]
    assert both[0] != both[1]
    assert "<b>&amp;" in status("ok", mark_safe("<b>&amp;"))
    assert "&lt;b&gt;&amp;amp;" in status("ok", "<b>&amp;")


def test_bar_draws_each_part_where_it_begins():
    drawn = bar([("attention", 0.0, 100), ("ok", 12.5, 30.0)])
    assert 'x="12.5%" width="30.0%" height="12" class="cd-ok"' in drawn
    assert drawn.count("<rect") == 3
