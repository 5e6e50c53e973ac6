"""A loop over objects, rules in Python: `python -m bench.others.django_loop`.

What most Django projects do: `select_related` what a rule or its message may want, go over it with
`iterator()`, ask each rule.
"""

from collections import Counter
from datetime import date

import django

django.setup()

from bench.others.conditions import python, row_rules  # noqa: E402 - Django first
from bench.others.told import tell  # noqa: E402
from registry.findings.folding import live  # noqa: E402
from registry.rules.rule import Subject  # noqa: E402

_BESIDE = {
    Subject.ACCOUNT: ("facts", "account"),
    Subject.PAGE: ("facts", "account"),
    Subject.OFFICIAL: ("official",),
}


def loop(as_of: date) -> Counter[str]:
    """Judge every row; how often each rule fired."""
    masks: Counter[tuple[Subject, int]] = Counter()
    for subject in Subject:
        judge = python(subject, as_of)
        rows = live(subject).select_related(*_BESIDE.get(subject, ()))
        for row in rows.iterator():
            now = judge(row)
            if now != (row.fired, row.unchecked):
                masks[subject, -1] += 1  # would be written
            masks[subject, now[0]] += 1
    fired: Counter[str] = Counter()
    for subject in Subject:
        for rule in row_rules(subject):
            fired[rule.code] = sum(n for (of, mask), n in masks.items() if of is subject and mask & rule.mask
                                   and mask > 0)  # fmt: skip
    return fired


if __name__ == "__main__":
    tell(loop)
