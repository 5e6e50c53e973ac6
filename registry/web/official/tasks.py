"""What a person has to do, in one list: what is late first, then what has a day, then the rest."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Account, Entry
from registry.declarations.models import Declaration
from registry.declarations.states import Kind
from registry.web.incidents import Shown
from registry.web.official.confirming import Due
from registry.web.showing import handle_of, platform_name


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do."""

    title: str
    url: str
    verb: str
    about: str = ""  # which account
    detail: str = ""
    due: dt.date | None = None  # the first day it is late
    other: tuple[str, str] | None = None  # another way to be done with it: address, verb
    confirm: list[Due] = field(default_factory=list)  # to be done on the spot

    @property
    def overdue(self) -> bool:
        """Whether the day has come."""
        return self.due is not None and self.due <= timezone.localdate()


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """Soonest first; what has no day keeps its place after them."""
    return sorted(tasks, key=lambda each: each.due or dt.date.max)


def to_say(due: dt.date | None) -> Task:
    """Nothing has been said yet."""
    return Task(
        _("Say which social accounts you have"),
        reverse("official:declare"),
        _("Declare"),
        detail=_("Declare each account, or say that you have none."),
        due=due,
        other=(reverse("official:none"), _("I have none")),
    )


def of_incidents(told: Sequence[Shown]) -> list[Task]:
    """Reports that are open: who is still to be told, and by when."""
    found = []
    for each in told:
        names = ", ".join(one.who for one in each.told if one.late_from)
        found.append(
            Task(
                _("HR reported this for you") if each.on_behalf else _("Finish your report"),
                reverse("official:incident", args=[each.incident.public_id]),
                _("Who has been told"),
                about=each.kind,
                detail=_("Still to be told: %(who)s.") % {"who": names} if names else "",
                due=next((one.late_from for one in each.told if one.late_from), None),
            )
        )
    return found


def to_accept(due: dt.date | None) -> Task:
    """The code of conduct is to be read."""
    return Task(_("Read and accept the code of conduct"), reverse("official:code"), _("Read it"), due=due)


def to_correct(row: Declaration) -> Task:
    """HR returned a declaration."""
    return Task(
        _("Correct a returned declaration"),
        reverse("official:declaration", args=[row.public_id]),
        _("See the reasons"),
        about=_said(row.written.account),
        detail=" ".join(str(text) for text in row.reasons.values())[:200],
    )


def to_look_at(entry: Entry) -> Task:
    """HR registered an account for the person."""
    return Task(
        _("Confirm what HR registered for you"),
        reverse("official:account", args=[entry.account.public_id]),
        _("Look and confirm"),
        about=_said(entry.account),
    )


def to_confirm(due: list[Due]) -> list[Task]:
    """The yearly confirmation, of all accounts in one."""
    if not due:
        return []
    return [
        Task(
            _("Confirm that your accounts are still right"),
            reverse("official:confirm_all"),
            _("All of this is right: confirm"),
            due=due[0].on if due[0].obliged else None,
            confirm=due,
        )
    ]


def to_finish(row: Declaration) -> Task:
    """A draft was begun."""
    step = "official:permanent_id" if row.kind == Kind.IDENTIFY else "official:details"
    key = row.account.public_id if row.kind == Kind.IDENTIFY else row.public_id
    return Task(
        _("Finish a draft"),
        reverse(step, args=[key]),
        _("Go on"),
        about=_said(row.written.account),
        other=(reverse("official:withdraw", args=[row.public_id]), _("Throw away")),
    )


def _said(account: Account) -> str:
    return f"{platform_name(account)} · {handle_of(account)}"
