"""The draw itself: the population from the compliance list, its strata, and who comes out. Writes nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from accounts.models import Account, Agency, AgencyRecord, Official, OfficialRecord, Ownership
from accounts.paths import before_part, path_end
from common.records import RecordQuerySet
from registry.exports.selectors import branches_at
from registry.findings.selectors import ComplianceFilter, compliance_statement
from registry.samples.method import allocate, number_of
from registry.samples.models import Answer, Drawn, Item, Sample, Strata, Verdict
from registry.users.policies import in_branches, with_merged


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to draw of what: with it anybody draws the same."""

    agency: Agency
    as_of: datetime
    drawn: Drawn
    strata: Strata
    seed: str
    size: int
    rule: str = ""
    state: str = ""


class Chosen(NamedTuple):
    """Somebody to look at."""

    official_id: int
    account_id: int | None
    stratum: str
    digest: str
    is_drawn: bool = True
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Draw:
    """What came out, and what it came out of."""

    chosen: tuple[Chosen, ...]
    strata: tuple[tuple[str, int, int], ...]  # code, population, how many of it
    population: int
    sha256: str  # over every token with its stratum, sorted


_KEYS = {Drawn.PEOPLE: "official_id", Drawn.ACCOUNTS: "official_id, account_id"}
_TOKENS = {
    Drawn.PEOPLE: "'people:' || (SELECT o.public_id FROM accounts_official o WHERE o.id = s.official_id)",
    Drawn.ACCOUNTS: "'accounts:' || (SELECT a.public_id FROM accounts_account a WHERE a.id = s.account_id)",
}
_STRATA = {
    Strata.NONE: "''",
    Strata.UNIT: """(SELECT g.code FROM accounts_agency g
        JOIN unnest(%(s_from)s::text[], %(s_to)s::text[], %(s_cut)s::int[]) AS b(lower_path, upper_path, cut)
          ON s.path >= b.lower_path AND s.path < b.upper_path
        WHERE g.id = coalesce(nullif(split_part(substr(s.path, b.cut + 1), '/', 1), ''),
                              split_part(b.lower_path, '/', -2))::bigint)""",
    Strata.RULE: "s.rule",
}
# Of the lines of one subject the heaviest finding says to which rule's stratum it belongs, then the code.
_POPULATION = """
CREATE TEMP TABLE population ON COMMIT DROP AS
SELECT t.*, encode(sha256(convert_to(%(seed)s || E'\\n' || t.token, 'UTF8')), 'hex') COLLATE "C" AS digest
FROM (
    SELECT s.official_id, s.account_id, ({token}) COLLATE "C" AS token, ({stratum}) COLLATE "C" AS stratum
    FROM (
        SELECT DISTINCT ON ({key}) l.official_id, {account} AS account_id, l.path, l.rule
        FROM ({lines}) l
        WHERE l.official_id > 0 {only}
        ORDER BY {key}, l.severity DESC NULLS LAST, l.rule COLLATE "C"
    ) s
) t
"""
_COUNTED = "SELECT stratum, count(*) FROM population GROUP BY stratum ORDER BY stratum"
_SEALED = """
SELECT encode(sha256(convert_to(coalesce(string_agg(token || E'\\t' || stratum, E'\\n' ORDER BY token), ''),
                                'UTF8')), 'hex')
FROM population
"""
_CHOSEN = """
SELECT p.official_id, p.account_id, p.stratum, p.digest
FROM (SELECT *, row_number() OVER (PARTITION BY stratum ORDER BY digest, token) AS place FROM population) p
JOIN unnest(%(codes)s::text[], %(sizes)s::int[]) AS w(code, size) ON w.code = p.stratum
WHERE p.place <= w.size ORDER BY p.stratum, p.place
"""


