"""One finding as every area shows it: what was found, on what basis, and all that happened to it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import FileResponse
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import Account, AgencyRecord, Official, OfficialRecord
from common.audit import services as audit
from registry.exports.selectors import basis_words, severity_words, state_words
from registry.findings.models import (
    Contest,
    Ended,
    Episode,
    Finding,
    Outcome,
    Reason,
    State,
    Waiver,
    WaiverBatch,
)
from registry.findings.proofs import TYPES
from registry.findings.selectors import histories, last_confirmed, open_contest, open_waiver, said_of
from registry.findings.services import open_proof
from registry.findings.wording import in_words, title_of
from registry.rules.catalogue import catalogue
from registry.rules.legal import ARTICLES
from registry.rules.rule import Cause, Severity, Subject
from registry.users.models import User
from registry.web.identifiers import lacks_permanent
from registry.web.law.rules import paragraphs
from registry.web.law.wording import basis_of

#: Subjects whose findings are about an account: a person's, or a page of an agency.
OF_ACCOUNTS = (Subject.ACCOUNT, Subject.PAGE)
Say = Callable[[str, dict[str, Any] | None], str]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a finding, newest first on the page."""

    at: datetime
    text: str
    kind: str  # of the status shown
    detail: str = ""
    note: str = ""
    basis: str = ""  # the article that bound then
    run: int | None = None
    batch: WaiverBatch | None = None


def about(finding: Finding, *, say: Say = in_words) -> dict[str, Any]:
    """What every page of a finding shows.

    Args:
        finding: the caller has checked that the person may see it.
        say: how evidence is put in words; the person concerned is not told everything.
    """
    article = ARTICLES.get(finding.article)
    known = next((each for each in catalogue() if each.code == finding.rule), None)
    official = Official.objects.filter(pk=finding.official_id).first() if finding.official_id else None
    waiver = open_waiver(finding)
    account = _account(finding)
    return {
        "finding": finding,
        "rule_title": title_of(finding.rule),
        "rule": known,  # None once the catalogue has lost it
        "explanation": paragraphs(known.explanation) if known else [],
        "state": state_words(finding.state, finding.cause, finding.article),
        "kind": look_of(finding),
        "severity": severity_words(finding.severity),
        "evidence": say(finding.rule, finding.evidence),
        "basis": basis_of(article) if article else None,
        "confirmed_at": last_confirmed(finding),
        "official": official,
        "record": OfficialRecord.objects.current().filter(official=official).first() if official else None,
        "agency": AgencyRecord.objects.current()
        .select_related("agency")
        .filter(agency=finding.agency_id)
        .first(),
        "account": account,
        "lacks_permanent": account is not None
        and (finding.state, finding.cause) == (State.UNCHECKED, Cause.NO_PERMANENT_ID)
        and lacks_permanent(account),
        "waiver": waiver,
        "waived_with": waiver.batch.waivers.count() - 1 if waiver else 0,
        "contest": open_contest(finding),
        "events": events(finding, say=say),
    }


def look_of(finding: Finding) -> str:
    """How a finding's state looks beside its words; colour is never alone."""
    if finding.state == State.OPEN:
        return "bad" if finding.severity == Severity.HIGH else "attention"
    return {State.RESOLVED: "ok", State.WAIVED: "neutral"}.get(State(finding.state), "wait")


def events(finding: Finding, *, say: Say = in_words) -> list[Event]:
    """All that happened to a finding, newest first."""
    return [event for _finding, event in timeline([finding], say=say)]


def timeline(findings: Sequence[Finding], *, say: Say = in_words) -> list[tuple[Finding, Event]]:
    """All that happened to some findings, newest first: three queries, however many."""
    by_id = {finding.pk: finding for finding in findings}
    found: list[tuple[Finding, Event]] = []
    after: dict[int, Episode] = {}  # the one seen before is the later one
    for episode in histories(findings):
        about = by_id[episode.finding_id]
        found += [(about, event) for event in _episode(episode, about, say, after=after.get(about.pk))]
        after[about.pk] = episode
    for mark in said_of(*findings):
        if mark.waiver is not None:
            found += [(by_id[mark.waiver.finding_id], event) for event in _waiver(mark.waiver)]
        if mark.contest is not None:
            found += [(by_id[mark.contest.finding_id], event) for event in _contest(mark.contest)]
    return sorted(found, key=lambda each: each[1].at, reverse=True)


def proof_file(batch: WaiverBatch, *, by: User) -> FileResponse:
    """Give out a proof as a file to be kept, never as a page, and write down who took it.

    The caller has checked that the person may see it.

    Raises:
        NotFoundError: there is none.
    """
    word = _("proof")
    response = FileResponse(
        open_proof(batch.proof),
        as_attachment=True,
        filename=f"{word}-{batch.waived_at:%Y%m%d}.{TYPES.get(batch.proof_type, 'bin')}",
        content_type=batch.proof_type or "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    audit.record(act="waiver.proof_taken", by=by, subject_kind="waiver", subject_id=batch.pk)
    return response


def _account(finding: Finding) -> Account | None:
    if finding.subject_kind not in OF_ACCOUNTS:
        return None
    return Account.objects.prefetch_related("identifiers").filter(pk=finding.subject_id).first()


def _episode(episode: Episode, finding: Finding, say: Say, *, after: Episode | None) -> Iterator[Event]:
    """The beginning of an episode, and its end where nothing took its place at once."""
    unchecked = episode.state == State.UNCHECKED
    yield Event(
        episode.opened_at,
        state_words(episode.state, episode.cause, episode.article),
        "wait" if unchecked else "attention",
        say(finding.rule, episode.evidence),
        _("%(reason)s. Rule version %(version)s, weight: %(severity)s.")
        % {
            "reason": Reason(episode.opened_reason).label,
            "version": episode.rule_version,
            "severity": severity_words(episode.severity),
        },
        basis_words(episode.article),
        episode.opened_in_id,
    )
    if episode.closed_at is not None and (after is None or after.opened_at > episode.closed_at):
        yield Event(
            episode.closed_at,
            _("Resolved by itself"),
            "ok",
            note=f"{Reason(episode.closed_reason).label}.",
            run=episode.closed_in_id,
        )


def _waiver(waiver: Waiver) -> Iterator[Event]:
    batch = waiver.batch
    yield Event(
        batch.waived_at,
        _("Waived until the end of %(day)s") % {"day": day(batch.expires_on)},
        "neutral",
        batch.reason,
        batch.waived_by.get_full_name(),
        batch=batch,
    )
    if waiver.ended_at is not None:
        yield Event(
            waiver.ended_at,
            _("The waiver ended"),
            "neutral",
            str(Ended(waiver.ended_reason).label),
            waiver.ended_by.get_full_name() if waiver.ended_by else "",
        )


def _contest(contest: Contest) -> Iterator[Event]:
    yield Event(
        contest.contested_at,
        _("Contested"),
        "wait",
        contest.text,
        contest.contested_by.get_full_name(),
    )
    if contest.answered_at is not None and contest.answered_by is not None:
        yield Event(
            contest.answered_at,
            str(Outcome(contest.answer).label),
            "neutral",
            contest.answer_text,
            contest.answered_by.get_full_name(),
        )


def day(value: Any) -> str:
    """A day as the reader writes it."""
    return str(formats.date_format(value, "SHORT_DATE_FORMAT"))
