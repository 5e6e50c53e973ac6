"""Networks officials use whose links cannot be read: no form of an account's address was found for them.

Viber accounts are phone numbers; Lotus, Gapo and Mocha publish no form. HR records such accounts by hand.
"""

from typing import NoReturn

from accounts.platforms import refusals
from accounts.platforms.base import Address, Platform


def _platform(code: str, name: str, *hosts: str) -> Platform:
    def read(address: Address) -> NoReturn:
        """Refuse: the platform's links cannot be read."""
        del address
        raise refusals.refusal("unsupported_platform", platform=name)

    return Platform(
        code=code,
        name=name,
        hosts=hosts,
        personal=True,
        agency=True,
        read=read,
        words=(code,),
        supported=False,
    )


VIBER = _platform("viber", "Viber", "viber.com")
LOTUS = _platform("lotus", "Lotus", "lotus.vn")
GAPO = _platform("gapo", "Gapo", "gapo.vn")
MOCHA = _platform("mocha", "Mocha", "mocha.com.vn")
