"""Profiles: which duties an agency's people are held to, and how strongly.

The law does not ask the same of everybody: what the draft of 2018 would have ordered ("show your agency"),
the army and the procuracy forbid. An agency therefore has a profile (its parent's where it names none),
which binds articles with a force and dates, and says whether the agency is to be shown or hidden. A profile
never makes an article stronger than it is; only an agency's own regulation, recorded in the register with
its document, can order more.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from registry.rules.legal import ARTICLES, Article, Force


class Polarity(StrEnum):
    """What becomes of the employer's name on a personal account."""

    SHOW = "show"
    HIDE = "hide"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Binding:
    """An article at work in a profile, from one day until (and without) another; None is open."""

    force: Force
    from_: dt.date | None = None
    until: dt.date | None = None

    def covers(self, on: dt.date) -> bool:
        """Whether the profile applies the article on a day."""
        return (self.from_ is None or on >= self.from_) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is asked, of whom, how strongly.

    Args:
        code: stable, as agencies store it.
        number: stable and small, as comparison rows store it; never re-used.
        bindings: article code → binding.
        agency_shown: whether a personal account shows the employer, hides it, or may do either.
        duty_to_declare: code of the article that obliges people to declare their accounts; "" where only an
            agency's own regulation can.
        days_to_declare: days a person has after entering the agency, None: no deadline in this profile.
            No law sets one; it is a working default that the agency's regulation replaces.
        days_between_confirmations: days after which a standing entry is to be confirmed again, likewise.
        photo_max_age_days: days after which a photo is to be renewed, None: never.
        days_to_close_accounts: days after which somebody who left or moved has no account left in the
            register. No law gives a number; it is a working default.
        days_to_accept_code: days a person has to read and accept a wording of the code of conduct, None: it
            is not asked. Likewise.
        days_to_tell_of_loss: days the platform and the superior may wait to be told of a lost or impersonated
            account; 0: at once, so that the day after is late.
        minimum_administrators: administrators an agency's own page needs, each on its staff list.
        badge_max_age_days: days after which somebody is to look at a page's badge again. Likewise.
    """

    code: str
    number: int
    name_vi: str
    name_en: str
    description_vi: str
    description_en: str
    agency_shown: Polarity
    bindings: Mapping[str, Binding]
    duty_to_declare: str = ""
    days_to_declare: int | None = None
    days_between_confirmations: int | None = 365
    photo_max_age_days: int | None = None
    days_to_close_accounts: int = 30
    days_to_accept_code: int | None = None
    days_to_tell_of_loss: int = 0
    minimum_administrators: int = 0
    badge_max_age_days: int = 365

    @property
    def obliges_declaration(self) -> bool:
        """Whether this profile itself, without a regulation of the agency, orders people to declare."""
        return bool(self.duty_to_declare)

    def obliges_declaration_on(self, on: dt.date) -> bool:
        """Whether it does so on a day."""
        return self.force_on(self.duty_to_declare, on) is Force.MUST

    def force_on(self, article_code: str, on: dt.date) -> Force | None:
        """The force an article has for these agencies on a day; None: nothing is asked by it that day.

        Both must hold: the profile's own dates and the source's.
        """
        binding = self.bindings.get(article_code)
        if binding is None or not binding.covers(on) or ARTICLES[article_code].force_on(on) is None:
            return None
        return binding.force

    def basis_on(self, article_codes: Iterable[str], on: dt.date) -> list[tuple[Article, Force]]:
        """The articles in force on a day, with their force, strongest first; empty: nothing is asked."""
        found = [(ARTICLES[code], force) for code in article_codes if (force := self.force_on(code, on))]
        return sorted(found, key=lambda each: -each[1].strength)


def _bind(force: Force, *codes: str) -> dict[str, Binding]:
    return {code: Binding(force) for code in codes}


_FIRST_CODE = dt.date(2021, 6, 17)
_SECOND_CODE = dt.date(2026, 3, 5)

# In force whatever the employer: for everybody's accounts, and for agencies' own channels.
_EVERYBODY = _bind(Force.MUST_NOT, "ND-147.36-press-name", "LUAT-116.7-impersonation") | _bind(
    Force.MUST, "ND-42.5", "ND-09.spokesperson"
)
_CODE_2021 = {
    "QD-874.4-2": Binding(Force.SHOULD, _FIRST_CODE, _SECOND_CODE),
    "QD-874.4-3": Binding(Force.SHOULD, _FIRST_CODE, _SECOND_CODE),
}
_CODE_2026 = {"QD-423.real-name": Binding(Force.ENCOURAGED, _SECOND_CODE)}
_QUICKLY = 3  # days: the code of 2021 says "quickly" (nhanh chóng) and no number
_TO_READ = 30  # days: no text gives a number
_DRAFT = _bind(
    Force.DRAFT,
    *(f"DRAFT-2018.o{number}" for number in range(1, 5)),
    *(f"DRAFT-2018.a{number}" for number in range(1, 5)),
)

_SHIPPED = (
    Profile(
        code="draft-2018",
        number=1,
        name_vi="Dự thảo năm 2018",
        name_en="Draft of 2018",
        description_vi="Đối chiếu với dự thảo năm 2018: tên thật, ảnh thật, cơ quan công tác, tuyên bố "
        "cá nhân. "
        "Dự thảo chưa từng có hiệu lực nên kết quả chỉ là “chưa phù hợp”, không phải vi phạm. "
        "Việc khai báo chỉ bắt buộc khi quy chế của cơ quan quy định.",
        description_en="Compares with the draft of 2018: real name, real photo, agency, disclaimer. "
        "The draft never came into force, so a result is “not in line”, never a violation. "
        "Declaring is an obligation only where the agency's own regulation says so.",
        agency_shown=Polarity.SHOW,
        bindings=_EVERYBODY | _DRAFT,
        minimum_administrators=2,
    ),
    Profile(
        code="code-2021",
        number=2,
        name_vi="Bộ quy tắc năm 2021",
        name_en="Code of 2021",
        description_vi="Quyết định 874/QĐ-BTTTT: nên dùng tên thật. Đã bị thay ngày 05/03/2026; "
        "dùng để xem lại thời gian trước ngày đó. "
        "Không nói gì về ảnh, cơ quan công tác hay tuyên bố cá nhân.",
        description_en="Decision 874/QĐ-BTTTT: should use the real name. Replaced on 5 March 2026; "
        "kept for looking back. It says nothing of photo, agency or disclaimer.",
        agency_shown=Polarity.FREE,
        bindings=_EVERYBODY | _CODE_2021,
        days_to_tell_of_loss=_QUICKLY,
    ),
    Profile(
        code="code-2026",
        number=3,
        name_vi="Bộ quy tắc năm 2026",
        name_en="Code of 2026",
        description_vi="Quyết định 423/QĐ-BVHTTDL đang có hiệu lực: khuyến khích dùng tên thật "
        "hoặc thương hiệu sở hữu hợp pháp. Không nói gì về ảnh, cơ quan công tác hay tuyên bố cá nhân.",
        description_en="Decision 423/QĐ-BVHTTDL, in force: encourages the real name or a brand lawfully "
        "owned. "
        "It says nothing of photo, agency or disclaimer.",
        agency_shown=Polarity.FREE,
        bindings=_EVERYBODY | _CODE_2026,
        days_to_accept_code=_TO_READ,
    ),
    Profile(
        code="foreign-affairs",
        number=4,
        name_vi="Ngành Ngoại giao",
        name_en="Foreign affairs",
        description_vi="Quyết định 396/QĐ-BNG, biết qua buổi phổ biến: khai thông tin chính danh, "
        "không cho mượn, bán trang. Chưa thấy văn bản nên chỉ coi là nên làm.",
        description_en="Decision 396/QĐ-BNG, known from a briefing: true information, no lending or "
        "selling of "
        "pages. The text was not seen, so it only counts as advice.",
        agency_shown=Polarity.FREE,
        bindings=_EVERYBODY
        | _CODE_2021
        | _CODE_2026
        | _bind(Force.SHOULD, "QD-396.true-information", "QD-396.answer", "QD-396.no-lending"),
        days_to_accept_code=_TO_READ,
        days_to_tell_of_loss=_QUICKLY,
    ),
    Profile(
        code="defence",
        number=5,
        name_vi="Quân đội",
        name_en="Defence",
        description_vi="Thông tư 81/2025/TT-BQP: tài khoản cá nhân không mang thông tin về đơn vị, "
        "tên không giống cơ quan báo chí, nhà nước, quân đội. Quy tắc “hiển thị cơ quan” được đảo lại.",
        description_en="Circular 81/2025/TT-BQP: a personal account carries no information about the "
        "unit, and no "
        "name like a press, state or defence body's. “Show the agency” is turned round.",
        agency_shown=Polarity.HIDE,
        bindings=_EVERYBODY
        | _CODE_2026
        | _bind(Force.MUST_NOT, "TT-81-BQP.6-unit", "TT-81-BQP.6-name")
        | _bind(Force.MUST, "TT-81-BQP.6-loss", "TT-81-BQP.unit-page"),
        minimum_administrators=1,
    ),
    Profile(
        code="procuracy",
        number=6,
        name_vi="Viện kiểm sát",
        name_en="Procuracy",
        description_vi="Quyết định 457/QĐ-VKSTC: không dùng tên, hình ảnh, phù hiệu của ngành, đơn vị "
        "trên tài khoản cá nhân; không cho mượn, bán; mất tài khoản thì báo ngay. "
        "Quy tắc “hiển thị cơ quan” được đảo lại.",
        description_en="Decision 457/QĐ-VKSTC: no name, image or insignia of the sector or unit on a "
        "personal "
        "account; no lending or selling; a loss is reported at once. “Show the agency” is turned round.",
        agency_shown=Polarity.HIDE,
        bindings=_EVERYBODY
        | _CODE_2026
        | _bind(Force.MUST_NOT, "QD-457.16-1-unit", "QD-457.16-1-impersonation", "QD-457.16-1-no-lending")
        | _bind(Force.MUST, "QD-457.16-1-loss"),
        days_to_accept_code=_TO_READ,
    ),
    Profile(
        code="police",
        number=7,
        name_vi="Công an",
        name_en="Police",
        description_vi="Thông tư 27/2017/TT-BCA cấm dùng tên, hình ảnh, phiên hiệu đơn vị trên mạng. "
        "Chưa xác định được quy định hiện hành nên ở đây chỉ coi là nên tránh.",
        description_en="Circular 27/2017/TT-BCA forbade using a unit's name, image or number on networks. "
        "What applies today is not established, so here it only counts as advice.",
        agency_shown=Polarity.HIDE,
        bindings=_EVERYBODY | _CODE_2026 | _bind(Force.SHOULD, "TT-27-BCA.unit"),
    ),
    Profile(
        code="province-with-duty-to-declare",
        number=8,
        name_vi="Địa phương có quy định phải khai báo",
        name_en="Province with a duty to declare",
        description_vi="Cho địa phương đã có văn bản buộc cán bộ dùng tên chính danh và thông báo tài khoản "
        "với người đứng đầu, như Chỉ thị 17-CT/TU của Bình Phước (2022-2025). Chỉ chọn khi đã có văn bản đó; "
        "thời hạn 30 ngày là mặc định của hệ thống, không phải của luật.",
        description_en="For a province whose own document orders officials to use their true name and to "
        "tell the "
        "head of agency their accounts, as directive 17-CT/TU of Bình Phước did (2022-2025). To be "
        "chosen only "
        "where there is such a document; the 30 days are this register's default, not the law's.",
        agency_shown=Polarity.FREE,
        bindings=_EVERYBODY
        | _CODE_2021
        | _CODE_2026
        | _bind(Force.MUST, "OWN.declare", "OWN.own-name", "OWN.confirm")
        | _bind(Force.MUST, "CT-17-BP.declare", "CT-17-BP.own-name"),
        duty_to_declare="OWN.declare",
        days_to_declare=30,
        days_to_accept_code=_TO_READ,
        days_to_tell_of_loss=_QUICKLY,
    ),
)

PROFILES: Mapping[str, Profile] = MappingProxyType({each.code: each for each in _SHIPPED})
DEFAULT = PROFILES["draft-2018"]
_BY_NUMBER = MappingProxyType({each.number: each for each in _SHIPPED})


def profile(code: str) -> Profile:
    """The profile with this code; the default where an agency and its parents name none ("").

    Raises:
        KeyError: no profile has this code.
    """
    return PROFILES[code] if code else DEFAULT


def profile_by_number(number: int) -> Profile:
    """The profile a comparison row names.

    Raises:
        KeyError: no profile has this number.
    """
    return _BY_NUMBER[number]
