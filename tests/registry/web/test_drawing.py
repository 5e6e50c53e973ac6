"""Lists to choose from: drawn as Django draws them."""

import re

from django import forms
from django.forms.renderers import DjangoTemplates

from registry.web.drawing import Renderer


class Choosing(forms.Form):
    plain = forms.ChoiceField(
        choices=[("", "Tất cả"), ("a<b>", 'Sở "Y tế" & <em>'), (1234, "Số")], initial="a<b>"
    )
    grouped = forms.ChoiceField(choices=[("Tỉnh & phố", [("1", "Một")]), ("2", "Hai")], required=False)
    several = forms.MultipleChoiceField(
        choices=[("1", "Một"), ("2", "Hai")],
        initial=["1", "2"],
        widget=forms.SelectMultiple(attrs={"data-x": "<"}),
    )
    off = forms.ChoiceField(choices=[("1", "Một")], disabled=True)


def drawn(renderer: DjangoTemplates) -> list[str]:
    form = Choosing(renderer=renderer)
    return [re.sub(r"\s*\n\s*", "", str(form[name])) for name in form.fields]


def test_render_draws_a_list_as_django_does():
    assert drawn(Renderer()) == drawn(DjangoTemplates())
    assert "selected" in drawn(Renderer())[0]
