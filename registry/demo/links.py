"""Links to accounts that do not exist: on the platforms officials use, in the ways people paste them."""

import random
import re

from registry.demo.dice import urn
from registry.demo.shown import without_marks

# Shares of a guess, not statistics: nobody publishes them for officials.
_FORMS = urn(
    {
        "https://www.facebook.com/{dotted}": 230,
        "https://m.facebook.com/{handle}?mibextid=ZbWKwL": 90,
        "https://www.facebook.com/profile.php?id={number}": 130,
        "https://zalo.me/{phone}": 190,
        "https://www.tiktok.com/@{handle}?lang=vi": 140,
        "https://www.youtube.com/@{handle}": 70,
        "https://www.instagram.com/{handle}/": 60,
        "https://x.com/{short}": 30,
        "https://www.threads.com/@{handle}": 30,
        "https://t.me/{handle}": 20,
        "https://www.linkedin.com/in/{dashed}": 10,
    }
)
_NO_LETTERS = re.compile(r"[^a-z]+")


def link_for(full_name: str, number: int, rng: random.Random) -> str:
    """A link nobody else of the demonstration has, made from `number`.

    A telephone number is only counted up; the register keeps a keyed digest of it and a mask.
    """
    words = _NO_LETTERS.sub(" ", without_marks(full_name).lower()).split()
    name = "".join(words)[:16]
    return rng.choice(_FORMS).format(
        dotted=f"{'.'.join(words)[:24].rstrip('.')}.{number}",
        handle=f"{name}{number}",
        short=f"u{number}{words[-1][:5]}",
        dashed=f"{'-'.join(words)[:40]}-{number}",
        number=61_550_000_000_000 + number * 997 + rng.randrange(997),
        phone=f"0{320_000_000 + number * 7919 % 80_000_000}",
    )
