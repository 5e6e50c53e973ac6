"""What a simple random sample says of the whole population, exactly.

Confidence limits for a count in a finite population, by inverting the two one-sided tests of the
hypergeometric distribution (J. P. Buonaccorsi, "A Note on Confidence Intervals for Proportions in Finite
Populations", The American Statistician 41 (1987) 215-218; W. Wang, "Exact Optimal Confidence Intervals for
Hypergeometric Parameters", Journal of the American Statistical Association 110 (2015) 1491-1499). They hold
at least at the stated level, for every size; approximations by the normal distribution do not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Limits:
    """Between how many subjects of the population are not in line."""

    lowest: int
    highest: int
    population: int

    @property
    def lowest_percent(self) -> float:
        """The same of a hundred."""
        return 100 * self.lowest / self.population

    @property
    def highest_percent(self) -> float:
        """The same of a hundred."""
        return 100 * self.highest / self.population


def limits(*, population: int, drawn: int, failed: int, unchecked: int = 0) -> Limits:
    """The limits at the level `LEVEL`.

    What could not be checked counts as in line for the lower limit and as not in line for the upper one, so
    the statement holds whichever it is.
    """
    at_most = failed + unchecked
    tail = (1 - LEVEL) / 2
    # Fewest that make `failed` or more likely enough; most that make `at_most` or fewer likely enough.
    lowest = _first(
        failed, population, lambda count: 1 - _at_most(failed - 1, count, population, drawn) > tail
    )
    beyond = _first(
        at_most, population + 1, lambda count: _at_most(at_most, count, population, drawn) <= tail
    )
    return Limits(lowest, min(beyond - 1, population - (drawn - at_most)), population)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number from low on for which it holds, high where there is none; once true, it stays true."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _at_most(most: int, failing: int, population: int, drawn: int) -> float:
    """The chance of at most so many failing in the sample, when so many fail in the population."""
    first = max(0, drawn - (population - failing))
    last = min(most, drawn, failing)
    whole = _log_choose(population, drawn)
    return sum(
        exp(_log_choose(failing, count) + _log_choose(population - failing, drawn - count) - whole)
        for count in range(first, last + 1)
    )


def _log_choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
