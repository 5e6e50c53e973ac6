"""Of a few rows a set rule names those it names of all."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Comparison
from accounts.paths import one_of
from registry.findings.offending import offending
from registry.findings.services import run_changed
from registry.rules.catalogue import account_photo_own, catalogue
from tests.factories.comparisons import make_agency, make_official
from tests.registry.findings.test_changed import enter, photo

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SET_RULES = [each for each in catalogue() if each.is_set_rule]


def test_offending_names_of_some_rows_those_that_offend():
    agency, shown = make_agency(), photo()
    for _each in range(2):
        enter(make_official(agency), photo=shown)
    run_changed()
    rule = account_photo_own.RULE
    one, other = Comparison.objects.order_by("pk").values_list("pk", flat=True)
    assert offending(rule, TODAY, [one, other]) == {one, other}
    assert offending(rule, TODAY, [other]) == {other}
    assert offending(rule, TODAY, []) == set()


@pytest.mark.parametrize("rule", SET_RULES, ids=lambda rule: rule.code)
def test_every_set_rule_of_the_catalogue_is_asked_by_one_statement(rule: Any):
    with CaptureQueriesContext(connection) as asked:
        assert offending(rule, TODAY, [1]) == set()
        assert offending(rule, TODAY, [1, 2, 3]) == set()
    first, second = (each["sql"] for each in asked)
    assert "{1}" in first
    assert first.replace("{1}", "{1,2,3}") == second


def test_offending_refuses_a_rule_that_would_name_nobody():
    rule = account_photo_own.RULE
    rows = Comparison.objects.values("pk")
    otherwise = (
        lambda _day, among: rows.filter(pk__in=among),
        lambda _day, among: rows.filter(one_of(among, "pk"), pk__in=among),
    )
    for offenders in otherwise:
        with pytest.raises(ValueError, match="one_of"):
            offending(replace(rule, offenders=offenders), TODAY, [1])
    with pytest.raises(ValueError, match="no set rule"):
        offending(next(each for each in catalogue() if not each.is_set_rule), TODAY, [1])
