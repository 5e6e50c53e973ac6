"""Everything the register holds about one person, table by table, each with its source and its time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    AccountIdentifier,
    CodeAcceptance,
    DeclaredFacts,
    Entry,
    Incident,
    NilReturn,
    Official,
    OfficialRecord,
    Ownership,
    PageAdministrator,
    PageFacts,
    Photo,
)
from registry.declarations.models import Correction, Declaration, Return, Step
from registry.findings.models import Contest, Episode, Finding, Waiver, WaiverBatch
from registry.notifications.models import Message
from registry.privacy.classes import TABLES, Kept, Privacy
from registry.privacy.models import DataRequest
from registry.privacy.values import Cell, Values
from registry.users.models import Invitation, RoleGrant, SavedList, User

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing held about a person.

    Args:
        code: stable: the key of the section in the file.
        title: what it is.
        source: where it comes from.
        model: the table; its personal fields are what is shown.
        rows: those about one person, the newest first.
    """

    code: str
    title: "StrPromise"
    source: "StrPromise"
    model: type[Model]
    rows: Callable[[Official], Rows]

    @property
    def table(self) -> str:
        """The table's name, as the classes list it."""
        return self.model._meta.label  # noqa: SLF001 - Django's documented name for it

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are shown."""
        return TABLES[self.table].named(Privacy.PERSONAL)

    @property
    def kept(self) -> Kept:
        """How long it is kept."""
        return TABLES[self.table].kept


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one kind: its rows, each a list of cells; `more` are left out of `rows`."""

    section: Section
    rows: list[list[Cell]]
    more: int = 0


_HR = _("From HR's staff list, or entered by HR")
_FROM_HR = _("Said by HR of the agency whose page it is")
_SAID = _("Said by you, or by HR on your behalf")
_MADE = _("Written by the register when you or HR acted")
_FOUND = _("Found by the register's rules, from what is above")


def _identifiers(official: Official) -> Rows:
    """By what the person's accounts were known while they were the person's."""
    held = Ownership.objects.filter(
        Q(recorded_until__isnull=True) | Q(recorded_until__gt=OuterRef("recorded_from")),
        official=official,
        account=OuterRef("account"),
    )
    begun = held.filter(recorded_from__lt=OuterRef("recorded_until"))
    owned = Ownership.objects.filter(official=official).values("account")
    ever = AccountIdentifier.objects.filter(account__in=owned)  # a few of millions, before each is looked at
    return ever.filter(Q(Exists(held), recorded_until__isnull=True) | Exists(begun))


def _episodes(official: Official) -> Rows:
    """Each time a finding about the person was open. Joined to findings, all would be read."""
    found = list(Finding.objects.filter(official_id=official.pk).values_list("pk", flat=True))
    return Episode.objects.filter(finding__in=found or [0])  # one question more, whatever is found


def _messages(official: Official) -> Rows:
    """The letters to the person: known by what they are about, for addresses change hands."""
    steps = Step.objects.filter(declaration__official=official).values_list("pk", flat=True)
    keys = [f"step:{pk}" for pk in steps]
    reminders = Q(key__startswith=f"reminder:{official.pk}:")
    return Message.objects.filter(Q(invitation__official=official) | Q(key__in=keys) | reminders)


def _signs(model: type[Model]) -> Callable[[Official], Rows]:
    def rows(official: Official) -> Rows:
        names = User.objects.filter(official=official).values("username")
        return model._default_manager.filter(username__in=names)  # noqa: SLF001 - documented by Django

    return rows


