"""The codes of conduct on social networks: the draft of 2018, the code of 2021, the code of 2026.

Each weakened the one before: what the draft would have ordered, the first code advised and the second
encourages.
"""

import datetime as dt

from registry.rules.legal.shape import Article, Bound, Force, Scope, Seen, Source

DRAFT_2018 = Source(
    code="DRAFT-2018",
    number="",
    title_vi="Dự thảo Bộ Quy tắc ứng xử trên mạng xã hội (hội thảo ngày 11/12/2018)",
    title_en="Draft code of conduct on social networks (workshop of 11 December 2018)",
    issuer_vi="Bộ Thông tin và Truyền thông",
    issuer_en="Ministry of Information and Communications",
    presented_on=dt.date(2018, 12, 11),
    replaced_by="QD-874",
    seen=Seen.PRESS,
    url="https://doankhoi.longan.gov.vn/Default.aspx?tabid=232&ChiTiet=True&CmsId=1646",
    note_vi="Chưa từng được ban hành theo nội dung này; bản ban hành năm 2021 dùng từ “nên”.",
    note_en="Never issued in this form; what was issued in 2021 says “should”.",
)
QD_874 = Source(
    code="QD-874",
    number="874/QĐ-BTTTT",
    title_vi="Quyết định ban hành Bộ Quy tắc ứng xử trên mạng xã hội",
    title_en="Decision issuing the Code of Conduct on Social Networks",
    issuer_vi="Bộ Thông tin và Truyền thông",
    issuer_en="Ministry of Information and Communications",
    signed=dt.date(2021, 6, 17),
    in_force_from=dt.date(2021, 6, 17),
    in_force_until=dt.date(2026, 3, 5),
    replaced_by="QD-423",
    misquoted_as=("847/QĐ-BTTTT",),
    seen=Seen.SUMMARY,
    url="https://cpdanluat.thuvienphapluat.vn/can-bo-cong-chuc-vien-chuc-can-luu-y-10-dieu-sau-khi-su-dung-"
    "mang-xa-hoi-195332.aspx",
    note_vi="Chỉ Điều 3 và Điều 4 được thấy kèm số điều; quy tắc riêng cho cơ quan nhà nước chưa được thấy. "
    "Một số văn bản viết nhầm số là 847/QĐ-BTTTT.",
    note_en="Only articles 3 and 4 were seen with their numbers; the rules for state agencies were not seen. "
    "Some documents misquote it as 847/QĐ-BTTTT.",
)
QD_423 = Source(
    code="QD-423",
    number="423/QĐ-BVHTTDL",
    title_vi="Quyết định ban hành Bộ Quy tắc ứng xử văn hóa trên môi trường số",
    title_en="Decision issuing the Code of Cultural Conduct in the Digital Environment",
    issuer_vi="Bộ Văn hóa, Thể thao và Du lịch",
    issuer_en="Ministry of Culture, Sports and Tourism",
    signed=dt.date(2026, 3, 5),
    in_force_from=dt.date(2026, 3, 5),
    seen=Seen.PRESS,
    url="https://www.doingoailaocai.vn/vi/bai-viet/25782",
    note_vi="Thay thế bộ quy tắc năm 2021; cán bộ, công chức không còn là nhóm riêng. Chưa thấy số điều.",
    note_en="Replaces the code of 2021; officials are no longer a group of their own. No article numbers "
    "seen.",
)

SOURCES = (DRAFT_2018, QD_874, QD_423)


def _draft(code: str, bound: Bound, duty_vi: str, duty_en: str, *, scope: Scope = Scope.IDENTITY) -> Article:
    return Article(
        code=f"DRAFT-2018.{code}",
        source=DRAFT_2018,
        force=Force.DRAFT,
        wording="phải",
        bound=bound,
        scope=scope,
        duty_vi=duty_vi,
        duty_en=duty_en,
    )


