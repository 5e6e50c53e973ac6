"""Regulations of ministries and sectors for their own people.

Some order the opposite of the codes: soldiers, police and prosecutors do not show their unit.
"""

import datetime as dt

from registry.rules.legal.shape import Article, Bound, Force, Scope, Seen, Source

QD_396 = Source(
    code="QD-396",
    number="396/QĐ-BNG",
    title_vi="Quy định về việc sử dụng mạng xã hội của Bộ Ngoại giao và các cơ quan đại diện",
    title_en="Regulation on the use of social networks in the Ministry of Foreign Affairs and its missions",
    issuer_vi="Bộ Ngoại giao",
    issuer_en="Ministry of Foreign Affairs",
    signed=dt.date(2023, 2, 28),
    seen=Seen.PRESS,
    url="",
    note_vi="Chưa thấy văn bản. Biết qua buổi phổ biến ngày 30/03/2023, nơi các yêu cầu được nêu là theo "
    "quy định "
    "của Đảng và pháp luật của Nhà nước.",
    note_en="Text not seen. Known from a briefing of 30 March 2023, which gives the duties as those of "
    "Party rules "
    "and State law.",
)
QD_722 = Source(
    code="QD-722",
    number="722/QĐ-BNG",
    title_vi="Quy tắc ứng xử trên mạng xã hội của Bộ Ngoại giao",
    title_en="Rules of conduct on social networks of the Ministry of Foreign Affairs",
    issuer_vi="Bộ Ngoại giao",
    issuer_en="Ministry of Foreign Affairs",
    signed=dt.date(2019, 3, 26),
    seen=Seen.SUMMARY,
    url="https://mofa.gov.vn/vi/bng_vietnam/nr080212094156/ns210914084019",
    note_vi="Mới thấy phần phạm vi: gồm cả người tập sự, hợp đồng, biệt phái. Chưa rõ đã bị 396/QĐ-BNG "
    "thay chưa.",
    note_en="Only the scope was seen: probationers, contract and seconded staff too. Whether 396/QĐ-BNG "
    "replaced it "
    "is not known.",
)
TT_81 = Source(
    code="TT-81-BQP",
    number="81/2025/TT-BQP",
    title_vi="Thông tư về sử dụng mạng xã hội trong Quân đội",
    title_en="Circular on the use of social networks in the army",
    issuer_vi="Bộ Quốc phòng",
    issuer_en="Ministry of National Defence",
    signed=dt.date(2025, 7, 26),
    in_force_from=dt.date(2025, 9, 15),
    seen=Seen.SUMMARY,
    url="https://th389.vn/quy-dinh-su-dung-mang-xa-hoi-moi-doi-voi-quan-nhan-va-co-quan-don-vi-a198921.html",
    note_vi="Thấy một phần Điều 6; các điều khác chưa thấy.",
    note_en="Part of article 6 was seen; the others were not.",
)
TT_27 = Source(
    code="TT-27-BCA",
    number="27/2017/TT-BCA",
    title_vi="Thông tư quy định Quy tắc ứng xử của Công an nhân dân",
    title_en="Circular on the code of conduct of the People's Police",
    issuer_vi="Bộ Công an",
    issuer_en="Ministry of Public Security",
    in_force_from=dt.date(2017, 10, 6),
    seen=Seen.SUMMARY,
    url="https://thuvienphapluat.vn/van-ban/Bo-may-hanh-chinh/Thong-tu-Quy-tac-ung-xu-Cong-an-nhan-dan-2017-"
    "355562.aspx",
    note_vi="Có dự thảo thay thế năm 2022 (thêm trang phục, phù hiệu, định vị trụ sở) và văn bản sửa đổi; "
    "chưa xác định được quy định hiện hành.",
    note_en="A replacement was drafted in 2022 (adding uniforms, badges and the location of offices) and "
    "there are amendments; what applies today is not established.",
)
QD_457 = Source(
    code="QD-457",
    number="457/QĐ-VKSTC",
    title_vi="Quy tắc ứng xử của cán bộ, công chức, viên chức, người lao động ngành Kiểm sát nhân dân",
    title_en="Rules of conduct of officials and staff of the People's Procuracy",
    issuer_vi="Viện kiểm sát nhân dân tối cao",
    issuer_en="Supreme People's Procuracy",
    signed=dt.date(2023, 12, 26),
    seen=Seen.SUMMARY,
    url="https://lawnet.vn/thong-tin-phap-luat/en/tu-van-luat/regulations-on-conduct-on-social-networks-of-"
    "officials-of-the-people-s-procuracy-in-vietnam-131171.html",
    note_vi="Ngày có hiệu lực chưa thấy; tính từ ngày ký.",
    note_en="The day it came into force was not seen; counted from the day of signing.",
    dates_known=False,
)
TTCP_2022 = Source(
    code="TTCP-2022",
    number="",
    title_vi="Quy chế văn hóa công sở của Thanh tra Chính phủ (12/2022)",
    title_en="Regulation on office culture of the Government Inspectorate (December 2022)",
    issuer_vi="Thanh tra Chính phủ",
    issuer_en="Government Inspectorate",
    in_force_from=dt.date(2023, 1, 1),
    seen=Seen.SUMMARY,
    url="https://thanhtra.com.vn/hoan-thien-the-che-D4AD3DB96/ky-ii-khong-dung-mang-xa-hoi-de-chia-se-tuyen-"
    "truyen-cac-thong-tin-chua-duoc-kiem-chung-BE2E9A3E.html",
    note_vi="Chưa thấy số và ngày; tính từ đầu tháng sau tháng ban hành.",
    note_en="Number and day not seen; counted from the month after it was issued.",
    dates_known=False,
)
CV_3821 = Source(
    code="CV-3821-TCT",
    number="3821/TCT-KTNB",
    title_vi="Công văn nhắc công chức thuế thực hiện bộ quy tắc ứng xử năm 2021",
    title_en="Letter reminding tax officials of the code of conduct of 2021",
    issuer_vi="Tổng cục Thuế",
    issuer_en="General Department of Taxation",
    in_force_from=dt.date(2025, 1, 1),
    in_force_until=dt.date(2026, 3, 5),
    seen=Seen.SUMMARY,
    url="https://lawnet.vn/chinh-sach-thue/en/what-is-the-code-of-conduct-for-tax-officials-on-social-media-in-"
    "vietnam-9432.html",
    note_vi="Ban hành năm 2024, ngày chưa thấy; hết ý nghĩa cùng bộ quy tắc năm 2021. Ghi nhầm số "
    "847/QĐ-BTTTT.",
    note_en="Issued in 2024, day not seen; it ends with the code of 2021, which it misquotes as "
    "847/QĐ-BTTTT.",
    dates_known=False,
)
BCT_CONDUCT = Source(
    code="BCT-CONDUCT",
    number="",
    title_vi="Quy tắc ứng xử ngành Công Thương",
    title_en="Code of conduct of the industry and trade sector",
    issuer_vi="Bộ Công Thương",
    issuer_en="Ministry of Industry and Trade",
    seen=Seen.PRESS,
    url="https://baobaclieu.vn/phap-luat/can-bo-cong-chuc-khong-su-dung-mang-xa-hoi-tuyen-truyen-thong-tin-chua-"
    "kiem-chung-85871.html",
    note_vi="Chưa thấy số và ngày nên không tính là đang có hiệu lực; chỉ có quy tắc về nội dung.",
    note_en="Number and date not seen, so never counted as in force; rules on content only.",
    dates_known=False,
)

