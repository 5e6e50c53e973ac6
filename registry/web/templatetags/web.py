"""Template tags of the components."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def described(field: BoundField, hint: str = "") -> SafeString:
    """Draw a field's control, tied to its hint and its error.

    Django ties them by itself where the hint is the form's own `help_text`; here a page may give the hint.
    """
    told = [f"{field.auto_id}_helptext"] if hint.strip() or field.help_text else []
    told += [f"{field.auto_id}_error"] if field.errors else []
    return field.as_widget(attrs={"aria-describedby": " ".join(told)} if told else None)
