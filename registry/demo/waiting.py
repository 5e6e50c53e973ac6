"""What waits for the officers of a large register: changes under review, and accounts two people claim."""

from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Final

from django.contrib.auth.hashers import make_password

from accounts.models import (
    Agency,
    DeclaredFacts,
    Incident,
    IncidentKind,
    OfficialRecord,
    Ownership,
    Proposal,
)
from registry.declarations.models import Declaration, Step
from registry.declarations.states import Act, Kind, State
from registry.demo.dice import below, dice
from registry.demo.writing import Ids
from registry.users.models import User

_DISPUTED: Final = 0.002  # of accounts
_CHANGED: Final = 0.001
_INCIDENTS: Final = 7  # every so-many-th of these people lost an account, or somebody poses as them
_DAYS: Final = 20  # since when they wait, at most
_AT_ONCE: Final = 5_000
_NOTICE: Final = "Trang cá nhân, không đại diện cho cơ quan."


def put_forward(ids: Ids, accounts: int, *, seed: int, now: datetime) -> int:
    """Let people of a load put forward changes of their accounts, and claims on others'; return how many.

    Each has a login nobody knows the password of: a declaration names who put it forward. Must run in a
    transaction.

    Args:
        ids: the load.
        accounts: how many of its ids are used.
        seed: of all chance.
        now: the instant of "today".
    """
    rng = dice(seed, "waiting", ids.account)
    disputes = max(1, round(accounts * _DISPUTED))
    number = min(max(disputes, round(accounts * (_DISPUTED + _CHANGED))), accounts)
    drawn = rng.sample(range(ids.account, ids.account + accounts), number)
    owners = dict(
        Ownership.objects.current()
        .filter(account__in=drawn, official__isnull=False)
        .values_list("account", "official")
    )
    claims: list[tuple[int, int, bool]] = []
    taken: set[int] = set()
    for place, account in enumerate(drawn):
        disputed, owner = place < disputes and ids.officials > 1, owners.get(account)
        if owner is None:
            continue
        claimant = _other(owner, ids, rng) if disputed else owner
        if claimant not in taken:  # one login, one open declaration a person is enough
            taken.add(claimant)
            claims.append((account, claimant, disputed))
    for start in range(0, len(claims), _AT_ONCE):
        _write(claims[start : start + _AT_ONCE], now, rng)
    return len(claims)


def _other(owner: int, ids: Ids, rng: Random) -> int:
    """Somebody else of a load of several."""
    return ids.official + (owner - ids.official + 1 + below(ids.officials - 1, rng)) % ids.officials


def _write(claims: list[tuple[int, int, bool]], now: datetime, rng: Random) -> None:
    records = {
        record.official_id: record
        for record in OfficialRecord.objects.current().filter(official__in=[claim[1] for claim in claims])
    }
    agencies = Agency.objects.in_bulk({record.agency_id for record in records.values()})
    users = User.objects.bulk_create(
        [
            User(
                username=f"canbo.{official}",
                official_id=official,
                full_name=records[official].full_name,
                password=make_password(None),
            )
            for _account, official, _disputed in claims
        ]
    )
    instants = [now - timedelta(seconds=3600 + below(_DAYS * 86_400, rng)) for _claim in claims]
    facts = DeclaredFacts.objects.bulk_create(
        [
            DeclaredFacts(
                account_id=account,
                official_id=official,
                name_shown=records[official].full_name,
                agency_resolved=agencies[records[official].agency_id],
                disclaimer=_NOTICE,
                declared_on=at.date(),
                stated_at=at,
                stated_by=user,
            )
            for (account, official, _disputed), user, at in zip(claims, users, instants, strict=True)
        ]
    )
    Proposal.objects.bulk_create(
        [
            Proposal(facts=each, account_id=each.account_id, opened_at=at)
            for each, at in zip(facts, instants, strict=True)
        ]
    )
    declarations = Declaration.objects.bulk_create(
        [
            Declaration(
                official_id=official,
                account_id=account,
                facts=each,
                kind=Kind.NEW if disputed else Kind.CHANGE,
                state=State.DISPUTED if disputed else State.SUBMITTED,
                version=2,
                created_at=at,
                submitted_by=user,
                submitted_at=at,
            )
            for (account, official, disputed), user, each, at in zip(
                claims, users, facts, instants, strict=True
            )
        ]
    )
    Incident.objects.bulk_create(
        [
            Incident(
                official_id=official,
                account_id=None if disputed else account,
                kind=IncidentKind.IMPERSONATED if disputed else IncidentKind.LOST,
                impostor_link=f"https://www.facebook.com/gia.mao.{account}" if disputed else "",
                noticed_on=at.date(),
                reported_at=at,
                reported_by=user,
                provider_told_on=at.date() if told else None,
                provider_told_by=user if told else None,
                recorded_from=at,
                recorded_by=user,
            )
            for (account, official, disputed), user, at, told in zip(
                claims[::_INCIDENTS], users[::_INCIDENTS], instants[::_INCIDENTS], cycle((True, False))
            )
        ]
    )
    Step.objects.bulk_create(
        [
            Step(
                declaration=each,
                act=Act.CLAIM if each.state == State.DISPUTED else Act.SUBMIT,
                state=each.state,
                version=each.version,
                by=user,
                at=at,
                told_at=at,  # invented news are no letters
            )
            for each, user, at in zip(declarations, users, instants, strict=True)
        ]
    )
