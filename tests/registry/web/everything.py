"""One of each thing the register can hold about a person, and everybody who may or may not see it.

Whoever adds an address says here (or in the walk of the HR officer's area) which thing it stands for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Agency, Entry, Incident, Official
from accounts.public_pages import public_pages
from registry.declarations import services as declarations
from registry.declarations.models import Declaration
from registry.exports import ordering
from registry.exports.models import Format
from registry.findings.models import Finding, Run, WaiverBatch
from registry.findings.selectors import ComplianceFilter
from registry.findings.services import run_changed, start_sweep, work
from registry.lookup.models import ImpostorReport
from registry.privacy.models import DataRequest
from registry.samples.drawing import Wanted
from registry.samples.models import Drawn, Strata
from registry.samples.services import draw_sample
from registry.users.models import Role, User
from registry.users.services import take_letters
from tests.factories import (
    AgencyFactory,
    DeclarationFactory,
    InvitationFactory,
    OfficialFactory,
    PhotoFactory,
    UserFactory,
)
from tests.registry.people import Country, make_country, officer
from tests.registry.web.reviewer.test_walk import addresses as reviewer_addresses

NAME = "Trần Thị Lan"
HANDLES = ("lan.suc.khoe", "lan.dang.sua", "lan.bi.tra")
_NUMBERS = "pg_get_serial_sequence('accounts_agency', 'id')"
SECRETS = (NAME, *HANDLES)  # what no page of anybody who may not see the person may hold

QUERIES = {"api:lookup": {"url": "https://www.facebook.com/soyte.mao.danh"}}  # without it nothing is asked


@dataclass(frozen=True)
class Everything:
    """The health department's Lan and all that is held about her; who may see it is `seers` and herself."""

    country: Country
    logins: dict[str, User]
    pages: dict[str, str] = field(default_factory=dict)  # name of an address → the address, of her things

    @property
    def lan(self) -> Official:
        """Whom it is all about."""
        return self.country.lan


def make_everything() -> Everything:
    """Make it anew; the acts are those of the services, and a real run judged it."""
    _count_from_two_digits()
    country = make_country()
    logins = _logins(country)
    # An employee's own: what each step of a declaration needs.
    photo = PhotoFactory.create()
    drafts = [
        DeclarationFactory.create(
            official=country.lan,
            by=country.lan_login,
            url=f"https://www.facebook.com/{handle}",
            photo=photo,
        )
        for handle in HANDLES[1:]
    ]
    declarations.return_(
        declaration=declarations.submit(declaration=drafts[1], by=country.lan_login),
        reasons={"name_shown": "Ghi đúng tên"},
        by=country.hr,
    )
    found = {f"reviewer:{name}": address for name, address in reviewer_addresses(country).items()}
    run_changed()
    work(run=start_sweep())
    everything = Everything(country, logins, found)
    everything.pages.update(_others(everything, photo.public_id, drafts[0]))
    return everything


