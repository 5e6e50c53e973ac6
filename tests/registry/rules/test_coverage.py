"""Every article has a rule, or a reason of its own why none rests on it."""

from registry.rules import coverage
from registry.rules.catalogue import catalogue
from registry.rules.coverage import is_explained, rules_by_article, uncovered
from registry.rules.legal import ARTICLES


def test_uncovered_articles_are_those_no_rule_rests_on_each_with_its_reason():
    found = {each.article.code for each in uncovered()}
    assert found == set(ARTICLES) - {code for rule in catalogue() for code in rule.basis}
    assert [each.article.code for each in uncovered() if not is_explained(each)] == []


def test_reasons_of_their_own_are_of_articles_without_rules():
    assert not set(coverage._OF_ITS_OWN) & set(rules_by_article())
    assert set(coverage._OF_ITS_OWN) <= set(ARTICLES)


def test_rules_by_article_goes_both_ways():
    for code, rules in rules_by_article().items():
        assert all(code in rule.basis for rule in rules)
