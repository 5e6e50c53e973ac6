"""The three columns of a case, with what differs marked; and what was amended since it was returned."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import AgencyRecord, DeclaredFacts, OfficialRecord
from registry.declarations import commitments
from registry.declarations.models import Declaration, Return
from registry.web.official.wording import FIELD_LABELS
from registry.web.showing import handle_of, platform_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrPromise

    from accounts.models import Photo

Pieces = list[tuple[str, bool]]  # words, and whether the text beside has other ones


def marked(text: str, *beside: str) -> Pieces:
    """The text in pieces, each with whether one of the texts `beside` has other words in its place."""
    words = text.split()
    other = [False] * len(words)
    for each in beside:
        matcher = SequenceMatcher(None, _folded(each.split()), _folded(words), autojunk=False)
        for tag, _from, _to, start, end in matcher.get_opcodes():
            if tag != "equal":
                other[start:end] = [True] * (end - start)
    pieces: Pieces = []
    for word, differs in zip(words, other, strict=True):
        if pieces and pieces[-1][1] == differs:
            pieces[-1] = (f"{pieces[-1][0]} {word}", differs)
        else:
            pieces.append((word, differs))
    return pieces


def _folded(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]


@dataclass(slots=True)
class Line:
    """One part of a declaration, side by side."""

    part: str
    label: str
    on_record: str
    declared: str
    before: str | None  # None: nothing was registered
    told: list[tuple[str, str]] = field(default_factory=list)
    photo: "Photo | None" = None
    photo_before: "Photo | None" = None

    @property
    def changed(self) -> bool:
        """Whether it differs from what stands registered."""
        if self.before is None:
            return False
        if self.part == "photo":
            return self.photo != self.photo_before
        return self.declared != self.before

    @property
    def on_record_marked(self) -> Pieces:
        """What the staff list has, where it differs from what is declared."""
        return marked(self.on_record, self.declared)

    @property
    def before_marked(self) -> Pieces:
        """What stands registered, where it differs from what is declared."""
        return marked(self.before or "", self.declared)

    @property
    def declared_marked(self) -> Pieces:
        """What is declared, where it differs from either."""
        return marked(self.declared, *filter(None, (self.on_record, self.before)))


def lines_of(
    facts: DeclaredFacts,
    before: DeclaredFacts | None,
    *,
    record: OfficialRecord,
    agency: AgencyRecord,
    told: list[tuple[str, str, str]],
) -> list[Line]:
    """The parts of a declaration beside the staff list and beside what stands."""
    lines = [
        Line("name_shown", _("Name shown"), record.full_name, facts.name_shown, _of(before, "name_shown")),
        Line("agency_shown", _("Agency shown"), agency.name, facts.agency_shown, _of(before, "agency_shown")),
        Line("disclaimer", _("Notice"), "", facts.disclaimer, _of(before, "disclaimer")),
        Line(
            "photo",
            _("Photo"),
            "",
            "",
            None if before is None else "",
            photo=facts.photo,
            photo_before=before.photo if before else None,
        ),
        Line("opened_on", _("Opened on"), "", _day(facts), None if before is None else _day(before)),
        Line("commitments", _("Commitments"), "", _given(facts), None if before is None else _given(before)),
    ]
    for line in lines:
        line.told = [(kind, sentence) for part, kind, sentence in told if part == line.part]
    # the day of opening is nobody's duty: where neither column has one there is nothing to compare
    return [line for line in lines if line.part != "opened_on" or line.declared or line.before]


@dataclass(slots=True)
class Amended:
    """One part of a declaration that has come back: what was asked, what it said then and says now."""

    label: "str | StrPromise"
    reason: str  # "": nothing was asked of it
    then: str
    now: str
    photo_then: "Photo | None" = None
    photo_now: "Photo | None" = None

    @property
    def changed(self) -> bool:
        """Whether it says something else now."""
        return self.then != self.now or self.photo_then != self.photo_now

    @property
    def then_marked(self) -> Pieces:
        """What it said, where that differs from now."""
        return marked(self.then, self.now)

    @property
    def now_marked(self) -> Pieces:
        """What it says, where that differs from then."""
        return marked(self.now, self.then)


def amended_since(returned: Return, declaration: Declaration) -> tuple[str, list[Amended]]:
    """What was asked of the whole; every part that was asked about or has changed, in the form's order."""
    reasons = returned.reasons
    rows = [
        Amended(FIELD_LABELS[part], reasons.get(part, ""), then, now, photo_then, photo_now)
        for part, then, now, photo_then, photo_now in _parts(returned, declaration)
    ]
    return reasons.get("", ""), [row for row in rows if row.reason or row.changed]


def _parts(
    returned: Return, declaration: Declaration
) -> "Iterator[tuple[str, str, str, Photo | None, Photo | None]]":
    then, now = returned.facts, declaration.facts
    link_then, link_now = _link(then, returned.link_text), _link(now, declaration.link_text)
    yield "link", link_then, link_now, None, None
    yield "name_shown", then.name_shown, now.name_shown, None, None
    yield "photo", "", "", then.photo, now.photo
    yield "agency_shown", then.agency_shown, now.agency_shown, None, None
    yield "disclaimer", then.disclaimer, now.disclaimer, None, None
    yield "commitments", _given(then), _given(now), None, None
    yield "opened_on", _day(then), _day(now), None, None


def _link(facts: DeclaredFacts, pasted: str) -> str:
    shown = f"{platform_name(facts.account)} · {handle_of(facts.account)}"
    return f"{shown} · {pasted}" if pasted else shown


def _given(facts: DeclaredFacts) -> str:
    if not facts.commitments:
        return _("None given")
    return _("%(given)d given, wording %(version)s") % {
        "given": len(facts.commitments),
        "version": facts.commitments_version or commitments.VERSION,
    }


def _of(before: DeclaredFacts | None, name: str) -> str | None:
    return None if before is None else getattr(before, name)


def _day(facts: DeclaredFacts) -> str:
    return formats.date_format(facts.opened_on, "SHORT_DATE_FORMAT") if facts.opened_on else ""
