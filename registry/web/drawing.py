"""How the controls of forms are drawn: as Django does, lists to choose from faster."""

from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_SELECT: Final = "django/forms/widgets/select.html"
_OPTION: Final = "django/forms/widgets/select_option.html"


class Renderer(DjangoTemplates):
    """Draws a list of hundreds of units or rules by itself: Django renders two templates for each option."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Draw what a template is named for; a list whose options are none of Django's is left to Django."""
        if template_name == _SELECT:
            widget = context["widget"]
            groups = [(label, options) for label, options, _place in widget["optgroups"]]
            if all(option["template_name"] == _OPTION for _label, options in groups for option in options):
                return format_html(
                    '<select name="{}"{}>{}</select>',
                    widget["name"],
                    flatatt(widget["attrs"]),
                    format_html_join("", "{}", ((_group(label, options),) for label, options in groups)),
                )
        return super().render(template_name, context, request)


def _group(label: str | None, options: list[dict[str, Any]]) -> SafeString:
    drawn = format_html_join(
        "",
        '\n<option value="{}"{}>{}</option>',
        ((option["value"], flatatt(option["attrs"]), option["label"]) for option in options),
    )
    return format_html('\n<optgroup label="{}">{}\n</optgroup>', label, drawn) if label else drawn
