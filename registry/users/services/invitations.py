"""Acts on invitations: officials are asked to make their logins, by letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import GONE, Agency, AgencyRecord, Official, OfficialRecord
from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError, NotFoundError, RegistryError
from registry.users import policies, tokens
from registry.users.models import Invitation, Role, User

VALID_FOR = timedelta(days=14)
_AT_ONCE = 2000
_LONGEST_EMAIL = 254  # of an address that can be delivered to (RFC 5321)


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of the officials of a branch: how many were invited, and why the others were not."""

    invited: int = 0
    already: int = 0  # an invitation is open
    has_login: int = 0
    no_email: int = 0  # none on the staff list, or not an address


@transaction.atomic
def invite(*, official: Official, by: User | None) -> Invitation:
    """Invite an official to make a login; the letter goes to the work e-mail of the staff list.

    An invitation still open is withdrawn: one works at a time. `by` None is the system itself.

    Raises:
        NotFoundError, NotAllowedError: `by` is not an HR officer over the official.
        RegistryError: `has_login`, `gone`, `no_work_email`.
    """
    if by is not None:
        policies.require_role(by, Role.HR_OFFICER, policies.path_of(official))
    Official.objects.select_for_update().get(pk=official.pk)
    record = OfficialRecord.objects.current().filter(official=official).first()
    if User.objects.filter(official=official).exists():
        raise RegistryError("has_login", _("This person already has a login."))
    if record is None or record.status in GONE:
        raise RegistryError("gone", _("This person is no longer in post here."))
    if not is_address(record.work_email):
        raise RegistryError(
            "no_work_email", _("The staff list has no usable work e-mail for this person. Add it first.")
        )
    still_open(official.pk).update(withdrawn_at=timezone.now())
    invitation = _new(official.pk, record.work_email, by)
    invitation.save(force_insert=True)
    _record("invitation.sent", by, official.pk)
    ring("notifications.send_waiting")
    return invitation


@transaction.atomic
def invite_branch(*, agency: Agency, by: User | None) -> Invited:
    """Invite everybody of an agency and all below it who has a work e-mail, no login and no open invitation.

    Raises:
        NotFoundError, NotAllowedError: `by` is not an HR officer over the agency.
    """
    path = AgencyRecord.objects.current().get(agency=agency).path
    if by is not None:
        policies.require_role(by, Role.HR_OFFICER, path)
    # Two officers at once would each write the same thousand letters.
    Agency.objects.select_for_update().get(pk=agency.pk)
    branches = AgencyRecord.objects.current().filter(policies.in_branches([path]))
    staff = OfficialRecord.objects.current().filter(agency__in=branches.values("agency"))
    present = staff.exclude(status__in=GONE)
    now = timezone.now()
    still_open().filter(official__in=present.values("official"), expires_at__lte=now).update(withdrawn_at=now)
    has_login = Q(official__in=User.objects.exclude(official=None).values("official"))
    already = Q(official__in=still_open().values("official"))
    no_email = 0

    def letters() -> Iterator[Invitation]:
        nonlocal no_email
        due = present.exclude(has_login).exclude(already).order_by("official")
        for pk, email in due.values_list("official", "work_email"):
            if is_address(email):
                yield _new(pk, email, by)
            else:
                no_email += 1

    counts = {
        "has_login": present.filter(has_login).count(),
        "already": present.exclude(has_login).filter(already).count(),
    }
    invited = 0
    to_write = letters()
    while chunk := list(islice(to_write, _AT_ONCE)):
        # Somebody invited one by one at this very moment keeps that invitation.
        Invitation.objects.bulk_create(chunk, ignore_conflicts=True)
        invited += Invitation.objects.filter(token_digest__in=[row.token_digest for row in chunk]).count()
    audit.record(
        act="invitation.branch_sent",
        by=by,
        subject_kind="agency",
        subject_id=agency.pk,
        agency_path=path,
        payload={"invited": invited},
    )
    ring("notifications.send_waiting")
    return Invited(invited=invited, no_email=no_email, **counts)


@transaction.atomic
def withdraw_invitation(*, official: Official, by: User) -> None:
    """Make the official's open invitation worthless.

    Raises:
        NotFoundError, NotAllowedError: `by` is not an HR officer over the official.
        ConflictError: `no_open_invitation`.
    """
    policies.require_role(by, Role.HR_OFFICER, policies.path_of(official))
    if not still_open(official.pk).update(withdrawn_at=timezone.now()):
        raise ConflictError("no_open_invitation", _("No invitation of this person is open."))
    _record("invitation.withdrawn", by, official.pk)


@transaction.atomic
def take_letters(*, limit: int) -> list[tuple[Invitation, str]]:
    """Hand up to `limit` invitations, each with its token, to the sender of letters: each once only.

    Must run in the transaction that writes the letters down: if that rolls back, they are still due.
    """
    due = still_open().filter(letter_taken_at=None, expires_at__gt=timezone.now())
    taken = list(
        due.select_for_update(skip_locked=True, of=("self",))
        .select_related("official")
        .order_by("pk")[:limit]
    )
    Invitation.objects.filter(pk__in=[row.pk for row in taken]).update(letter_taken_at=timezone.now())
    return [(row, tokens.token_of(row.nonce)) for row in taken]


def open_invitation(token: str) -> Invitation:
    """The invitation a token opens.

    Raises:
        NotFoundError: no such token was ever given out.
        RegistryError: `invitation_used`, `invitation_withdrawn`, `invitation_expired`.
    """
    found = Invitation.objects.select_related("official").filter(token_digest=tokens.digest_of(token)).first()
    if found is None:
        raise NotFoundError(
            "invitation_unknown",
            _("This invitation link is not complete or not right. Copy it whole from the e-mail."),
        )
    _require_usable(found)
    return found


def is_address(text: str) -> bool:
    """Tell whether a letter can be addressed to this text."""
    if len(text) > _LONGEST_EMAIL:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def still_open(official_id: int | None = None) -> QuerySet[Invitation]:
    """The invitations neither used nor withdrawn, of one official or of all; they may have expired."""
    found = Invitation.objects.filter(used_at=None, withdrawn_at=None)
    return found if official_id is None else found.filter(official=official_id)


def _new(official_id: int, email: str, by: User | None) -> Invitation:
    nonce = tokens.new_nonce()
    return Invitation(
        official_id=official_id,
        email=email,
        nonce=nonce,
        token_digest=tokens.digest_of(tokens.token_of(nonce)),
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )


def _require_usable(invitation: Invitation) -> None:
    if invitation.used_at:
        raise RegistryError("invitation_used", _("This invitation was used already. Log in instead."))
    if invitation.withdrawn_at:
        raise RegistryError(
            "invitation_withdrawn",
            _("This invitation no longer holds. Use the newest one, or ask your HR officer."),
        )
    if invitation.expires_at <= timezone.now():
        raise RegistryError(
            "invitation_expired", _("This invitation has expired. Ask your HR officer for a new one.")
        )


def _record(act: str, by: User | None, official_id: int) -> None:
    audit.record(act=act, by=by, subject_kind="official", subject_id=official_id)
