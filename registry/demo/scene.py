"""One small province: people in a few departments and communes, and an office in the middle of its work.

The people in the background are invented like those of a large register. Those who log in do everything by
the acts people do themselves, so that queue, steps and trail are real.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from accounts import names
from accounts import services as book
from accounts.agency_names import agency_names
from accounts.models import (
    GONE,
    AccountIdentifier,
    Agency,
    Category,
    Entry,
    Official,
    OfficialRecord,
    Photo,
)
from accounts.photos import PhotoDoor
from accounts.platforms import recognise
from accounts.services import Statement
from accounts.services.seeding import load_agencies
from registry.declarations import commitments, services
from registry.declarations.models import Declaration
from registry.demo import comparing, logins, pages, pictures, writing
from registry.demo.logins import Login
from registry.demo.people import work_email
from registry.demo.places import Place, Staffing, places
from registry.demo.slices import Kept, Slice
from registry.users.models import User

PROVINCE: Final = "T34-42"
_AGENCIES = (
    *("T34-42-NV", "T34-42-TC", "T34-42-TP", "T34-42-GDDT", "T34-42-VHTTDL", "T34-42-TT"),
    *("X-18073", "X-18100", "X-18118", "X-18229", "X-18352", "X-18406"),
)
_BACKGROUND: Final = 120  # people nobody logs in as
_SEED: Final = 1
_BORROWED: Final = 40  # every so-many-th picture is somebody else's
_FIRST_ACTOR: Final = 900_001  # staff codes far from those of the background, which count on
_ALL_COMMITMENTS = sorted(commitments.CURRENT)
_NOTICE = "Trang cá nhân. Ý kiến ở đây là của riêng tôi, không đại diện cho cơ quan nơi tôi công tác."


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who logs in."""

    user: User
    official: Official
    full_name: str
    place: Place


class _Drawn(Slice):
    """People with a picture each, drawn and put through the photo door."""

    def __init__(self, staffing: Staffing, door: PhotoDoor, *, now: datetime) -> None:
        self.ids = writing.take_ids(_BACKGROUND)
        super().__init__(staffing, (), agency_names(), ids=self.ids, seed=_SEED, now=now)
        self._door = door
        self._drawn = 0

    def photo(self, number: int, rng: Random, *, alike: Kept | None) -> Kept:  # noqa: ARG002 - drawn anew
        """Draw a picture and keep it as the photo door gives it; its own number is its chance."""
        self._drawn += 1
        # now and then two people show one picture, which a rule speaks about
        photo = _photo(self._door, self._drawn - (self._drawn % _BORROWED == 0))
        return Kept(photo.pk, photo.difference_hash, photo.difference_hash_down, 0)


def build() -> None:
    """Fill an empty register. Must run in a transaction."""
    load_agencies()
    now = timezone.now()
    by_code = dict(Agency.objects.filter(code__in=_AGENCIES).values_list("pk", "code"))
    found = {by_code[place.agency_id]: place for place in places() if place.agency_id in by_code}
    book.record_regulation(
        agency=Agency.objects.get(code=PROVINCE), number="01/QĐ-UBND (minh họa)", by=None,
        issued_on=_days_before(now, 430), in_force_from=_days_before(now, 420), obliges_declaration=True,
        days_to_declare=30, days_between_confirmations=365,
    )  # fmt: skip
    with PhotoDoor(children=2) as door:
        people = _Drawn(Staffing(list(found.values()), _BACKGROUND, seed=_SEED), door, now=now)
        writing.copy_in(people.fill(0, _BACKGROUND))
        comparing.compare(people.ids, processes=1)
        writing.take_marks(people.ids)
        _act(found, door)