def _logins(country: Country) -> dict[str, User]:
    hospital = AgencyFactory.create(parent=country.health, name="Bệnh viện Một")
    longer, shorter = (
        _agency_numbered(number, parent=country.province, name=f"Sở số {number}")
        for number in (country.health.pk * 10 + 5, country.health.pk // 10)
    )
    logins = {
        "hr": country.hr,
        "hr above": country.hr_province,
        "hr beside": country.hr_culture,
        "hr elsewhere": country.hr_elsewhere,
        "owner": country.lan_login,
        "colleague": _employee(country.health, "Ngô Thị Bông"),
        "employee elsewhere": _employee(country.elsewhere, "Lý Văn Cam"),
        "administrator": UserFactory.create(full_name="Quản trị", administrator=True),
        "nobody": UserFactory.create(full_name="Không Vai Trò"),
    }
    others = {"below": hospital, "longer": longer, "shorter": shorter}
    for name, agency in others.items():
        logins[f"hr {name}"] = officer(agency, f"Cán bộ {name}")
    places = {"": country.health, " above": country.province, " beside": country.culture}
    for name, agency in (places | {f" {name}": agency for name, agency in others.items()}).items():
        logins[f"auditor{name}"] = officer(agency, f"Thanh tra{name}", role=Role.AUDITOR)
    return logins


def _employee(agency: Agency, name: str) -> User:
    return UserFactory.create(full_name=name, official=OfficialFactory.create(agency=agency, full_name=name))


def _agency_numbered(number: int, **facts: Any) -> Agency:
    """An agency with this very number: one path then begins like the other, to a careless reader."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({_NUMBERS})")
        (next_one,) = cursor.fetchone()
        cursor.execute(f"SELECT setval({_NUMBERS}, %s, false)", [number])
        made = AgencyFactory.create(**facts)
        cursor.execute(f"SELECT setval({_NUMBERS}, %s, false)", [next_one])
    return made


def _count_from_two_digits() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT setval({_NUMBERS}, greatest(nextval({_NUMBERS}), 40))")


def _others(everything: Everything, photo: object, draft: Declaration) -> dict[str, str]:
    """The addresses outside the HR officer's area."""
    lan = everything.lan
    finding = Finding.objects.filter(official_id=lan.pk).order_by("pk")[0]
    batch = WaiverBatch.objects.latest("pk")
    entry = Entry.objects.current().filter(facts__official=lan).order_by("pk")[0]
    sample = draw_sample(
        wanted=Wanted(
            agency=everything.country.health, as_of=timezone.now(), drawn=Drawn.PEOPLE, strata=Strata.NONE,
            seed="mầm 1", size=5,
        ),
        again=False,
        by=everything.logins["auditor"],
    )  # fmt: skip
    order = ordering.order(
        agency=everything.country.health, by=everything.logins["auditor"], day=None, form=Format.CSV,
        wanted=ComplianceFilter(),
    )  # fmt: skip
    ordering.make(order.pk)
    InvitationFactory.create(official=OfficialFactory.create(agency=everything.country.elsewhere))
    ((_letter, token),) = take_letters(limit=1)
    page = public_pages().values("account__public_id", "platform").get()
    own_finding = {"official:finding": finding.public_id, "auditor:finding": finding.public_id}
    submitted = Declaration.objects.filter(official=lan, state="submitted").earliest("pk")
    by_id: dict[str, object] = {
        **own_finding,
        **dict.fromkeys(("official:declaration", "official:withdraw"), submitted.public_id),
        **dict.fromkeys(
            (
                "official:link", "official:details", "official:save", "official:crop", "official:check",
            ),
            draft.public_id,
        ),
        **dict.fromkeys(
            (
                "official:account", "official:confirm", "official:change", "official:permanent_id",
                "official:close",
            ),
            entry.account.public_id,
        ),
        "official:incident": Incident.objects.filter(official=lan).latest("pk").public_id,
        "official:data_request": DataRequest.objects.filter(official=lan).latest("pk").public_id,
        **dict.fromkeys(("auditor:official", "auditor:then"), lan.public_id),
        "auditor:proof": batch.public_id,
        **dict.fromkeys(
            ("auditor:sample", "auditor:sample_again", "auditor:sample_report", "auditor:sample_item"),
            sample.public_id,
        ),
        **dict.fromkeys(("auditor:order", "auditor:order_progress", "auditor:order_file"), order.public_id),
        # Public on purpose: the department's page and the number of a report, neither of anybody.
        **dict.fromkeys(("citizen:page", "citizen:qr", "citizen:badge"), page["account__public_id"]),
        "photo": photo,
    }  # fmt: skip
    more: dict[str, dict[str, object]] = {
        "auditor:sample_item": {"place": 1},
        "auditor:run": {"pk": Run.objects.latest("pk").pk},
        "official:data_file": {"form": "json"},
        "activate": {"token": token},
        "citizen:agency": {"code": everything.country.health.code},
        "citizen:platform": {"code": page["platform"]},
        "citizen:ticket": {"ticket": ImpostorReport.objects.latest("pk").ticket},
        "law:source": {"code": "QD-874"},
        "law:article": {"code": "QD-874.4-2"},
        "law:rule": {"code": "ACC-02"},
        "law:profile": {"code": "defence"},
        "api:source": {"code": "QD-874"},
        "api:article": {"code": "QD-874.4-2"},
        "api:rule": {"code": "ACC-02"},
        "api:profile": {"code": "defence"},
    }
    found = {}
    for name, pattern in every_address():
        kwargs = {"public_id": by_id[name]} if name in by_id else {}
        kwargs |= more.get(name, {})
        if set(kwargs) == set(pattern.pattern.converters):
            found[name] = reverse(name, kwargs=kwargs, query=QUERIES.get(name))
    return found


def every_address(
    patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the register, by name; Django's own administration is tested there."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from every_address(
                each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space
            )
        elif not space.startswith("admin:"):
            yield f"{space}{each.name}", each
