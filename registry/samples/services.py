"""The writes of this room: a sample is drawn, a verdict is given. Neither is ever changed."""

import secrets
import unicodedata
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyRecord
from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.rules.catalogue import catalogue
from registry.samples.drawing import Wanted, draw, people_in
from registry.samples.method import METHOD
from registry.samples.models import Answer, Item, Sample, Stratum, Verdict
from registry.samples.selectors import latest_of, verdict_of
from registry.users.models import Role, User
from registry.users.policies import require_role
from registry.users.selectors import agency_for

# Drawn, and taken over because it failed last time: of each so many at most. More is no sample: nobody looks
# at them one by one. A report of twice as many is made and signed in half a second, while its reader waits.
MOST = 1_000
#: A branch is read as a whole, in one request: some seconds for tens of thousands of people.
MOST_PEOPLE = 100_000
_SEED = Sample._meta.get_field("seed").max_length or 0  # noqa: SLF001 - Django's documented API


def new_seed() -> str:
    """A seed nobody chose: twenty digits, as from rolled dice."""
    return str(secrets.randbelow(9 * 10**19) + 10**19)


@transaction.atomic
def draw_sample(*, wanted: Wanted, again: bool, by: User) -> Sample:
    """Draw a sample of the person's branch and keep it.

    Args:
        wanted: what to draw of what; of a seed only its text counts (NFC, without white space around it).
        again: take over what failed in the latest earlier sample of the same branch.
        by: the auditor.

    Raises:
        NotFoundError: the agency is not theirs to audit.
        RegistryError: "seed_missing", "unknown_rule", "sample_size", "branch_too_large", "nothing_to_draw",
            "too_many_failed".
    """
    agency_for(by, wanted.agency.code, Role.AUDITOR)
    wanted = replace(wanted, seed=unicodedata.normalize("NFC", wanted.seed).strip())
    _check(wanted)
    now = timezone.now()
    earlier = latest_of(wanted.agency, wanted.drawn) if again else None
    drawn = draw(wanted, earlier=earlier, at=now)
    if not drawn.chosen:
        raise RegistryError(
            "nothing_to_draw",
            _("Nothing here matches on that day. Take a part of the filter away, or choose another day."),
        )
    if sum(not each.is_drawn for each in drawn.chosen) > MOST:
        raise RegistryError(
            "too_many_failed",
            _(
                "More than %(most)s failed last time, which nobody looks at one by one again. Draw without"
                " them, or from the units below one by one."
            )
            % {"most": f"{MOST:n}"},
            field="again",
        )
    sample = Sample.objects.create(
        agency=wanted.agency,
        as_of=wanted.as_of,
        drawn=wanted.drawn,
        rule=wanted.rule,
        state=wanted.state,
        strata=wanted.strata,
        seed=wanted.seed,
        size=wanted.size,
        method=METHOD,
        population=drawn.population,
        population_sha256=drawn.sha256,
        earlier=earlier,
        drawn_by=by,
        drawn_at=now,
    )
    Stratum.objects.bulk_create(
        Stratum(sample=sample, code=code, population=count, size=size) for code, count, size in drawn.strata
    )
    Item.objects.bulk_create(
        Item(sample=sample, place=place, **each._asdict()) for place, each in enumerate(drawn.chosen, start=1)
    )
    audit.record(
        act="sample.drawn",
        by=by,
        subject_kind="sample",
        subject_id=sample.pk,
        agency_path=_path(sample),
        payload={
            "agency": wanted.agency.code,
            "as_of": wanted.as_of.isoformat(),
            "seed": wanted.seed,
            "size": wanted.size,
            "drawn": len(drawn.chosen),
            "population": drawn.population,
            "population_sha256": drawn.sha256,
        },
    )
    return sample


@transaction.atomic
def give_verdict(*, item: Item, answer: Answer, note: str, seen: int | None, by: User) -> Verdict:
    """Say what was found on looking. What was said before stays on record.

    Args:
        item: of a sample of the person's branch.
        answer: in line, not in line, or could not be checked.
        note: what was seen; needed unless it is in line.
        seen: the verdict that stood when the person looked; None for none.
        by: the auditor.

    Raises:
        NotFoundError: the sample is not theirs to see.
        RegistryError: "note_missing".
        ConflictError: "stale": somebody else judged meanwhile.
    """
    require_role(by, Role.AUDITOR, _path(item.sample))
    note = unicodedata.normalize("NFC", note).strip()
    if answer is not Answer.IN_LINE and not note:
        raise RegistryError(
            "note_missing", _("Write down what you saw, or why nobody could tell."), field="note"
        )
    stale = ConflictError(
        "stale", _("Somebody else judged this meanwhile. Read what they found, then decide.")
    )
    Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    last = verdict_of(item)
    if (last.pk if last else None) != seen:
        raise stale
    try:
        verdict = Verdict.objects.create(
            item=item, answer=answer, note=note, given_by=by, given_at=timezone.now()
        )
    except IntegrityError as error:
        raise stale from error
    audit.record(
        act="sample.judged",
        by=by,
        subject_kind="sample",
        subject_id=item.sample_id,
        agency_path=_path(item.sample),
        payload={"place": item.place, "answer": answer.value, "verdict": verdict.pk},
    )
    return verdict


def _check(wanted: Wanted) -> None:
    if not wanted.seed or len(wanted.seed) > _SEED or not wanted.seed.isprintable():
        raise RegistryError(
            "seed_missing", _("Write a seed of at most 60 characters on one line."), field="seed"
        )
    if wanted.rule and wanted.rule not in {rule.code for rule in catalogue()}:
        raise RegistryError("unknown_rule", _("There is no such rule."), field="rule")
    if not 0 < wanted.size <= MOST:
        raise RegistryError(
            "sample_size", _("Draw between 1 and %(most)s.") % {"most": f"{MOST:n}"}, field="size"
        )
    if people_in(wanted.agency, wanted.as_of) > MOST_PEOPLE:
        raise RegistryError(
            "branch_too_large",
            _("This unit is too large to be drawn from at once. Choose one of the units below it."),
            field="agency",
        )


def _path(sample: Sample) -> str:
    return AgencyRecord.objects.current().get(agency=sample.agency_id).path
