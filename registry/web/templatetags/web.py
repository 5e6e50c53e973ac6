"""Template tags of the components, and how the book's things are shown."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from accounts.models import Account
from registry.declarations.states import Act, Kind, PageKind, State
from registry.web import showing
from registry.web.navigation import menu_of
from registry.web.reviewer.choosing import COUNTED

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

register = template.Library()


@register.simple_tag
def described(field: BoundField, hint: str = "") -> SafeString:
    """Draw a field's control, tied to its hint and its error.

    Django ties them by itself where the hint is the form's own `help_text`; here a page may give the hint.
    """
    told = [f"{field.auto_id}_helptext"] if hint.strip() or field.help_text else []
    told += [f"{field.auto_id}_error"] if field.errors else []
    return field.as_widget(attrs={"aria-describedby": " ".join(told)} if told else None)


@register.inclusion_tag("web/_menu.html", takes_context=True)
def menu(context: Context, part: str) -> dict[str, Any]:
    """Draw the menu of a part of the site."""
    label, entries = menu_of(context["request"], part)
    return {"label": label, "entries": entries}


@register.simple_tag
def status(kind: str, text: "StrPromise | str") -> SafeString:
    """Draw `<c-status>` in a list: one and the same in every row is drawn once."""
    return _status(kind, conditional_escape(text))


@lru_cache(maxsize=200)
def _status(kind: str, text: SafeString) -> SafeString:
    return render_to_string("web/_status.html", {"kind": kind, "text": text})


def bar(parts: Iterable[tuple[str, float, float]]) -> SafeString:
    """Draw a bar: of each part its colour, where it begins and how wide it is, in per cent."""
    rects = ['<rect x="0.5" y="0.5" width="119" height="11" rx="3" class="cd-unknown"></rect>']
    rects += [
        f'<rect x="{start}%" width="{width}%" height="12" class="cd-{colour}" fill="currentColor"></rect>'
        for colour, start, width in parts
    ]
    how = 'class="cd-bar mw-100" width="120" height="12" aria-hidden="true" focusable="false"'
    return mark_safe(f"<svg {how}>{''.join(rects)}</svg>")  # noqa: S308 - colours are words of ours, all else numbers


@register.filter
def counted(number: int) -> str:
    """`{{ queue|counted }}`: a number from `count_up_to`, which may stand for more."""
    if number <= COUNTED:
        return intcomma(number)
    return gettext("more than %(number)s") % {"number": intcomma(COUNTED)}


@register.filter
def platform(account: Account) -> "str | StrPromise":
    """`{{ account|platform }}`: what people call its platform."""
    return showing.platform_name(account)


@register.filter
def handle(account: Account) -> str:
    """`{{ account|handle }}`: its name there."""
    return showing.handle_of(account)


@register.filter
def address(account: Account) -> str:
    """`{{ account|address }}`: where to open it, "" where there is nothing to open."""
    return showing.url_of(account)


@register.filter
def state_kind(state: str) -> str:
    """`{{ declaration.state|state_kind }}`: the look of a state, for `<c-status>`."""
    return showing.STATE_KINDS[State(state)]


@register.filter
def state_label(state: str) -> str:
    """`{{ declaration.state|state_label }}`: a state in words."""
    return str(State(state).label)


@register.filter
def kind_label(kind: str) -> str:
    """`{{ declaration.kind|kind_label }}`: what a declaration asks, in words."""
    return str(Kind(kind).label)


@register.filter
def page_kind(kind: str) -> str:
    """`{{ declaration.kind|page_kind }}`: what a declaration of a page asks, in words."""
    return str(PageKind(kind).label)


@register.filter
def act_label(act: str) -> str:
    """`{{ step.act|act_label }}`: what was done, in words."""
    return str(Act(act).label)


@register.filter
def reason(reasons: Mapping[str, str], field: str) -> str:
    """`{{ declaration.reasons|reason:"photo" }}`: why a field was returned, or ""."""
    return reasons.get(field, "") if reasons else ""


@register.filter
def unlocalized(number: int) -> str:
    """A number for a machine, without thousands' separators."""
    return str(number)
