"""How the controls of forms are drawn: as Django does, lists to choose from faster."""

from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

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
                drawn = "".join(_group(label, options) for label, options in groups)
                name, attributes = conditional_escape(widget["name"]), flatatt(widget["attrs"])
                # each part of it is escaped
                return mark_safe(f'<select name="{name}"{attributes}>{drawn}</select>')  # noqa: S308
        return super().render(template_name, context, request)


def _group(label: str | None, options: list[dict[str, Any]]) -> str:
    drawn = "".join(map(_option, options))
    return f'\n<optgroup label="{conditional_escape(label)}">{drawn}\n</optgroup>' if label else drawn


def _option(option: dict[str, Any]) -> str:
    attributes = flatatt(option["attrs"]) if option["attrs"] else ""
    value, label = conditional_escape(option["value"]), conditional_escape(option["label"])
    return f'\n<option value="{value}"{attributes}>{label}</option>'
