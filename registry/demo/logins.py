"""The demonstration's logins: who they are, and how to say so to whoever started it."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency, Official
from registry.users.models import Role, User
from registry.users.services import create_login, grant_role

PASSWORD: Final = "thu-dang-ky-2026"  # noqa: S105 - printed at every start; the people in the register are invented


@dataclass(frozen=True, slots=True)
class Login:
    """One login of the demonstration."""

    username: str
    what: Promise | str
    role: Role | None = None
    branch: str = ""  # code of the agency the role reaches
    administrator: bool = False


HR = Login("hr.hatinh", gettext_lazy("HR officer of Hà Tĩnh province"), Role.HR_OFFICER, "T34-42")
HR_BELOW = Login("hr.thanhsen", gettext_lazy("HR officer of Thành Sen ward only"), Role.HR_OFFICER, "X-18073")
AUDITOR = Login("thanhtra.hatinh", gettext_lazy("Auditor of Hà Tĩnh province"), Role.AUDITOR, "T34-42")
EMPLOYEE = Login("canbo.hatinh", gettext_lazy("Employee"))
ADMINISTRATOR = Login("quantri", gettext_lazy("System administrator"), administrator=True)
PRINTED: Final = (HR, HR_BELOW, AUDITOR, EMPLOYEE, ADMINISTRATOR)


def make_login(login: Login, *, official: Official | None, full_name: str) -> User:
    """Make a login with the printed password, and its role."""
    user = create_login(
        username=login.username,
        password=PASSWORD,
        by=None,
        official=official,
        full_name=full_name,
        email=f"{login.username}@hatinh.example",
        administrator=login.administrator,
    )
    if login.role:
        grant_role(user=user, role=login.role, agency=Agency.objects.get(code=login.branch), by=None)
    return user


def lines() -> list[str]:
    """One line a login that still has the printed password; none when there is no demonstration."""
    users = {user.username: user for user in User.objects.filter(is_active=True)}
    open_ = [
        login
        for login in PRINTED
        if login.username in users and users[login.username].check_password(PASSWORD)
    ]
    if not open_:
        return []
    width = max(len(login.username) for login in open_)
    return [
        _("Logins for trying it out, all with the password %(password)s:") % {"password": PASSWORD},
        *(f"  {login.username:<{width}}  {login.what}" for login in open_),
    ]