SOURCES = (QD_396, QD_722, TT_81, TT_27, QD_457, TTCP_2022, CV_3821, BCT_CONDUCT)

ARTICLES = (
    Article(
        code="QD-396.true-information",
        source=QD_396,
        force=Force.SHOULD,
        bound=Bound.OFFICIAL,
        duty_vi="Khai báo thông tin chính danh khi lập và dùng trang cá nhân.",
        duty_en="Give true information about oneself when setting up and using a personal page.",
    ),
    Article(
        code="QD-396.answer",
        source=QD_396,
        force=Force.SHOULD,
        bound=Bound.OFFICIAL,
        duty_vi="Nhận trách nhiệm về nội dung trang của mình.",
        duty_en="Answer for the content of one's page.",
    ),
    Article(
        code="QD-396.no-lending",
        source=QD_396,
        force=Force.SHOULD,
        bound=Bound.OFFICIAL,
        duty_vi="Không cho mượn, cho thuê, bán, cầm cố trang của mình; không nhận trang của người khác "
        "như vậy.",
        duty_en="Not lend, rent out, sell or pledge one's page, nor take another's that way.",
    ),
    Article(
        code="TT-81-BQP.6-unit",
        source=TT_81,
        label="Điều 6",
        force=Force.MUST_NOT,
        bound=Bound.OFFICIAL,
        duty_vi="Không dùng thông tin về đơn vị khi đăng ký tài khoản cá nhân.",
        duty_en="Not use information about the unit when registering a personal account.",
    ),
    Article(
        code="TT-81-BQP.6-name",
        source=TT_81,
        label="Điều 6",
        force=Force.MUST_NOT,
        bound=Bound.OFFICIAL,
        duty_vi="Không đặt tên tài khoản giống hoặc dễ nhầm với cơ quan báo chí, cơ quan nhà nước, quân đội.",
        duty_en="Not name an account like, or confusingly near, a press, state or defence body.",
    ),
    Article(
        code="TT-81-BQP.6-loss",
        source=TT_81,
        label="Điều 6",
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Mất hoặc bị chiếm tài khoản thì báo lực lượng công nghệ thông tin hoặc bảo vệ an ninh "
        "quân đội.",
        duty_en="Report a lost or hijacked account to the IT or military security force.",
    ),
    Article(
        code="TT-81-BQP.unit-page",
        source=TT_81,
        force=Force.MUST,
        bound=Bound.AGENCY,
        duty_vi="Tài khoản của đơn vị phải được cấp phép như trang thông tin điện tử; chỉ huy chịu trách "
        "nhiệm.",
        duty_en="A unit's account is licensed as a website is; its commander answers for it.",
    ),
    Article(
        code="TT-81-BQP.take-down",
        source=TT_81,
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        scope=Scope.CONTENT,
        duty_vi="Gỡ nội dung vi phạm trong 1 giờ khi được yêu cầu.",
        duty_en="Take violating content down within one hour of being told.",
    ),
    Article(
        code="TT-27-BCA.unit",
        source=TT_27,
        force=Force.MUST_NOT,
        bound=Bound.OFFICIAL,
        duty_vi="Không giới thiệu, sử dụng tên, hình ảnh, phiên hiệu của đơn vị công an trên mạng.",
        duty_en="Not present or use the name, image or number of a police unit on networks.",
    ),
    Article(
        code="QD-457.16-1-unit",
        source=QD_457,
        label="Điều 16 khoản 1",
        force=Force.MUST_NOT,
        bound=Bound.OFFICIAL,
        duty_vi="Không dùng tên, hình ảnh, phù hiệu của ngành, đơn vị làm ảnh đại diện, tên tài khoản, "
        "tên đăng "
        "nhập; không khai thông tin gắn với đơn vị khi đăng ký.",
        duty_en="Not use the name, image or insignia of the sector or unit as avatar, account or login "
        "name, nor "
        "give unit-related information when registering.",
    ),
    Article(
        code="QD-457.16-1-impersonation",
        source=QD_457,
        label="Điều 16 khoản 1",
        force=Force.MUST_NOT,
        bound=Bound.OFFICIAL,
        duty_vi="Không mạo danh cơ quan, người khác.",
        duty_en="Not impersonate a body or a person.",
    ),
    Article(
        code="QD-457.16-1-loss",
        source=QD_457,
        label="Điều 16 khoản 1",
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Mất quyền kiểm soát hoặc bị giả mạo thì báo nhà cung cấp, thủ trưởng đơn vị và cơ quan "
        "chức năng.",
        duty_en="On loss of control or impersonation, tell the provider, the head of unit and the "
        "authorities.",
    ),
    Article(
        code="QD-457.16-1-no-lending",
        source=QD_457,
        label="Điều 16 khoản 1",
        force=Force.MUST_NOT,
        bound=Bound.OFFICIAL,
        duty_vi="Không cho mượn, cho thuê, bán, cầm cố tài khoản.",
        duty_en="Not lend, rent out, sell or pledge an account.",
    ),
    Article(
        code="TTCP-2022.8",
        source=TTCP_2022,
        label="Điều 8",
        force=Force.SHOULD,
        wording="nên",
        bound=Bound.OFFICIAL,
        duty_vi="Nên dùng họ, tên thật; tự quản lý, bảo mật tài khoản; báo ngay khi mất hoặc bị giả mạo.",
        duty_en="Should use the real full name, keep the account secure, and give notice at once when it "
        "is lost "
        "or impersonated.",
    ),
)
