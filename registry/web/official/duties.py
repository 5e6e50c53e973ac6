"""What the person's own agency asks of an account, for the hints beside the fields."""

from django.utils.translation import gettext as _

from accounts.comparison.duties import duties
from accounts.models import Official
from registry.rules.profiles import PROFILES, Polarity
from registry.users.policies import path_of

# A notice both halves of which the register recognises: it is personal, and it does not represent.
READY_NOTICE = (
    "Đây là tài khoản cá nhân của tôi. Tôi phát biểu với tư cách cá nhân, không đại diện cho cơ quan nơi tôi "
    "công tác."
)


def advice_for(official: Official) -> str:
    """Whether to show one's workplace: some sectors ask for it, others forbid it."""
    number = duties().profile(path_of(official))
    profile = next((each for each in PROFILES.values() if each.number == number), None)
    if profile is None or profile.agency_shown is Polarity.FREE:
        return _("Write what the account shows, if it shows anything. You need not show your workplace.")
    if profile.agency_shown is Polarity.HIDE:
        return _(
            "Your sector asks that personal accounts do not show the unit. Write what it shows, if anything."
        )
    return _("Write it exactly as the account shows it. Leave it empty when the account shows none.")