def draw(wanted: Wanted, *, earlier: Sample | None, at: datetime) -> Draw:
    """Draw, and add what failed last time.

    Args:
        wanted: what to draw of what.
        earlier: the sample whose failures are taken over.
        at: by when their verdicts were given.
    """
    paths = branches_at(with_merged([wanted.agency.pk]), wanted.as_of)
    with _population(wanted, paths) as cursor:
        cursor.execute(_COUNTED)
        populations: dict[str, int] = dict(cursor.fetchall())
        sizes = allocate(populations, wanted.size) if populations else {}
        cursor.execute(_SEALED)
        digest: str = cursor.fetchone()[0]
        cursor.execute(_CHOSEN, {"codes": list(sizes), "sizes": list(sizes.values())})
        drawn = [Chosen(*row) for row in cursor.fetchall()]
    failed = _carried(wanted, paths, earlier, at) if earlier else {}
    key = _key(wanted.drawn)
    chosen = [each._replace(is_carried=True) if key(each) in failed else each for each in drawn]
    known = {key(each) for each in drawn}
    chosen += sorted(
        (each for subject, each in failed.items() if subject not in known), key=lambda each: each.digest
    )
    strata = tuple((code, count, sizes[code]) for code, count in populations.items())
    return Draw(tuple(chosen), strata, sum(populations.values()), digest)


def people_in(agency: Agency, at: datetime) -> int:
    """How many people a branch had on record: what a draw costs."""
    return _people(branches_at(with_merged([agency.pk]), at), at).count()


@contextmanager
def _population(wanted: Wanted, paths: Sequence[str]) -> Iterator[Any]:
    """The population as a temporary table, gone afterwards."""
    asked = ComplianceFilter(
        rules=(wanted.rule,) if wanted.rule else (), states=(wanted.state,) if wanted.state else ()
    )
    lines, facts = compliance_statement(paths, wanted.as_of, asked)
    accounts = wanted.drawn is Drawn.ACCOUNTS
    statement = _POPULATION.format(
        token=_TOKENS[wanted.drawn],
        stratum=_STRATA[wanted.strata],
        key=_KEYS[wanted.drawn],
        account="l.account_id" if accounts else "NULL::bigint",
        only="AND l.account_id > 0" if accounts else "",
        lines=lines,
    )
    ranges: dict[str, Any] = {
        "s_from": list(paths),
        "s_to": [path_end(path) for path in paths],
        "s_cut": [before_part(path, wanted.agency.pk) for path in paths],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, {**facts, **ranges, "seed": wanted.seed})
        try:
            yield cursor
        finally:
            cursor.execute("DROP TABLE pg_temp.population")


def _people(paths: Sequence[str], at: datetime) -> RecordQuerySet[OfficialRecord]:
    there = AgencyRecord.objects.as_of(at).filter(in_branches(paths)).values("agency")
    return OfficialRecord.objects.as_of(at).filter(agency__in=there)


def _carried(wanted: Wanted, paths: Sequence[str], earlier: Sample, at: datetime) -> dict[int, Chosen]:
    """Who failed in the earlier sample and is still on record in the branch, by subject."""
    last = Verdict.objects.filter(item=OuterRef("pk"), given_at__lte=at).order_by("-given_at", "-pk")
    failed = Item.objects.filter(sample=earlier).annotate(answer=Subquery(last.values("answer")[:1]))
    failed = failed.filter(answer=Answer.NOT_IN_LINE)
    people = _people(paths, wanted.as_of)
    if wanted.drawn is Drawn.PEOPLE:
        there = people.filter(official__in=failed.values("official")).values_list("official", flat=True)
        tokens = Official.objects.filter(pk__in=there).values_list("pk", "public_id")
        return {pk: _again(wanted, pk, None, public_id) for pk, public_id in tokens}
    owned = Ownership.objects.as_of(wanted.as_of).filter(
        account__in=failed.values("account"), official__in=people.values("official")
    )
    owners = dict(owned.values_list("account", "official"))
    accounts = Account.objects.filter(pk__in=owners).values_list("pk", "public_id")
    return {pk: _again(wanted, owners[pk], pk, public_id) for pk, public_id in accounts}


def _again(wanted: Wanted, official_id: int, account_id: int | None, public_id: object) -> Chosen:
    digest = number_of(wanted.seed, f"{wanted.drawn.value}:{public_id}")
    return Chosen(official_id, account_id, "", digest, is_drawn=False, is_carried=True)


def _key(drawn: Drawn) -> Any:
    return (lambda each: each.official_id) if drawn is Drawn.PEOPLE else (lambda each: each.account_id)
