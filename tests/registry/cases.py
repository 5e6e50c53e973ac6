"""Declarations in the review queue that no rule finds anything about."""

from typing import Any

from accounts.models import Official
from registry.declarations.models import Declaration
from tests.factories import DeclarationFactory, PhotoFactory


def clean_case(official: Official, number: int = 1, **said: Any) -> Declaration:
    """One before HR whose account states a permanent id, a full notice, the agency and a photo of its own."""
    return DeclarationFactory.create(
        official=official,
        submitted=True,
        **{
            "url": f"https://www.facebook.com/profile.php?id=10001234567{number:02}",
            "agency_shown": "Sở Y tế",
            "photo": PhotoFactory.create(),
            "disclaimer": "Đây là tài khoản cá nhân, không đại diện cho cơ quan.",
        }
        | said,
    )