ARTICLES = (
    _draft(
        "o1",
        Bound.OFFICIAL,
        "Cán bộ, công chức, viên chức, người lao động dùng mạng xã hội bằng họ và tên thật của mình.",
        "Officials and staff are present on social networks under their real full name.",
    ),
    _draft(
        "o2",
        Bound.OFFICIAL,
        "Dùng hình ảnh thật của cá nhân.",
        "They use a real picture of themselves.",
    ),
    _draft(
        "o3",
        Bound.OFFICIAL,
        "Cho biết cơ quan mình đang công tác.",
        "They show the agency they work for.",
    ),
    _draft(
        "o4",
        Bound.OFFICIAL,
        "Nói rõ rằng việc mình làm trên mạng xã hội là việc cá nhân, không đại diện và không được cơ "
        "quan ủy quyền.",
        "They state clearly that what they do there is personal, neither representing nor authorised by "
        "the agency.",
    ),
    _draft(
        "o5",
        Bound.OFFICIAL,
        "Trao đổi về chính sách trong phạm vi vai trò, quyền hạn của mình.",
        "They speak on policy within their role and powers.",
        scope=Scope.CONTENT,
    ),
    _draft(
        "o6",
        Bound.OFFICIAL,
        "Dùng lời lẽ có văn hóa, không gây thù hận, không phân biệt; chia sẻ khách quan.",
        "They use civil language, without hate or discrimination, and share objectively.",
        scope=Scope.CONTENT,
    ),
    _draft(
        "o7",
        Bound.OFFICIAL,
        "Không lợi dụng chức vụ, không tiếp tay tin xấu, không đưa thông tin nội bộ khi chưa được phép.",
        "They do not abuse their office, support bad information or give out internal information.",
        scope=Scope.CONTENT,
    ),
    _draft(
        "a1",
        Bound.AGENCY,
        "Cơ quan đăng ký với nhà cung cấp để xác thực tên và địa chỉ trang của mình.",
        "An agency registers with the provider to have its page's name and address verified.",
    ),
    _draft(
        "a2",
        Bound.AGENCY,
        "Người đứng đầu, hoặc người được giao phát ngôn, chịu trách nhiệm về trang.",
        "The head of the agency, or whoever the head authorises to speak, answers for the page.",
    ),
    _draft(
        "a3",
        Bound.AGENCY,
        "Công khai danh tính, cách liên hệ của người chịu trách nhiệm và của người trực tiếp quản trị trang.",
        "It publishes who is responsible and who directly administers the page, with their contacts.",
    ),
    _draft(
        "a4",
        Bound.AGENCY,
        "Nội dung trang thống nhất với cổng thông tin điện tử và các kênh chính thức khác.",
        "The page is consistent with the official portal and the agency's other channels.",
    ),
    _draft(
        "a5",
        Bound.AGENCY,
        "Bảo vệ thông tin của người dân khi phục vụ qua trang.",
        "It protects citizens' information when serving them through the page.",
        scope=Scope.CONTENT,
    ),
    _draft(
        "a6",
        Bound.AGENCY,
        "Có cách khuyến khích người dân góp ý, phản biện chính sách.",
        "It has a way to encourage people's input and criticism on policy.",
        scope=Scope.CONTENT,
    ),
    _draft(
        "a7",
        Bound.AGENCY,
        "Trả lời nhanh câu hỏi, thắc mắc về chức năng, nhiệm vụ của mình.",
        "It answers quickly what people ask about its functions.",
        scope=Scope.CONTENT,
    ),
    _draft(
        "x1",
        Bound.ORGANISATION,
        "Tổ chức khác công khai danh tính, cách liên hệ của người phát ngôn và người quản trị trang.",
        "Other organisations publish who speaks for their page and who administers it, with their contacts.",
    ),
    Article(
        code="QD-874.3",
        source=QD_874,
        label="Điều 3",
        force=Force.SHOULD,
        bound=Bound.EVERYONE,
        scope=Scope.CONTENT,
        duty_vi="Tôn trọng pháp luật, ứng xử lành mạnh, giữ an toàn và bí mật thông tin, có trách nhiệm.",
        duty_en="Respect the law, behave soundly, keep information safe and secret, answer for what one "
        "does.",
    ),
    Article(
        code="QD-874.4-2",
        source=QD_874,
        label="Điều 4 khoản 2",
        force=Force.SHOULD,
        wording="nên",
        bound=Bound.EVERYONE,
        duty_vi="Nên dùng họ, tên thật (tổ chức: tên thật của tổ chức) và đăng ký với nhà cung cấp để "
        "xác thực "
        "tên, địa chỉ trang, đầu mối liên hệ.",
        duty_en="Should use the real full name (an organisation: its true name) and register with the "
        "provider "
        "to verify name, page address and contact point.",
    ),
    Article(
        code="QD-874.4-3",
        source=QD_874,
        label="Điều 4 khoản 3",
        force=Force.SHOULD,
        bound=Bound.EVERYONE,
        duty_vi="Bảo vệ tài khoản; mất quyền kiểm soát, bị giả mạo hay bị lợi dụng thì báo ngay cơ quan "
        "chức năng "
        "và nhà cung cấp.",
        duty_en="Protect the account; when it is out of control, impersonated or abused, quickly notify the "
        "authorities and the provider.",
    ),
    Article(
        code="QD-874.officials-report",
        source=QD_874,
        force=Force.SHOULD,
        seen=Seen.PRESS,
        bound=Bound.OFFICIAL,
        scope=Scope.CONTENT,
        duty_vi="Theo quy chế của cơ quan; gặp thông tin trái chiều thì báo cấp trên để xử lý.",
        duty_en="Officials follow their agency's own rules and report conflicting information to superiors.",
    ),
    Article(
        code="QD-423.real-name",
        source=QD_423,
        force=Force.ENCOURAGED,
        wording="khuyến khích",
        bound=Bound.EVERYONE,
        duty_vi="Khuyến khích dùng họ, tên thật hoặc thương hiệu mà mình sở hữu hợp pháp.",
        duty_en="People are encouraged to use their real full name, or a brand they lawfully own.",
    ),
    Article(
        code="QD-423.report",
        source=QD_423,
        force=Force.ENCOURAGED,
        bound=Bound.EVERYONE,
        scope=Scope.CONTENT,
        duty_vi="Khuyến khích chia sẻ tin có nguồn, cân nhắc khi đăng dữ liệu của người khác, báo tin giả.",
        duty_en="People are encouraged to share sourced news, mind others' data and report false news.",
    ),
)
