"""A picture of a page's badge: through the one door for pictures, kept privately, shown to HR alone."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts import services as book
from accounts.models import BadgeVerdict, PageComparison, PageFacts, Photo
from accounts.photos import open_stored
from accounts.public_pages import public_pages
from registry.declarations.models import PageDeclaration
from registry.declarations.services import approve_page, return_page
from registry.findings.services import run_changed
from registry.users.models import Role, User
from tests.factories import RoleGrantFactory
from tests.registry.pages import LINK
from tests.registry.people import Country
from tests.registry.web.reviewer.test_pages import SAID
from tests.registry.web.reviewer.test_walk import status_of

SEEN = SAID | {"badge": "blue", "badge_from": "provider", "badge_evidence": ""}


def screenshot(colour: str = "navy") -> SimpleUploadedFile:
    """A picture of a screen, with a camera's words in it."""
    data, picture = io.BytesIO(), Image.linear_gradient("L").resize((1280, 800)).convert("RGB")
    picture.paste(colour, (100, 100, 300, 300))
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    picture.save(data, "PNG", exif=exif)
    return SimpleUploadedFile("man-hinh.png", data.getvalue(), content_type="image/png")


def declare(country: Country, hr: Client, **said: object) -> PageDeclaration:
    address = reverse("reviewer:page_declare", query={"agency": country.health.code, "link": LINK})
    answer = hr.post(address, SEEN | {"administrator_1": country.lan.staff_code} | said)
    assert answer.status_code == 302, answer.content.decode()
    return PageDeclaration.objects.get()


def picture_of(declaration: PageDeclaration) -> Photo | None:
    return PageFacts.objects.get(facts=declaration.facts_id).badge_photo


def test_a_picture_is_drawn_afresh_and_kept_without_what_it_said(country: Country, hr: Client):
    kept = picture_of(declare(country, hr, badge_picture=screenshot()))
    assert kept is not None
    assert (kept.source_format, kept.width) == ("PNG", 1024)
    with open_stored(kept.name) as file:
        data = file.read()
    assert data.startswith(b"\xff\xd8\xff")
    assert b"taken at home" not in data


def test_a_picture_alone_is_evidence_of_a_badge(country: Country, hr: Client):
    declaration = declare(country, hr, badge_picture=screenshot())
    run_changed()
    assert PageComparison.objects.get().badge == BadgeVerdict.RECORDED
    return_page(declaration=declaration, reason="Xem lại", by=country.hr2)
    hr.post(
        reverse("reviewer:page_correct", args=[declaration.public_id]), SEEN | {"remove_badge_picture": "on"}
    )
    run_changed()
    assert PageComparison.objects.get().badge == BadgeVerdict.INCOMPLETE


def test_what_is_no_picture_is_refused_at_the_field_and_nothing_is_kept(country: Country, hr: Client):
    address = reverse("reviewer:page_declare", query={"agency": country.health.code, "link": LINK})
    document = SimpleUploadedFile("quyet-dinh.pdf", b"%PDF-1.7\n%%EOF\n", content_type="application/pdf")
    answer = hr.post(address, SEEN | {"badge_picture": document})
    assert answer.status_code == 422
    assert "id_badge_picture_error" in answer.content.decode()
    assert not PageDeclaration.objects.exists()
    assert not Photo.objects.exists()


def test_a_good_picture_beside_a_refused_answer_is_not_kept(country: Country, hr: Client):
    address = reverse("reviewer:page_declare", query={"agency": country.health.code, "link": LINK})
    answer = hr.post(address, SEEN | {"contact_phone": "12", "badge_picture": screenshot()})
    assert answer.status_code == 422
    assert not Photo.objects.exists()


def test_a_picture_stays_with_a_page_until_it_is_taken_out_or_replaced(country: Country, hr: Client):
    declaration = declare(country, hr, badge_picture=screenshot())
    first = picture_of(declaration)
    approve_page(declaration=declaration, by=country.hr2)
    change = reverse("reviewer:page_change", args=[declaration.account.public_id])
    assert first is not None
    assert reverse("photo", args=[first.public_id]) in hr.get(change).content.decode()
    hr.post(change, SEEN | {"name_shown": "Sở Y tế tỉnh"})
    changed = PageDeclaration.objects.exclude(pk=declaration.pk).get()
    assert picture_of(changed) == first
    approve_page(declaration=changed, by=country.hr2)
    hr.post(change, SEEN | {"badge_picture": screenshot("gold")})
    replaced = PageDeclaration.objects.latest("pk")
    assert picture_of(replaced) not in {first, None}
    assert picture_of(changed) == first  # what was said before stays as it was said


def test_a_page_without_a_badge_has_no_picture_of_one(country: Country, hr: Client):
    assert picture_of(declare(country, hr, badge="none", badge_picture=screenshot())) is None


def test_a_picture_is_shown_to_hr_of_the_branch_alone(
    country: Country, hr: Client, signed_in: Callable[[User], Client]
):
    declaration = declare(country, hr, badge_picture=screenshot())
    approve_page(declaration=declaration, by=country.hr2)
    kept = picture_of(declaration)
    assert kept is not None
    address = reverse("photo", args=[kept.public_id])
    for page in (
        reverse("reviewer:page_case", args=[declaration.public_id]),
        reverse("reviewer:page", args=[declaration.account.public_id]),
    ):
        assert address in hr.get(page).content.decode()
    RoleGrantFactory.create(user=country.lan_login, role=Role.AUDITOR, agency=country.health)
    seen = {
        name: status_of(signed_in(getattr(country, name)), address)
        for name in ("hr", "hr2", "hr_province", "hr_culture", "hr_elsewhere", "lan_login")
    }
    assert seen == {
        "hr": 200, "hr2": 200, "hr_province": 200, "hr_culture": 404, "hr_elsewhere": 404, "lan_login": 404,
    }  # fmt: skip
    assert Client().get(address).status_code in {302, 404}
    assert "badge_photo" not in public_pages().get()


def test_a_picture_a_page_names_is_not_dropped_as_unused(country: Country, hr: Client):
    kept = picture_of(declare(country, hr, badge_picture=screenshot()))
    assert kept is not None
    assert book.drop_unused_photos(photos=Photo.objects.all()) == 0
    with pytest.raises(ProtectedError):
        kept.delete()
