"""Lists to choose from: drawn as Django draws them."""

from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

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
    return [str(form[name]) for name in form.fields]


def test_render_draws_a_list_as_django_does():
    ours, djangos = drawn(Renderer()), drawn(DjangoTemplates())
    assert [parse_html(each) for each in ours] == [parse_html(each) for each in djangos]
    assert "selected" in ours[0]
    assert "&lt;em&gt;" in ours[0]
