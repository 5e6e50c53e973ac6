"""Many official pages put into the book at once, as if each had been declared and approved."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import (
    Account,
    AccountIdentifier,
    DeclaredFacts,
    Entry,
    Ownership,
    PageFacts,
    Standing,
)
from bench.look_alikes import bare


@transaction.atomic
def enrol(plan: Sequence[tuple[int, str, str]]) -> None:
    """Enrol pages on Facebook: agency id, name, handle; handles differ by more than dots."""
    now = timezone.now()
    accounts = Account.objects.bulk_create([Account(platform="facebook") for _each in plan])
    stated = DeclaredFacts.objects.bulk_create(
        [
            DeclaredFacts(account=account, agency_id=agency, name_shown=name)
            for account, (agency, name, _handle) in zip(accounts, plan, strict=True)
        ]
    )
    PageFacts.objects.bulk_create([PageFacts(facts=facts, contact_phone="1022") for facts in stated])
    Ownership.objects.bulk_create(
        [
            Ownership(account=account, agency_id=agency, recorded_from=now)
            for account, (agency, _name, _handle) in zip(accounts, plan, strict=True)
        ]
    )
    Entry.objects.bulk_create(
        [
            Entry(
                account=facts.account, facts=facts, standing=Standing.CONFIRMED, confirmed_at=now,
                recorded_from=now,
            )
            for facts in stated
        ]
    )  # fmt: skip
    AccountIdentifier.objects.bulk_create(
        [
            AccountIdentifier(
                account=account, platform="facebook", kind="vanity", key=bare(handle), shown=handle,
                url=f"https://www.facebook.com/{bare(handle)}", recorded_from=now,
            )
            for account, (_agency, _name, handle) in zip(accounts, plan, strict=True)
        ]
    )  # fmt: skip