def _act(found: dict[str, Place], door: PhotoDoor) -> None:
    hr = _actor(logins.HR, "Nguyễn Thị Minh Thu", "Phó Trưởng phòng", found["T34-42-NV"])
    auditor = _actor(logins.AUDITOR, "Trần Quốc Bình", "Thanh tra viên", found["T34-42-TT"])
    ward = _actor(logins.HR_BELOW, "Phạm Văn Dũng", "Công chức Văn phòng", found["X-18073"])
    employee = _actor(logins.EMPLOYEE, "Lê Hồng Nhung", "Chuyên viên", found["T34-42-VHTTDL"])
    teacher = _actor(Login("canbo.giaoduc", ""), "Võ Thị Lan Anh", "Chuyên viên", found["T34-42-GDDT"])
    clerk = _actor(Login("canbo.tranphu", ""), "Hồ Sỹ Hùng", "Văn thư", found["X-18100"])
    logins.make_login(logins.ADMINISTRATOR, official=None, full_name="Quản trị hệ thống")

    services.record_registrations(rows=_registrations(), by=hr.user)
    _of_the_employee(employee, hr, door)
    services.declare_nil(official=ward.official, by=ward.user)
    # What waits for the reviewer: one in order, one not, and a claim on somebody else's account.
    _declare(auditor, "https://www.facebook.com/thanhtra.minhhoa", _good(auditor, _photo(door, "auditor")))
    pets_name = _good(teacher, _photo(door, "teacher")) | Statement(name_shown="Mẹ Bắp", disclaimer="")
    _declare(teacher, "https://www.tiktok.com/@cogiao.minhhoa", pets_name)
    _declare(clerk, _link_of_another(clerk), _good(clerk, None))
    pages.build(agency=Agency.objects.get(code="X-18073"), hr=ward.user, above=hr.user)
    while services.take_news(limit=1000):
        pass  # what is invented is no news to write letters about


def _actor(login: Login, full_name: str, position: str, place: Place) -> Actor:
    number = _FIRST_ACTOR + User.objects.count()
    official = book.record_official(
        agency=Agency.objects.get(pk=place.agency_id),
        staff_code=f"{place.branch.prefix}.{number:06d}",
        full_name=full_name,
        by=None,
        category=Category.CIVIL_SERVANT,
        position=position,
        work_email=work_email(names.search_key(full_name).split()[-1], number, place.branch.code),
        employed_since=_days_before(timezone.now(), 2000),
    )
    user = logins.make_login(login, official=official, full_name=full_name)
    return Actor(user, official, full_name, place)


def _registrations() -> list[services.Registration]:
    """What the officer is taken to have registered for everybody in the background."""
    return [
        services.Registration(official, account, facts, entry)
        for official, account, facts, entry in Entry.objects.current()
        .order_by("pk")
        .values_list("facts__official", "account", "facts", "pk")
    ]


def _of_the_employee(employee: Actor, hr: Actor, door: PhotoDoor) -> None:
    """One account to confirm, one declaration approved, one returned."""
    services.register_on_behalf(
        official=employee.official,
        link=recognise("https://www.facebook.com/hongnhung.minhhoa"),
        statement=Statement(name_shown=employee.full_name, agency_shown=employee.place.name),
        by=hr.user,
    )
    whole = _good(employee, _photo(door, "employee"))
    services.approve(
        declaration=_declare(employee, "https://www.tiktok.com/@hongnhung.minhhoa", whole), by=hr.user
    )
    thin = _good(employee, None) | Statement(disclaimer="Trang của tôi")
    services.return_(
        declaration=_declare(employee, "https://www.youtube.com/@hongnhungminhhoa", thin),
        reasons={
            "photo": "Chưa có ảnh. Chị tải giúp ảnh đang dùng trên trang lên.",
            "disclaimer": "Câu này chưa nói rõ là trang cá nhân và không đại diện cho cơ quan.",
        },
        by=hr.user,
    )


def _link_of_another(claimant: Actor) -> str:
    """An account that somebody of another agency, still in post, holds."""
    holders = (
        OfficialRecord.objects.current().exclude(status__in=GONE).exclude(agency=claimant.place.agency_id)
    )
    held = AccountIdentifier.objects.current().filter(
        platform="facebook", account__ownerships__official__in=holders.values("official")
    )
    return held.order_by("pk").values_list("url", flat=True)[0]


def _declare(actor: Actor, link: str, statement: Statement) -> Declaration:
    draft = services.save_draft(
        official=actor.official, link=recognise(link), statement=statement, by=actor.user, link_text=link
    )
    return services.submit(declaration=draft, by=actor.user)


def _good(actor: Actor, photo: Photo | None) -> Statement:
    return Statement(
        name_shown=actor.full_name,
        agency_shown=actor.place.name,
        disclaimer=_NOTICE,
        photo=photo,
        commitments=_ALL_COMMITMENTS,
    )


def _photo(door: PhotoDoor, *seed: object) -> Photo:
    return book.keep_photo(redrawn=door.redraw(pictures.portrait("scene", *seed)))


def _days_before(now: datetime, days: int) -> date:
    return timezone.localdate(now - timedelta(days=days))