SECTIONS = (
    Section(
        "official", _("You on the staff list"), _HR, Official, lambda o: Official.objects.filter(pk=o.pk)
    ),
    Section(
        "official_records",
        _("Your staff record and its history"),
        _HR,
        OfficialRecord,
        lambda o: OfficialRecord.objects.filter(official=o),
    ),
    Section(
        "ownerships",
        _("Accounts that are or were yours"),
        _MADE,
        Ownership,
        lambda o: Ownership.objects.filter(official=o),
    ),
    Section(
        "identifiers",
        _("By what your accounts are known (of a telephone number only the mask)"),
        _SAID,
        AccountIdentifier,
        _identifiers,
    ),
    Section(
        "pages_answered",
        _("Your agency's pages you answer for, or did"),
        _FROM_HR,
        PageFacts,
        lambda o: PageFacts.objects.filter(responsible=o),
    ),
    Section(
        "pages_run",
        _("Your agency's pages you administer, or did"),
        _FROM_HR,
        PageAdministrator,
        lambda o: PageAdministrator.objects.filter(official=o),
    ),
    Section(
        "facts",
        _("What was said about accounts, each time it was said"),
        _SAID,
        DeclaredFacts,
        lambda o: DeclaredFacts.objects.filter(official=o),
    ),
    Section(
        "photos",
        _("Pictures"),
        _SAID,
        Photo,
        lambda o: Photo.objects.filter(
            Exists(DeclaredFacts.objects.filter(official=o, photo=OuterRef("pk")))
        ),
    ),
    Section(
        "entries",
        _("What stands and stood in the register"),
        _MADE,
        Entry,
        lambda o: Entry.objects.filter(facts__official=o),
    ),
    Section(
        "declarations",
        _("Declarations"),
        _SAID,
        Declaration,
        lambda o: Declaration.objects.filter(official=o),
    ),
    Section(
        "corrections",
        _("Corrections you have begun"),
        _SAID,
        Correction,
        lambda o: Correction.objects.filter(declaration__official=o),
    ),
    Section(
        "steps",
        _("What was done to your declarations"),
        _MADE,
        Step,
        lambda o: Step.objects.filter(declaration__official=o),
    ),
    Section(
        "returns",
        _("What was returned to you, and why"),
        _MADE,
        Return,
        lambda o: Return.objects.filter(step__declaration__official=o),
    ),
    Section(
        "nil_returns",
        _("That you said to have no account"),
        _("Said by you"),
        NilReturn,
        lambda o: NilReturn.objects.filter(official=o),
    ),
    Section(
        "code_acceptances",
        _("That you read and accepted the code of conduct"),
        _("Said by you"),
        CodeAcceptance,
        lambda o: CodeAcceptance.objects.filter(official=o),
    ),
    Section(
        "incidents",
        _("Lost or impersonated accounts, each time something was recorded"),
        _SAID,
        Incident,
        lambda o: Incident.objects.filter(official=o),
    ),
    Section(
        "findings",
        _("Findings"),
        _FOUND,
        Finding,
        lambda o: Finding.objects.filter(official_id=o.pk),
    ),
    Section(
        "episodes",
        _("Each time a finding was open"),
        _FOUND,
        Episode,
        _episodes,
    ),
    Section(
        "contests",
        _("What you said against findings, and the answers"),
        _("Said by you, answered by HR"),
        Contest,
        lambda o: Contest.objects.filter(finding__official_id=o.pk),
    ),
    Section(
        "waiver_reasons",
        _("Why findings were let stand"),
        _("Written by HR"),
        WaiverBatch,
        lambda o: WaiverBatch.objects.filter(
            Exists(Waiver.objects.filter(batch=OuterRef("pk"), finding__official_id=o.pk))
        ),
    ),
    Section(
        "waivers",
        _("Findings that were let stand"),
        _("Written by HR"),
        Waiver,
        lambda o: Waiver.objects.filter(finding__official_id=o.pk),
    ),
    Section("messages", _("Letters sent to you"), _("Written by the register"), Message, _messages),
    Section(
        "login",
        _("Your login"),
        _("Made by you from an invitation, or by an administrator"),
        User,
        lambda o: User.objects.filter(official=o),
    ),
    Section(
        "role_grants",
        _("Your roles"),
        _("Given by an administrator"),
        RoleGrant,
        lambda o: RoleGrant.objects.filter(user__official=o),
    ),
    Section(
        "saved_lists",
        _("Your saved lists of people"),
        _("Kept by you"),
        SavedList,
        lambda o: SavedList.objects.filter(user__official=o),
    ),
    Section(
        "invitations",
        _("Invitations to make a login"),
        _("Sent by HR"),
        Invitation,
        lambda o: Invitation.objects.filter(official=o),
    ),
    Section("sign_ins", _("When you signed in"), _("Written by the register"), AccessLog, _signs(AccessLog)),
    Section(
        "failed_sign_ins",
        _("Failed tries to sign in under your name, while they count"),
        _("Written by the register"),
        AccessAttempt,
        _signs(AccessAttempt),
    ),
    Section(
        "failed_sign_in_log",
        _("Failed tries to sign in under your name, one by one"),
        _("Written by the register"),
        AccessFailureLog,
        _signs(AccessFailureLog),
    ),
    Section(
        "requests",
        _("What you asked about your data"),
        _("Said by you, answered by HR"),
        DataRequest,
        lambda o: DataRequest.objects.filter(official=o),
    ),
)


def held_about(official: Official, *, limit: int | None = None) -> Iterator[Held]:
    """What is held about a person, section by section; those with nothing in them too.

    A fixed number of queries, however much is held.

    Args:
        official: the person, who is also the reader.
        limit: rows a section, the newest; None: all of them.
    """
    found = []
    for section in SECTIONS:
        about = section.rows(official).order_by("-pk")
        kept: list[Model] = list(about if limit is None else about[:limit])
        more = about.count() - limit if limit is not None and len(kept) == limit else 0
        found.append((section, kept, more))
    values = Values(official, [(section.fields, row) for section, rows, _more in found for row in rows])
    for section, rows, more in found:
        yield Held(section, [values.cells(section.table, section.fields, row) for row in rows], more)
