"""The real agencies of the state, brought into an empty or older book."""

from collections.abc import Container, Iterable
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from accounts import data
from accounts.data import AgencySeed, agency_tree, successions
from accounts.models import Agency, AgencyRecord, Comparison, OfficialComparison, Succession
from accounts.services.agencies import hold_agencies
from common.audit import services as audit
from common.changes.models import ChangeMark, Kind


class Loaded(NamedTuple):
    """What a loading added; zeros when everything was there."""

    agencies: int
    successions: int


@transaction.atomic
def load_agencies(provinces: Container[str] | None = None) -> Loaded:
    """Add the agencies and successions of the data files that the book does not know yet.

    Args:
        provinces: codes of the provinces, present and former, to bring with all below them (a register of
            one province needs no other); None brings all. Central bodies always come.

    What the book already holds about an agency is left alone: a correction outlives the files.
    """
    hold_agencies()
    known = dict(Agency.objects.values_list("code", "pk"))
    paths = dict(AgencyRecord.objects.current().values_list("agency__code", "path"))
    seeds_wanted = list(_wanted(agency_tree(), provinces))
    missing = [seed for seed in seeds_wanted if seed.code not in known]
    instant = timezone.now()
    for seeds in _by_depth(missing, set(known)):
        agencies = Agency.objects.bulk_create(
            [Agency(code=seed.code, other_codes=list(seed.other_codes)) for seed in seeds]
        )
        records = []
        for seed, agency in zip(seeds, agencies, strict=True):
            known[seed.code] = agency.pk
            paths[seed.code] = f"{paths.get(seed.parent_code, '')}{agency.pk}/"
            records.append(
                AgencyRecord(
                    agency=agency,
                    parent_id=known.get(seed.parent_code),
                    path=paths[seed.code],
                    name=seed.name,
                    name_en=seed.name_en,
                    short_name=seed.short_name,
                    aliases=list(seed.aliases),
                    former_names=[former.name for former in seed.former_names],
                    kind=seed.kind,
                    portal_url=seed.portal_url,
                    established_on=seed.established_on,
                    dissolved_on=seed.dissolved_on,
                    legal_basis=seed.legal_basis,
                    recorded_from=instant,
                )
            )
        AgencyRecord.objects.bulk_create(records)
    before = Succession.objects.count()
    Succession.objects.bulk_create(
        [
            Succession(
                predecessor_id=known[one.predecessor_code],
                successor_id=known[one.successor_code],
                kind=one.kind,
                happened_on=one.on,
                legal_basis=one.legal_basis,
            )
            for one in successions()
            if one.predecessor_code in known and one.successor_code in known
        ],
        ignore_conflicts=True,
    )
    loaded = Loaded(len(missing), Succession.objects.count() - before)
    if not (Comparison.objects.exists() or OfficialComparison.objects.exists()):
        # nobody has been compared with them yet
        ChangeMark.objects.filter(kind__in=(Kind.AGENCY, Kind.AGENCY_NAMES)).delete()
    if any(loaded):
        audit.record(act="agencies.loaded", by=None, subject_kind="agency", payload=loaded._asdict())
        # The planner takes tables that were empty for empty still, and asks for branches row by row by row.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE accounts_agency, accounts_agencyrecord, accounts_succession")
    return loaded


def _wanted(seeds: Iterable[AgencySeed], provinces: Container[str] | None) -> Iterable[AgencySeed]:
    left_out: set[str] = set()
    for seed in seeds:
        foreign = provinces is not None and seed.kind is data.Kind.PROVINCE and seed.code not in provinces
        if foreign or seed.parent_code in left_out:
            left_out.add(seed.code)
        else:
            yield seed


def _by_depth(seeds: Iterable[AgencySeed], known: set[str]) -> Iterable[list[AgencySeed]]:
    """Group seeds so that every parent comes in an earlier group than its children."""
    waiting = list(seeds)
    while waiting:
        ready = [seed for seed in waiting if not seed.parent_code or seed.parent_code in known]
        if not ready:
            raise ValueError(f"no parent for {waiting[0].code}")
        known |= {seed.code for seed in ready}
        waiting = [seed for seed in waiting if seed.code not in known]
        yield ready
