"""The platforms, listed once, in the order people are offered them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from accounts.platforms import (
    facebook,
    instagram,
    linkedin,
    telegram,
    threads,
    tiktok,
    unsupported,
    website,
    x,
    youtube,
    zalo,
)
from accounts.platforms.base import Platform

PLATFORMS: Final[Mapping[str, Platform]] = MappingProxyType(
    {
        platform.code: platform
        for platform in (
            facebook.PLATFORM,
            zalo.PLATFORM,
            youtube.PLATFORM,
            tiktok.PLATFORM,
            instagram.PLATFORM,
            threads.PLATFORM,
            x.PLATFORM,
            telegram.PLATFORM,
            linkedin.PLATFORM,
            website.PLATFORM,
            unsupported.VIBER,
            unsupported.LOTUS,
            unsupported.GAPO,
            unsupported.MOCHA,
        )
    }
)


def owner(host: str) -> Platform | None:
    """Return the platform whose host this is."""
    return next((platform for platform in PLATFORMS.values() if platform.owns(host)), None)
