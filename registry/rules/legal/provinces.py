"""What provinces and cities, their Party committees included, told their own people.

Only one orders officials to tell their employer the account name, and one that demanded lists without a
basis was told to correct it: so the duty to declare is a setting of the agency, with the document that
creates it.
"""

import datetime as dt

from registry.rules.legal.shape import Article, Bound, Force, Scope, Seen, Source

CT_17_BINH_PHUOC = Source(
    code="CT-17-BP",
    number="17-CT/TU",
    title_vi="Chỉ thị của Tỉnh ủy Bình Phước về sử dụng mạng xã hội (giai đoạn 2022-2025)",
    title_en="Directive of the Bình Phước Party committee on the use of social networks (2022-2025)",
    issuer_vi="Tỉnh ủy Bình Phước",
    issuer_en="Party Committee of Bình Phước Province",
    signed=dt.date(2022, 7, 14),
    in_force_from=dt.date(2022, 7, 14),
    in_force_until=dt.date(2026, 1, 1),
    dates_known=False,
    seen=Seen.SUMMARY,
    url="https://luatsubinhphuoc.vn/chi-thi-so-17-ct-tu-cua-tinh-uy-tinh-binh-phuoc-ngay-14-07-2022/",
    note_vi="Tính đến hết giai đoạn nêu trong văn bản. Bình Phước nhập vào Đồng Nai ngày 01/07/2025; chưa "
    "rõ văn bản "
    "còn được áp dụng sau đó không.",
    note_en="Counted to the end of the period it names. Bình Phước merged into Đồng Nai on 1 July 2025; "
    "whether it "
    "was applied after that is not known.",
)
CV_4617 = Source(
    code="CV-4617-BRVT",
    number="4617-CV/TU",
    title_vi="Công văn triển khai Quy định 85-QĐ/TW tại Bà Rịa - Vũng Tàu",
    title_en="Letter spreading Regulation 85-QĐ/TW in Bà Rịa - Vũng Tàu",
    issuer_vi="Tỉnh ủy Bà Rịa - Vũng Tàu",
    issuer_en="Party Committee of Bà Rịa - Vũng Tàu Province",
    signed=dt.date(2022, 12, 14),
    seen=Seen.SUMMARY,
    url="https://ketnoinonglamthuysan-sonnptnt.baria-vungtau.gov.vn/tin-tuc/trien-khai-thuc-hien-quy-dinh-ve-"
    "trach-nhiem-cua-can-bo-dang-vien-trong-viec-thiet-lap-va-su-dung-trang-thong-tin-dien-tu-ca-nhan-tren-"
    "internet-mang-xa-hoi",
    note_vi="Giao người đứng đầu phổ biến, kiểm tra; không đặt nghĩa vụ riêng về danh tính.",
    note_en="Heads are to spread and check; no identity duty of its own.",
)
CV_729 = Source(
    code="CV-729-KG",
    number="729-CV/TU",
    title_vi="Công văn triển khai Quy định 85-QĐ/TW tại Kiên Giang",
    title_en="Letter spreading Regulation 85-QĐ/TW in Kiên Giang",
    issuer_vi="Tỉnh ủy Kiên Giang",
    issuer_en="Party Committee of Kiên Giang Province",
    signed=dt.date(2023, 3, 28),
    seen=Seen.SUMMARY,
    url="https://noibo.kiengiang.dcs.vn/huong-dan-trao-doi/tang-cuong-vai-tro-tich-cuc-cua-can-bo-dang-vien-trong-"
    "su-dung-internet-va-mang-xa-hoi-247.html",
    note_vi="Không đặt nghĩa vụ riêng về danh tính.",
    note_en="No identity duty of its own.",
)
HD_55 = Source(
    code="HD-55-TG",
    number="55-HD/BTGTU",
    title_vi="Hướng dẫn thực hiện Quy định 85-QĐ/TW tại Tiền Giang",
    title_en="Guidance on Regulation 85-QĐ/TW in Tiền Giang",
    issuer_vi="Ban Tuyên giáo Tỉnh ủy Tiền Giang",
    issuer_en="Propaganda Board of the Tiền Giang Party Committee",
    signed=dt.date(2023, 4, 11),
    seen=Seen.SUMMARY,
    url="https://huyenuygocongtay.vn/news/xay-dung-dang/dang-bo-huyen-go-cong-tay-guong-mau-thuc-hien-trong-viec-"
    "thiet-lap-va-su-dung-cac-trang-thong-tin-dien-tu-ca-nhan-tren-moi-truong-mang-1959.html",
    note_vi="Nêu 7 trách nhiệm, 3 nhóm vi phạm, “5 không”; danh sách đầy đủ chưa thấy.",
    note_en="Names seven duties, three breaches and “five don'ts”; the full list was not seen.",
)
CAI_RANG = Source(
    code="CAI-RANG-2018",
    number="",
    title_vi="Công văn của Quận ủy Cái Răng yêu cầu lập danh sách tài khoản (7/2018)",
    title_en="Letter of the Cái Răng district committee demanding lists of accounts (July 2018)",
    issuer_vi="Quận ủy Cái Răng, Cần Thơ",
    issuer_en="Party Committee of Cái Răng District, Cần Thơ",
    dates_known=False,
    seen=Seen.PRESS,
    url="http://vn.sputniknews.com/vietnam/20180715/5822538.html",
    note_vi="Bị thành phố yêu cầu sửa lại: bài học về việc đòi danh sách khi chưa có căn cứ. Không dùng "
    "làm căn cứ.",
    note_en="The city told the district to correct it: a warning about demanding lists without a basis. "
    "Never cited "
    "as one.",
)
HA_NOI_2018 = Source(
    code="HA-NOI-2018",
    number="",
    title_vi="Hướng dẫn kỹ năng khai thác thông tin và ứng xử khi tham gia môi trường mạng (2018-2020)",
    title_en="Guide to using information and behaving on networks (2018-2020)",
    issuer_vi="Sở Thông tin và Truyền thông Hà Nội",
    issuer_en="Department of Information and Communications of Hà Nội",
    in_force_from=dt.date(2018, 11, 8),
    in_force_until=dt.date(2021, 1, 1),
    dates_known=False,
    seen=Seen.PRESS,
    url="",
    note_vi="Biết qua báo ngày 08/11/2018; tính đến hết giai đoạn nêu trong tài liệu.",
    note_en="Known from the press of 8 November 2018; counted to the end of the period it names.",
)
CV_2575 = Source(
    code="CV-2575-BK",
    number="2575-CV/TU",
    title_vi="Văn bản chấn chỉnh việc đăng, chia sẻ thông tin trái quy định trên mạng xã hội",
    title_en="Letter correcting improper posting and sharing on social networks",
    issuer_vi="Tỉnh ủy Bắc Kạn",
    issuer_en="Party Committee of Bắc Kạn Province",
    signed=dt.date(2019, 3, 14),
    seen=Seen.SUMMARY,
    url="",
    note_vi="Bắc Kạn nhập vào Thái Nguyên ngày 01/07/2025.",
    note_en="Bắc Kạn merged into Thái Nguyên on 1 July 2025.",
)
HA_TINH_2023 = Source(
    code="HA-TINH-2023",
    number="",
    title_vi="Công văn về nâng cao trách nhiệm khi sử dụng mạng xã hội (2023)",
    title_en="Letter on more responsibility when using social networks (2023)",
    issuer_vi="Sở Thông tin và Truyền thông tỉnh Hà Tĩnh",
    issuer_en="Department of Information and Communications of Hà Tĩnh",
    in_force_from=dt.date(2024, 1, 1),
    in_force_until=dt.date(2026, 3, 5),
    dates_known=False,
    seen=Seen.FULL,
    url="",
    note_vi="Bản thấy được để trống số và ngày; tính từ năm sau, và đến khi bộ quy tắc năm 2021 bị thay.",
    note_en="The copy seen leaves number and day blank; counted from the year after, until the code of "
    "2021 was "
    "replaced.",
)
QD_607 = Source(
    code="QD-607-LC",
    number="607/QĐ-UBND",
    title_vi="Quy chế quản lý, vận hành trang Facebook “UBND tỉnh Lai Châu”",
    title_en="Regulation on running the Facebook page “UBND tỉnh Lai Châu”",
    issuer_vi="Ủy ban nhân dân tỉnh Lai Châu",
    issuer_en="People's Committee of Lai Châu Province",
    signed=dt.date(2021, 5, 27),
    seen=Seen.SUMMARY,
    url="https://modem.vn/thu-vien-ngon-tinh-facebook/",
    note_vi="Chỉ thấy một bản sao lỗi chữ.",
    note_en="Only a garbled copy was seen.",
)
QD_2547 = Source(
    code="QD-2547-DL",
    number="2547/QĐ-UBND",
    title_vi="Nội quy quản lý và sử dụng các nhóm Zalo trong điều hành, trao đổi công việc",
    title_en="Rules for Zalo groups used in running and discussing work",
    issuer_vi="Ủy ban nhân dân tỉnh Đắk Lắk",
    issuer_en="People's Committee of Đắk Lắk Province",
    in_force_from=dt.date(2022, 1, 1),
    in_force_until=dt.date(2025, 7, 1),
    dates_known=False,
    seen=Seen.SUMMARY,
    url="https://daklak.gov.vn/-/ubnd-tinh-ban-hanh-noi-quy-quan-ly-va-su-dung-cac-nhom-zalo-trong-ieu-hanh-trao-"
    "oi-cong-viec",
    note_vi="Ban hành năm 2021, ngày chưa thấy; tính từ năm sau, đến khi tỉnh được sắp xếp lại.",
    note_en="Issued in 2021, day not seen; counted from the year after, until the province was reorganised.",
)
QD_893 = Source(
    code="QD-893-LC",
    number="893/QĐ-UBND",
    title_vi="Quy chế sử dụng nhóm Zalo trong điều hành tại Lai Châu",
    title_en="Regulation on Zalo groups for running work in Lai Châu",
    issuer_vi="Ủy ban nhân dân tỉnh Lai Châu",
    issuer_en="People's Committee of Lai Châu Province",
    signed=dt.date(2019, 8, 9),
    seen=Seen.SUMMARY,
    url="https://thuvienphapluat.vn/van-ban/Cong-nghe-thong-tin/Quyet-dinh-893-QD-UBND-2019-su-dung-nhom-zalo-"
    "trong-dieu-hanh-Lai-Chau-423294.aspx",
    note_vi="Chưa thấy điều khoản về danh tính.",
    note_en="No identity article seen.",
)
CV_5711 = Source(
    code="CV-5711-MC",
    number="5711/UBND-VHTT",
    title_vi="Công văn tăng cường quản lý phát ngôn và sử dụng mạng xã hội tại Móng Cái (11/2021)",
    title_en="Letter on speech and use of social networks in Móng Cái (November 2021)",
    issuer_vi="Ủy ban nhân dân thành phố Móng Cái",
    issuer_en="People's Committee of Móng Cái City",
    in_force_from=dt.date(2021, 12, 1),
    in_force_until=dt.date(2025, 7, 1),
    dates_known=False,
    seen=Seen.SUMMARY,
    url="https://mongcai.gov.vn/vi-vn/tin/tang-cuong-quan-ly-thuc-hien-cac-quy-dinh-ve-phat-ngon-va-su-dung-mang-"
    "xa-hoi-p0-c294324-n882985",
    note_vi="Ngày chưa thấy; tính từ tháng sau, đến khi cấp huyện kết thúc hoạt động.",
    note_en="Day not seen; counted from the month after, until the district level ended.",
)

