"""What a sample's pages and its file say, in the active language: who each item is, and by which method."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import AccountIdentifier, AgencyRecord, OfficialRecord
from registry.exports.selectors import STATES, platform_name
from registry.findings.selectors import title_of
from registry.samples.models import Answer, Drawn, Item, Sample, Strata, Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One item in words, as the register held the subject at the instant of the sample."""

    item: Item
    name: str
    position: str
    unit: str
    platform: str  # "" for a person
    shown: str
    url: str
    stratum: str
    verdict: Verdict | None  # the one that stands

    @property
    def reason(self) -> str:
        """Why it is in the sample."""
        if self.item.is_drawn and self.item.is_carried:
            return _("Drawn, and not in line last time")
        return _("Drawn") if self.item.is_drawn else _("Not in line last time")

    @property
    def answer(self) -> str:
        """The verdict in words."""
        return str(Answer(self.verdict.answer).label) if self.verdict else _("Not looked at yet")


def lines_of(sample: Sample, items: Sequence[Item]) -> list[Line]:
    """Items in words: six queries, however many."""
    at = sample.as_of
    records = OfficialRecord.objects.as_of(at).filter(official__in={each.official_id for each in items})
    people = {record.official_id: record for record in records}
    units = dict(
        AgencyRecord.objects.as_of(at)
        .filter(agency__in={each.agency_id for each in people.values()})
        .values_list("agency", "name")
    )
    accounts = {each.account_id for each in items if each.account_id}
    known = {
        row.account_id: row
        for row in AccountIdentifier.objects.as_of(at).filter(account__in=accounts).order_by("-pk")
    }
    last = Verdict.objects.filter(item__in=items).select_related("given_by").order_by("given_at", "pk")
    stands = {verdict.item_id: verdict for verdict in last}
    strata = strata_of(sample, {each.stratum for each in items})
    return [
        Line(
            item,
            record.full_name if (record := people.get(item.official_id)) else item.official.staff_code,
            record.position if record else "",
            units.get(record.agency_id, "") if record else "",
            platform_name(item.account.platform) if item.account else "",
            known[item.account_id].shown if item.account_id in known else "",
            known[item.account_id].url if item.account_id in known else "",
            strata[item.stratum] if item.is_drawn else "",
            stands.get(item.pk),
        )
        for item in items
    ]


def strata_of(sample: Sample, codes: Iterable[str]) -> dict[str, str]:
    """What the strata with these codes are called: one query at most."""
    wanted = set(codes)
    if sample.strata == Strata.UNIT:
        names = AgencyRecord.objects.as_of(sample.as_of).filter(agency__code__in=wanted)
        known = dict(names.values_list("agency__code", "name"))
        return {code: known.get(code, code) for code in wanted}
    if sample.strata == Strata.RULE:
        return {code: f"{code} · {title_of(code)}" if code else _("No finding") for code in wanted}
    return dict.fromkeys(wanted, _("All"))


def asked_of(sample: Sample) -> str:
    """What was drawn from, in one sentence."""
    kind = str(Drawn(sample.drawn).label)
    parts = [kind]
    if sample.rule:
        parts.append(f"{sample.rule} · {title_of(sample.rule)}")
    if sample.state:
        parts.append(str(STATES[sample.state]))
    return "; ".join(parts)
