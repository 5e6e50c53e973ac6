"""The report of a sample as a table to hand out: a line an item, with all that is needed to draw it again."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.exports.selectors import moment
from registry.exports.tables import Table
from registry.samples.models import Drawn, Sample
from registry.samples.selectors import LEVEL, carried, items_of, tallies, what_it_says
from registry.samples.wording import Line, lines_of

_METHOD = (
    "in each stratum the subjects with the smallest SHA-256 of seed, line feed and subject, in UTF-8; "
    "strata by proportional allocation, largest remainders, at least one each where the size allows"
)


def report_of(sample: Sample) -> Table:
    """The table; its manifest has seed, method, population and the counts."""
    lines = lines_of(sample, list(items_of(sample).order_by("place")))
    word = _("sample")
    return Table(
        kind="sample-report",
        stem=f"{word}-{timezone.localtime(sample.drawn_at):%Y%m%d}-{str(sample.public_id)[:8]}",
        agency=sample.agency,
        as_of=sample.as_of,
        heads=[
            _("Place"),
            _("Full name"),
            _("Staff code"),
            _("Unit"),
            _("Platform"),
            _("Account"),
            _("Part of the population"),
            _("Why"),
            _("Verdict"),
            _("Note"),
            _("Judged by"),
            _("Judged on"),
            _("Subject"),
            _("Order (SHA-256)"),
            _("Seed"),
            _("As of"),
        ],
        lines=[_cells(sample, line) for line in lines],
        filter={"sample": str(sample.public_id)},
        about=_about(sample),
    )


def _cells(sample: Sample, line: Line) -> list[str]:
    subject = line.item.account or line.item.official
    verdict = line.verdict
    return [
        str(line.item.place),
        line.name,
        line.item.official.staff_code,
        line.unit,
        line.platform,
        line.shown,
        line.stratum,
        line.reason,
        line.answer,
        verdict.note if verdict else "",
        verdict.given_by.get_full_name() if verdict else "",
        moment(verdict.given_at) if verdict else "",
        f"{Drawn(sample.drawn).value}:{subject.public_id}",
        line.item.digest,
        sample.seed,
        moment(sample.as_of),
    ]


def _about(sample: Sample) -> dict[str, Any]:
    counted = tallies(sample)
    again = carried(sample)
    says = what_it_says(sample, counted)
    return {
        "sample": str(sample.public_id),
        "drawn_at": timezone.localtime(sample.drawn_at).isoformat(),
        "drawn_by": sample.drawn_by.username,
        "drawn": sample.drawn,
        "rule": sample.rule,
        "state": sample.state,
        "strata": sample.strata,
        "seed": sample.seed,
        "size": sample.size,
        "method": f"{sample.method}: {_METHOD}",
        "population": sample.population,
        "population_sha256": sample.population_sha256,
        "failed_last_time_in": str(sample.earlier.public_id) if sample.earlier else "",
        "counts": [
            {
                "stratum": each.code,
                "population": each.population,
                "drawn": each.drawn,
                "in_line": each.in_line,
                "not_in_line": each.not_in_line,
                "unchecked": each.unchecked,
            }
            for each in counted
        ],
        "failed_last_time": again.drawn,
        "failed_again": again.not_in_line,
        "not_in_line_in_population": {
            "at_least": says.lowest,
            "at_most": says.highest,
            "level": f"{LEVEL:.2f}",
            "method": "exact limits of the hypergeometric distribution (Buonaccorsi 1987)",
        }
        if says
        else {},
    }
