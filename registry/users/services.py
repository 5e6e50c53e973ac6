"""Acts on logins: officials are invited and activate theirs, roles are granted and ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import GONE, Agency, AgencyRecord, Official, OfficialRecord
from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.users import policies, tokens
from registry.users.models import Invitation, Role, RoleGrant, User

VALID_FOR = timedelta(days=14)
MACHINE = "may-chu"
_AT_ONCE = 2000
_LONGEST_LOGIN = 150
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
    _open(official.pk).update(withdrawn_at=timezone.now())
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
    _open().filter(official__in=present.values("official"), expires_at__lte=now).update(withdrawn_at=now)
    has_login = Q(official__in=User.objects.exclude(official=None).values("official"))
    already = Q(official__in=_open().values("official"))
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
    if not _open(official.pk).update(withdrawn_at=timezone.now()):
        raise ConflictError("no_open_invitation", _("No invitation of this person is open."))
    _record("invitation.withdrawn", by, official.pk)


@transaction.atomic
def take_letters(*, limit: int) -> list[tuple[Invitation, str]]:
    """Hand up to `limit` invitations, each with its token, to the sender of letters: each once only.

    Must run in the transaction that writes the letters down: if that rolls back, they are still due.
    """
    due = _open().filter(letter_taken_at=None, expires_at__gt=timezone.now())
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


def suggest_login(official: Official) -> str:
    """A login name nobody has: the work e-mail, else branch and staff code."""
    record = OfficialRecord.objects.current().filter(official=official).first()
    email = record.work_email.lower() if record else ""
    code = f"{official.branch.code}-{official.staff_code}".lower().replace(" ", "")
    wanted = [name for name in (email, code) if name and len(name) <= _LONGEST_LOGIN]
    taken = {
        name.lower() for name in User.objects.filter(username__in=wanted).values_list("username", flat=True)
    }
    return next((name for name in wanted if name not in taken), "")


@transaction.atomic
def activate(*, token: str, password: str, username: str = "", language: str = "") -> User:
    """Make the official's login. The token works once, however many try at the same moment.

    Args:
        token: what the letter's link carries.
        password: checked by the installation's validators.
        username: the name chosen to log in by; blank takes `suggest_login`.
        language: "vi", "en" or blank.

    Raises:
        NotFoundError, RegistryError: as `open_invitation`.
        ConflictError: `invitation_used`, when another request was a moment faster.
        RegistryError: `login_taken`, `bad_login`, `weak_password`, `has_login`.
    """
    invitation = open_invitation(token)
    official = invitation.official
    record = OfficialRecord.objects.current().filter(official=official).first()
    if record is None or record.status in GONE:
        raise RegistryError("gone", _("This person is no longer in post here."))
    user = User(
        username=User.normalize_username((username or suggest_login(official)).strip().lower()),
        email=invitation.email,
        full_name=record.full_name,
        official=official,
        language=language,
    )
    _check_login(user, password)
    if User.objects.filter(official=official).exists():
        raise RegistryError("has_login", _("This person already has a login."))
    used = _open(official.pk).filter(pk=invitation.pk, expires_at__gt=timezone.now())
    if not used.update(used_at=timezone.now()):
        raise ConflictError("invitation_used", _("This invitation was used already. Log in instead."))
    _save_login(user, password)
    _record("login.activated", user, official.pk)
    return user


@transaction.atomic
def choose_language(*, language: str, by: User) -> None:
    """Keep the language a person wants to be spoken and written to in.

    Raises:
        RegistryError: `unknown_language`, when the register does not speak it.
    """
    if language not in dict(settings.LANGUAGES):
        raise RegistryError(
            "unknown_language", _("The register does not speak this language."), field="language"
        )
    # A guarded update: whoever switches to and fro writes nothing twice.
    if User.objects.filter(pk=by.pk).exclude(language=language).update(language=language):
        by.language = language
        audit.record(
            act="login.language", by=by, subject_kind="user", subject_id=by.pk, payload={"language": language}
        )


@transaction.atomic
def create_login(
    *,
    username: str,
    password: str,
    by: User | None,
    official: Official | None = None,
    full_name: str = "",
    email: str = "",
    administrator: bool = False,
) -> User:
    """Make a login without an invitation: the administrator's way, and the demo's. `by` None is the system.

    Raises:
        NotAllowedError: `by` is not a system administrator.
        RegistryError: `login_taken`, `bad_login`, `weak_password`.
    """
    _require_administrator(by)
    user = User(
        username=User.normalize_username(username.strip().lower()),
        email=email,
        full_name=full_name,
        official=official,
        is_staff=administrator,
        is_superuser=administrator,
    )
    _check_login(user, password)
    _save_login(user, password)
    audit.record(act="login.created", by=by, subject_kind="user", subject_id=user.pk)
    return user


def machine_login() -> User:
    """The login in whose name the machine's own operator acts, where no officer is named.

    It is made when first needed, is inactive and has no usable password: nobody can sign in with it.
    """
    found, created = User.objects.get_or_create(
        username=MACHINE,
        defaults={"full_name": "Quản trị máy chủ", "is_active": False, "password": make_password(None)},
    )
    if created:
        audit.record(act="login.created", by=None, subject_kind="user", subject_id=found.pk)
    return found


@transaction.atomic
def grant_role(*, user: User, role: Role, agency: Agency, by: User | None) -> RoleGrant:
    """Give a person a role in a branch; giving it twice is one grant. `by` None is the system.

    Raises:
        NotAllowedError: `by` is not a system administrator.
    """
    _require_administrator(by)
    User.objects.select_for_update().get(pk=user.pk)
    standing = RoleGrant.objects.filter(user=user, role=role, agency=agency, ended_at=None).first()
    if standing:
        return standing
    grant = RoleGrant.objects.create(user=user, role=role, agency=agency, granted_by=by)
    _record_grant("role.granted", grant, by)
    return grant


@transaction.atomic
def end_grant(*, grant: RoleGrant, by: User | None) -> None:
    """End a grant, from now on.

    Raises:
        NotAllowedError: `by` is not a system administrator.
        ConflictError: `grant_ended`, when it had ended already.
    """
    _require_administrator(by)
    ended = max(timezone.now(), grant.granted_at)  # a clock gone back makes no negative period
    if not RoleGrant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=ended):
        raise ConflictError("grant_ended", _("This role was already ended."))
    _record_grant("role.ended", grant, by)


def _open(official_id: int | None = None) -> QuerySet[Invitation]:
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


def is_address(text: str) -> bool:
    """Tell whether a letter can be addressed to this text."""
    if len(text) > _LONGEST_EMAIL:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


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


def _check_login(user: User, password: str) -> None:
    try:
        User._meta.get_field("username").clean(user.username, user)  # noqa: SLF001 - Django's documented API
    except ValidationError as error:
        raise RegistryError("bad_login", " ".join(error.messages), field="username") from error
    if User.objects.filter(username__iexact=user.username).exists():
        raise _login_taken()
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise RegistryError("weak_password", " ".join(error.messages), field="password") from error


def _save_login(user: User, password: str) -> None:
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        if user.official_id and User.objects.filter(official=user.official_id).exists():
            raise RegistryError("has_login", _("This person already has a login.")) from error
        raise _login_taken() from error


def _login_taken() -> RegistryError:
    return RegistryError("login_taken", _("This login name is taken. Choose another."), field="username")


def _require_administrator(by: User | None) -> None:
    if by is not None and not (by.is_active and by.is_superuser):
        raise NotAllowedError("administrators_only", _("Only a system administrator can do this."))


def _record(act: str, by: User | None, official_id: int) -> None:
    audit.record(act=act, by=by, subject_kind="official", subject_id=official_id)


def _record_grant(act: str, grant: RoleGrant, by: User | None) -> None:
    audit.record(
        act=act,
        by=by,
        subject_kind="user",
        subject_id=grant.user_id,
        payload={"role": grant.role, "agency": grant.agency.code},
    )
