"""Icons, each drawn once: a list shows the same few in every row."""

from functools import lru_cache

from django import template
from heroicons.templatetags import heroicons

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=200)
def heroicon_mini(name: str, *, size: int = 20, aria_hidden: str = "true") -> str:
    """A small filled icon; see heroicons.com for names."""
    return heroicons.heroicon_mini(name, size=size, aria_hidden=aria_hidden)


@register.simple_tag
@lru_cache(maxsize=200)
def heroicon_outline(name: str, *, size: int = 24, aria_hidden: str = "true") -> str:
    """An icon in lines; likewise."""
    return heroicons.heroicon_outline(name, size=size, aria_hidden=aria_hidden)
