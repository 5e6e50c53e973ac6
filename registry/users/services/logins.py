"""Acts on logins: officials make theirs, an administrator makes others."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import GONE, Official, OfficialRecord
from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.users import policies
from registry.users.models import User
from registry.users.services.invitations import open_invitation, still_open

MACHINE = "may-chu"
_LONGEST_LOGIN = 150


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
    used = still_open(official.pk).filter(pk=invitation.pk, expires_at__gt=timezone.now())
    if not used.update(used_at=timezone.now()):
        raise ConflictError("invitation_used", _("This invitation was used already. Log in instead."))
    _save_login(user, password)
    audit.record(act="login.activated", by=user, subject_kind="official", subject_id=official.pk)
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
    policies.require_administrator(by)
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
