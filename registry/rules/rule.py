"""What a rule is: one statement that says code, subject, legal basis and condition.

A *row rule* is a condition over one comparison row; the engine folds all of a subject into one pass, a bit a
rule. A *set rule* gives the rows that offend together (one photo on two people). Neither ever writes, and
neither asks the database what day it is: the day is always `as_of`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import IntegerChoices, Model, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyComparison, Comparison, OfficialComparison, PageComparison
from common.changes.models import Kind
from registry.rules.legal import Force

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LAST_BIT = 61  # a mask is a signed 64-bit column; two bits stay free

#: How the parts of a rule's explanation begin, in their order.
HEADS = ("Fires on:", "Silent on:", "Binds:", "Could not be checked:", "Repair:")

Condition = Callable[[date], Q]
#: (as_of, among) → primary keys of offending comparison rows; `among` limits them, None means all.
Offenders = Callable[[date, Collection[int] | None], QuerySet[Any, Any]]
#: primary keys of changed rows → primary keys of the rows whose verdict may have changed with them.
Neighbours = Callable[[Collection[int]], QuerySet[Any, Any]]


Compared = type[Comparison] | type[OfficialComparison] | type[AgencyComparison] | type[PageComparison]


class Subject(IntegerChoices):
    """What a rule judges; the numbers are those of the change marks. A page is marked by its account."""

    OFFICIAL = Kind.OFFICIAL.value, _("Official")
    ACCOUNT = Kind.ACCOUNT.value, _("Account")
    AGENCY = Kind.AGENCY.value, _("Agency")
    PAGE = 6, _("Agency's page")

    @property
    def table(self) -> Compared:
        """The comparison table the subject's rules read."""
        return _TABLES[self]


_TABLES: dict[Subject, Compared] = {
    Subject.OFFICIAL: OfficialComparison,
    Subject.ACCOUNT: Comparison,
    Subject.AGENCY: AgencyComparison,
    Subject.PAGE: PageComparison,
}


class Severity(IntegerChoices):
    """How heavy a finding weighs. It follows the force of the article that binds, not anybody's taste."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


class Cause(TextChoices):
    """Why something could not be checked. A closed list: a new cause is a decision, not a string."""

    NEEDS_A_LOOK = "needs_a_look", _("A person has to look: the machine cannot decide")
    UNKNOWN_AGENCY = "unknown_agency", _("No agency of that name is in the register")
    NO_PERMANENT_ID = "no_permanent_id", _("The account has no permanent id on record")


_SEVERITY = {
    Force.MUST: Severity.HIGH,
    Force.MUST_NOT: Severity.HIGH,
    Force.SHOULD: Severity.MEDIUM,
    # A draft binds nobody; an agency that measures itself by it has chosen a recommendation.
    Force.DRAFT: Severity.MEDIUM,
    Force.ENCOURAGED: Severity.LOW,
}


def severity_of(force: Force) -> Severity:
    """The weight of a fault against an article of that force."""
    return _SEVERITY[force]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    Args:
        code: never re-used ("ACC-02").
        bit: the rule's place in the masks of its subject, 0 to 61; stable and never re-used either.
        subject: what is judged.
        version: raised whenever the condition changes its meaning; findings that follow say "by rule change".
        title: the state that is in line, translated.
        basis: codes of the articles the rule rests on. The rule speaks under the profiles that bind one of
            them. Empty: a condition of the register's own truth, which speaks under every profile.
        own_severity: the weight where no article gives one (empty basis only).
        when: row rules: the condition under which the subject is not in line, on a day.
        unchecked: row rules: the condition under which nobody can tell. It goes before `when`.
        cause: why not, from the closed list.
        offenders: set rules: who offends, on a day.
        neighbours: set rules: whose verdict may change when these rows changed.
        row_says_who: the row's own dates say whom it binds (a regulation the agency itself recorded), so the
            profile is not asked.
        asks_for_agency: the rule wants the employer shown, so it is silent where a profile forbids that.
        evidence: names of the facts stored with a finding (see `registry.findings.evidence`).
    """

    code: str
    bit: int
    subject: Subject
    version: int
    title: "StrPromise"
    basis: tuple[str, ...] = ()
    own_severity: Severity = Severity.MEDIUM
    when: Condition | None = None
    unchecked: Condition | None = None
    cause: Cause | None = None
    offenders: Offenders | None = None
    neighbours: Neighbours | None = None
    row_says_who: bool = False
    asks_for_agency: bool = False
    evidence: tuple[str, ...] = ()
    explanation: str = field(default="", repr=False)  # the module's docstring, put in by the catalogue

    def __post_init__(self) -> None:
        """Refuse a statement that contradicts itself; raises ValueError."""
        if not 0 <= self.bit <= LAST_BIT:
            raise ValueError(f"{self.code}: bit {self.bit} is outside 0..{LAST_BIT}")
        if (self.when is None) == (self.offenders is None):
            raise ValueError(f"{self.code}: a rule has either `when` or `offenders`")
        if (self.offenders is None) != (self.neighbours is None):
            raise ValueError(f"{self.code}: a set rule has `offenders` and `neighbours`")
        if (self.unchecked is None) != (self.cause is None):
            raise ValueError(f"{self.code}: `unchecked` and `cause` come together")

    @property
    def mask(self) -> int:
        """The rule's bit as a number."""
        return 1 << self.bit

    @property
    def is_set_rule(self) -> bool:
        """Whether the rule compares rows with each other."""
        return self.offenders is not None

    @property
    def table(self) -> type[Model]:
        """The comparison table the rule reads."""
        return self.subject.table
