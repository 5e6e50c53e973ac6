"""What the fields of somebody's own data are called, and what their codes say."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import Category, IncidentKind, ResponsibleRole, Standing, Status
from accounts.models import Outcome as IncidentOutcome
from accounts.platforms import PLATFORMS
from registry.declarations import states
from registry.findings.models import Closed, Ended
from registry.findings.models import Outcome as ContestOutcome
from registry.findings.models import Reason as FindingReason
from registry.findings.models import State as FindingState
from registry.notifications.models import State as LetterState
from registry.notifications.models import Template
from registry.privacy.models import Asked, Outcome
from registry.rules.rule import Severity
from registry.users.models import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import TextChoices
    from django_stubs_ext import StrPromise

# A field is called the same in every table, but for those below it with their table's name.
LABELS: "Mapping[str, StrPromise]" = MappingProxyType(
    {
        "account": _("Account"),
        "accounts.DeclaredFacts.id": _("Statement no."),
        "accounts.Photo.public_id": _("Picture"),
        "accounts.CodeAcceptance.version": _("Wording no."),
        "acknowledge_by": _("To be acknowledged by"),
        "acknowledged_at": _("Acknowledged at"),
        "acknowledged_by": _("Acknowledged by"),
        "act": _("What was done"),
        "agency": _("Agency"),
        "agency_resolved": _("Agency the register read in it"),
        "agency_shown": _("Workplace the account shows"),
        "answer": _("Answer"),
        "answer_by": _("To be answered by"),
        "answer_text": _("What was answered"),
        "answered_at": _("Answered at"),
        "answered_by": _("Answered by"),
        "article": _("Legal basis"),
        "asked_at": _("Asked at"),
        "at": _("At"),
        "attempt_time": _("Signed in at"),
        "authorised_number": _("Authorised by (document)"),
        "authorised_on": _("Authorised on"),
        "axes.AccessAttempt.attempt_time": _("Last tried at"),
        "axes.AccessFailureLog.attempt_time": _("Tried at"),
        "basis": _("Legal basis of the refusal"),
        "batch": _("Waiver no."),
        "branch": _("Staff list of"),
        "by": _("By whom"),
        "category": _("Category"),
        "extended_at": _("Extended at"),
        "extended_by": _("Extended by"),
        "extended_to": _("Extended to"),
        "extension_text": _("Why it takes longer"),
        "closed_at": _("Closed at"),
        "closed_by": _("Closed by"),
        "closed_reason": _("Why it was closed"),
        "commitments": _("Commitments"),
        "commitments_version": _("Wording of the commitments"),
        "confirmed_at": _("Confirmed at"),
        "contested_at": _("Contested at"),
        "contested_by": _("Contested by"),
        "context": _("What the letter named"),
        "created_at": _("Begun at"),
        "date_joined": _("Login made at"),
        "decided_at": _("Decided at"),
        "decided_by": _("Decided by"),
        "declaration": _("Declaration no."),
        "declarations.Declaration.id": _("Declaration no."),
        "declared_on": _("Declared on"),
        "disclaimer": _("Notice that the account is personal"),
        "email": _("E-mail"),
        "employed_since": _("Here since"),
        "ended_at": _("Ended at"),
        "ended_by": _("Ended by"),
        "ended_reason": _("Why it ended"),
        "evidence": _("What was compared"),
        "episode_evidence": _("What was compared when it opened, where it was something else"),
        "expires_at": _("Holds until"),
        "expires_on": _("Holds until the end of"),
        "facts": _("Statement no."),
        "failures_since_start": _("Failed tries"),
        "finding": _("Finding no."),
        "findings.Finding.id": _("Finding no."),
        "findings.WaiverBatch.id": _("Waiver no."),
        "full_name": _("Full name"),
        "granted_at": _("Granted at"),
        "granted_by": _("Granted by"),
        "height": _("Height, pixels"),
        "impostor_link": _("Link to the impostor"),
        "invited_at": _("Invited at"),
        "invited_by": _("Invited by"),
        "ip_address": _("Network address"),
        "is_active": _("Login is open"),
        "is_staff": _("May enter the administration"),
        "is_superuser": _("Is a system administrator"),
        "kind": _("Kind"),
        "language": _("Language"),
        "last_login": _("Last signed in at"),
        "letter_taken_at": _("Letter written at"),
        "link_text": _("Link as pasted"),
        "locked_out": _("Locked afterwards"),
        "logout_time": _("Signed out at"),
        "name_shown": _("Name the account shows"),
        "noticed_on": _("Noticed on"),
        "on_behalf": _("Entered by HR"),
        "opened_at": _("Opened at"),
        "opened_on": _("Account opened on"),
        "outcome": _("Outcome"),
        "page": _("Statement no."),
        "photo": _("Profile photo"),
        "photo_problem": _("Why a photo was refused"),
        "platform": _("Platform"),
        "position": _("Position"),
        "provider_told_by": _("Recorded by (platform told)"),
        "provider_told_on": _("Platform told on"),
        "reason": _("Reason"),
        "reasons": _("Reasons given"),
        "recorded_by": _("Recorded by"),
        "recorded_from": _("On record from"),
        "recorded_until": _("On record until"),
        "reported_at": _("Reported at"),
        "reported_by": _("Reported by"),
        "resolved_at": _("Resolved at"),
        "responsible_role": _("Answers for it as"),
        "role": _("Role"),
        "rule": _("Rule"),
        "saved_at": _("Saved at"),
        "users.SavedList.name": _("Name of the list"),
        "query": _("What is looked for"),
        "sent_at": _("Sent at"),
        "severity": _("Severity"),
        "shown": _("Known as"),
        "source_format": _("Came as"),
        "staff_code": _("Staff code"),
        "standing": _("Standing in the register"),
        "state": _("State"),
        "stated_at": _("Stated at"),
        "stated_by": _("Stated by"),
        "status": _("Status"),
        "stored_at": _("Stored at"),
        "submitted_at": _("Put forward at"),
        "submitted_by": _("Put forward by"),
        "superior_told_by": _("Recorded by (superior told)"),
        "superior_told_on": _("Superior told on"),
        "template": _("What it was about"),
        "text": _("What was written"),
        "to": _("To"),
        "told_at": _("Taken over for a letter at"),
        "url": _("Address"),
        "used_at": _("Used at"),
        "user_agent": _("Browser"),
        "username": _("Login name"),
        "waived_at": _("Waived at"),
        "waived_by": _("Waived by"),
        "width": _("Width, pixels"),
        "withdrawn_at": _("Withdrawn at"),
        "work_email": _("Work e-mail"),
        "written_at": _("Written at"),
    }
)

_PLATFORM_NAMES = {code: platform.name for code, platform in PLATFORMS.items()}
_IDENTIFIERS: "Mapping[str, StrPromise]" = {
    "handle": _("Name on the platform (@…)"),
    "vanity": _("Address of one's own choice"),
    "permanent_id": _("Permanent number"),
    "phone": _("Telephone number, masked"),
    "slug": _("Name in the address"),
    "host": _("Website"),
    "c_name": _("Older address of one's own choice"),
    "user_name": _("Older name on the platform"),
}
_LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_CODES: "Mapping[str, type[TextChoices] | Mapping[str, StrPromise | str]]" = {
    "accounts.OfficialRecord.category": Category,
    "accounts.OfficialRecord.status": Status,
    "accounts.AccountIdentifier.kind": _IDENTIFIERS,
    "accounts.AccountIdentifier.platform": _PLATFORM_NAMES,
    "accounts.Entry.standing": Standing,
    "accounts.PageFacts.responsible_role": ResponsibleRole,
    "accounts.Incident.kind": IncidentKind,
    "accounts.Incident.outcome": IncidentOutcome,
    "users.User.language": _LANGUAGES,
    "users.RoleGrant.role": Role,
    "declarations.Declaration.kind": states.Kind,
    "declarations.Declaration.state": states.State,
    "declarations.Correction.kind": states.Kind,
    "declarations.Step.act": states.Act,
    "declarations.Step.state": states.State,
    "findings.Finding.state": FindingState,
    "findings.Episode.state": FindingState,
    "findings.Episode.closed_reason": FindingReason,
    "findings.Waiver.ended_reason": Ended,
    "findings.Contest.answer": ContestOutcome,
    "findings.Contest.closed_reason": Closed,
    "notifications.Message.template": Template,
    "notifications.Message.state": LetterState,
    "notifications.Message.language": _LANGUAGES,
    "privacy.DataRequest.kind": Asked,
    "privacy.DataRequest.outcome": Outcome,
}


def label_of(table: str, field: str) -> str:
    """What a field is called. Raises KeyError for one nobody gave a name; a test holds that none is."""
    return str(LABELS.get(f"{table}.{field}") or LABELS[field])


def said(table: str, field: str, code: str) -> str:
    """What a code says; a code this version does not know, and plain text, stand for themselves."""
    known = _CODES.get(f"{table}.{field}")
    words = dict(known.choices) if isinstance(known, type) else known
    return str(words.get(code, code)) if words else code


def severity(number: int) -> str:
    """How heavy a finding weighs, in words."""
    return str(Severity(number).label) if number in Severity.values else str(number)