SOURCES = (
    *(CT_17_BINH_PHUOC, CV_4617, CV_729, HD_55, CAI_RANG, HA_NOI_2018),
    *(CV_2575, HA_TINH_2023, QD_607, QD_2547, QD_893, CV_5711),
)

ARTICLES = (
    Article(
        code="CT-17-BP.own-name",
        source=CT_17_BINH_PHUOC,
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Dùng tên chính danh của mình trên mạng xã hội.",
        duty_en="Use one's own true name on social networks.",
    ),
    Article(
        code="CT-17-BP.declare",
        source=CT_17_BINH_PHUOC,
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Thông báo, công khai tên tài khoản với người đứng đầu cơ quan để cùng quản lý thông tin "
        "và được hỗ "
        "trợ khi bị lợi dụng.",
        duty_en="Tell and make known the account name to the head of the agency, to manage information "
        "together "
        "and be helped when it is abused.",
    ),
    Article(
        code="HA-NOI-2018.conduct",
        source=HA_NOI_2018,
        force=Force.SHOULD,
        bound=Bound.OFFICIAL,
        scope=Scope.CONTENT,
        duty_vi="Gương mẫu, không phát ngôn tùy tiện, không đăng điều trái quan điểm cơ quan hay bí mật "
        "nhà nước.",
        duty_en="Be exemplary; no rash speech, nothing against the agency's view, no state secrets.",
    ),
    Article(
        code="CV-2575-BK.own-regulation",
        source=CV_2575,
        force=Force.SHOULD,
        bound=Bound.AGENCY,
        scope=Scope.CONTENT,
        duty_vi="Đưa việc đăng, chia sẻ thông tin trên mạng xã hội vào quy định của từng cơ quan.",
        duty_en="Put posting and sharing on social networks into each agency's own regulation.",
    ),
    Article(
        code="HA-TINH-2023.report",
        source=HA_TINH_2023,
        force=Force.SHOULD,
        bound=Bound.OFFICIAL,
        scope=Scope.CONTENT,
        duty_vi="Phổ biến bộ quy tắc năm 2021; báo vi phạm qua đường dây nóng hoặc công an địa phương.",
        duty_en="Spread the code of 2021; report breaches to the hotline or the local police.",
    ),
    Article(
        code="QD-607-LC.page",
        source=QD_607,
        force=Force.SHOULD,
        bound=Bound.AGENCY,
        duty_vi="Trang chính thức có quy chế riêng: ai quản lý, vận hành, biên tập, trả lời người dân.",
        duty_en="The official page has its own regulation: who manages, runs, edits it and answers citizens.",
    ),
    Article(
        code="QD-2547-DL.account-changed",
        source=QD_2547,
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Thành viên đổi tài khoản Zalo thì báo lại qua quản trị viên của nhóm.",
        duty_en="A member who changes the Zalo account reports it through the group's administrator.",
    ),
    Article(
        code="QD-2547-DL.administrator",
        source=QD_2547,
        force=Force.MUST,
        bound=Bound.AGENCY,
        duty_vi="Mỗi nhóm có quản trị viên được chỉ định.",
        duty_en="Each group has a named administrator.",
    ),
)
