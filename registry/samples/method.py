"""How a sample is drawn, so that anybody who draws again gets the same.

Order. Every subject has a token, `people:<public id>` or `accounts:<public id>`, and a number nobody can
choose: the SHA-256 of seed, line feed and token, all in UTF-8, written in hexadecimal. Within a stratum those
with the smallest numbers are drawn. As the numbers behave like independent random ones that stay with their
subject, this is a simple random sample without replacement in each stratum, whatever order a database or a
platform keeps its rows in. (Sampling by permanent random numbers: E. Ohlsson, "Coordination of Samples Using
Permanent Random Numbers", in: Business Survey Methods, Wiley 1995, chapter 9. Numbers from a public seed and
SHA-256, as in the audit of elections: R. L. Rivest, sampler.py, 2011; publicly verifiable selection:
RFC 3797.) PostgreSQL and Python give the same numbers; a test holds them to it.

Allocation. Each stratum gets its share of the sample in proportion to its size (W. G. Cochran, Sampling
Techniques, 3rd edition, Wiley 1977, chapter 5), rounded by largest remainders, ties to the larger stratum and
then to the code that sorts first. Where the sample has at least as many places as there are strata, none goes
without: the place comes from the stratum that is furthest above its share. No stratum gives more than it has.
"""

from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256

#: Raised when anything above changes; an older sample is then not drawn again by another method unseen.
METHOD = 1


def number_of(seed: str, token: str) -> str:
    """What a subject is ordered by: 64 hexadecimal digits."""
    return sha256(f"{seed}\n{token}".encode()).hexdigest()


def allocate(populations: Mapping[str, int], size: int) -> dict[str, int]:
    """How many to draw of each stratum; together `size`, or everybody where there are no more.

    Args:
        populations: how many each stratum has, none of them empty.
        size: how many to draw.
    """
    whole = sum(populations.values())
    if size >= whole:
        return dict(populations)
    shares = {code: Fraction(size * count, whole) for code, count in populations.items()}
    given = {code: int(share) for code, share in shares.items()}
    by_remainder = sorted(shares, key=lambda code: (given[code] - shares[code], -populations[code], code))
    for code in by_remainder[: size - sum(given.values())]:
        given[code] += 1
    if size >= len(populations):
        for code in sorted(code for code, count in given.items() if not count):
            richest = max(
                (each for each in given if given[each] > 1),
                key=lambda each: (given[each] - shares[each], populations[each], each),
            )
            given[richest] -= 1
            given[code] = 1
    return given
