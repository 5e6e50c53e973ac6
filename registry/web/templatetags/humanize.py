"""Numbers as people read them. Pages are full of them; Django's own filter takes several times the time."""

from django import template
from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def intcomma(number: int | str) -> SafeString | str:
    """`{{ staff|intcomma }}`: 12.345, or 12,345 in English. A name the page does not have stays nothing."""
    if not isinstance(number, int):
        return number
    return mark_safe(f"{number:,}".replace(",", get_format("THOUSAND_SEPARATOR")))  # noqa: S308 - digits
