"""Requests about personal data as pages tell them, to the person and to HR: state, clocks, legal basis."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.privacy.models import Asked, DataRequest, Outcome
from registry.rules.legal import article
from registry.rules.legal.data_requests import CLOCKS, DEADLINES, Right, extended_to
from registry.web.law import wording

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Told:
    """A request in words."""

    request: DataRequest
    kind: str
    status: tuple[str, "StrPromise | str"]  # look, words
    deadline: dt.date | None  # the next day that counts; None: it is answered
    late: bool
    days: int  # left until the deadline; below nothing when late
    basis: wording.Basis | None  # of a refusal
    extendable_to: dt.date | None  # the last day once it is extended; None where that cannot be any more


def shown(request: DataRequest) -> Told:
    """A request with its clock as of today."""
    today = timezone.localdate()
    answered = request.answered_at is not None
    return Told(
        request,
        str(Asked(request.kind).label),
        _status(request),
        None if answered else request.deadline,
        request.is_late(today),
        (request.deadline - today).days,
        wording.basis_of(article(request.basis)) if request.basis else None,
        extended_to(Right(request.kind), request.answer_by) if _can_be_extended(request, today) else None,
    )


def _can_be_extended(request: DataRequest, today: dt.date) -> bool:
    return request.answered_at is None and request.extended_at is None and today <= request.answer_by


def _status(request: DataRequest) -> "tuple[str, StrPromise | str]":
    if request.outcome:
        outcome = Outcome(request.outcome)
        return ("ok" if outcome is Outcome.DONE else "neutral"), str(outcome.label)
    if request.acknowledged_at is not None:
        return "wait", _("HR is looking into it")
    return "wait", _("Sent, not yet acknowledged")


def clocks() -> wording.Basis:
    """The article the deadlines come from."""
    return wording.basis_of(article(DEADLINES))


def refusals(request: DataRequest) -> list[tuple[str, str]]:
    """On what a refusal of a request may rest: code, and citation with the duty in words."""
    told = [wording.basis_of(article(code)) for code in CLOCKS[Right(request.kind)].refusals]
    return [(each.code, f"{each.citation}: {each.duty}") for each in told]
