"""Laws and decrees that reach everybody, and the rules on agencies' channels."""

import datetime as dt

from registry.rules.legal.shape import Article, Bound, Force, Scope, Seen, Source

ND_147 = Source(
    code="ND-147",
    number="147/2024/NĐ-CP",
    title_vi="Nghị định về quản lý, cung cấp, sử dụng dịch vụ Internet và thông tin trên mạng",
    title_en="Decree on Internet services and online information",
    issuer_vi="Chính phủ",
    issuer_en="Government",
    signed=dt.date(2024, 11, 9),
    in_force_from=dt.date(2024, 12, 25),
    seen=Seen.SUMMARY,
    url=""
    "https://thitruongtaichinh.kinhtedothi.vn/kien-thuc/chinh-thuc-tu-ngay-2512-nguoi-dung-mang-xa-hoi-khong-"
    "duoc-dat-ten-tai-khoan-gay-hieu-lam-hoac-trung-lap-voi-co-quan-bao-chi-130964.html",
    note_vi="Thay nghị định 72/2013 và 27/2018. Chưa rõ có được sửa đổi năm 2026 không.",
    note_en="Replaces decrees 72/2013 and 27/2018. Whether it was amended in 2026 is not known.",
)
LUAT_ANM_2018 = Source(
    code="LUAT-ANM-2018",
    number="24/2018/QH14",
    title_vi="Luật An ninh mạng 2018",
    title_en="Law on Cybersecurity 2018",
    issuer_vi="Quốc hội",
    issuer_en="National Assembly",
    signed=dt.date(2018, 6, 12),
    in_force_from=dt.date(2019, 1, 1),
    in_force_until=dt.date(2026, 7, 1),
    replaced_by="LUAT-116",
    dates_known=False,
    seen=Seen.PRESS,
    url="",
    note_vi="Số hiệu và ngày theo hiểu biết chung.",
    note_en="Number and dates from general knowledge.",
)
LUAT_116 = Source(
    code="LUAT-116",
    number="116/2025/QH15",
    title_vi="Luật An ninh mạng 2025",
    title_en="Law on Cybersecurity 2025",
    issuer_vi="Quốc hội",
    issuer_en="National Assembly",
    signed=dt.date(2025, 12, 10),
    in_force_from=dt.date(2026, 7, 1),
    seen=Seen.SUMMARY,
    url=""
    "https://thuviennhadat.vn/van-ban-phap-luat-viet-nam/luat-an-ninh-mang-2025-so-116-2025-qh15-666020.html",
    note_vi="Điều khoản về xác thực tài khoản số chưa thấy.",
    note_en="The article on verifying digital accounts was not seen.",
)
QD_85 = Source(
    code="QD-85-TW",
    number="85-QĐ/TW",
    title_vi="Quy định về việc cán bộ, đảng viên thiết lập và sử dụng trang thông tin điện tử cá nhân",
    title_en="Regulation on personal pages of cadres and Party members",
    issuer_vi="Ban Bí thư Trung ương Đảng",
    issuer_en="Secretariat of the Party Central Committee",
    signed=dt.date(2022, 10, 7),
    seen=Seen.PRESS,
    url=""
    "https://huyenuygocongtay.vn/news/xay-dung-dang/dang-bo-huyen-go-cong-tay-guong-mau-thuc-hien-trong-viec-"
    "thiet-lap-va-su-dung-cac-trang-thong-tin-dien-tu-ca-nhan-tren-moi-truong-mang-1959.html",
    note_vi="Áp dụng cho đảng viên; hệ thống không lưu ai là đảng viên nên không kiểm tra theo văn bản này.",
    note_en="Applies to Party members; the register does not know who is one and checks nothing by it.",
)
LUAT_80 = Source(
    code="LUAT-80",
    number="80/2025/QH15",
    title_vi="Luật Cán bộ, công chức 2025",
    title_en="Law on Cadres and Civil Servants 2025",
    issuer_vi="Quốc hội",
    issuer_en="National Assembly",
    signed=dt.date(2025, 6, 24),
    in_force_from=dt.date(2025, 7, 1),
    seen=Seen.SUMMARY,
    url="",
    note_vi="Cho biết ai là cán bộ, công chức; lời văn định nghĩa chưa thấy.",
    note_en="Says who is a cadre or civil servant; the wording of the definition was not seen.",
)
LUAT_129 = Source(
    code="LUAT-129",
    number="129/2025/QH15",
    title_vi="Luật Viên chức 2025",
    title_en="Law on Public Employees 2025",
    issuer_vi="Quốc hội",
    issuer_en="National Assembly",
    in_force_from=dt.date(2026, 7, 1),
    seen=Seen.SUMMARY,
    url="",
    note_vi="Cho biết ai là viên chức; ngày ký chưa thấy.",
    note_en="Says who is a public employee; day of signing not seen.",
)
ND_42 = Source(
    code="ND-42",
    number="42/2022/NĐ-CP",
    title_vi="Nghị định về cung cấp thông tin và dịch vụ công trực tuyến của cơ quan nhà nước",
    title_en="Decree on information and online services of state agencies",
    issuer_vi="Chính phủ",
    issuer_en="Government",
    signed=dt.date(2022, 6, 24),
    in_force_from=dt.date(2022, 8, 15),
    dates_known=False,
    seen=Seen.SUMMARY,
    url=""
    "https://luatvietnam.vn/legal-updates/6-information-channels-of-state-agencies-information-provision-892-"
    "90417-article.html",
    note_vi="Ngày theo hiểu biết chung.",
    note_en="Dates from general knowledge.",
)
ND_09 = Source(
    code="ND-09",
    number="09/2017/NĐ-CP",
    title_vi="Nghị định về phát ngôn và cung cấp thông tin cho báo chí",
    title_en="Decree on spokespersons and information for the press",
    issuer_vi="Chính phủ",
    issuer_en="Government",
    in_force_from=dt.date(2017, 3, 30),
    seen=Seen.SUMMARY,
    url=""
    "https://vietjack.me/phap-luat/nghi-dinh-09-2017-nd-cp-quy-dinh-ve-nguoi-phat-ngon-che-do-phat-ngon-va-"
    "cung-cap-thong-tin-cho-bao-c/chuong-i-5219.html",
    note_vi="Năm 2026 có dự thảo buộc công khai điện thoại, thư điện tử người phát ngôn; bản ban hành "
    "chưa thấy.",
    note_en="A draft of 2026 would publish spokespersons' phone and e-mail; no final decree was seen.",
)
BLDS = Source(
    code="BLDS-2015",
    number="91/2015/QH13",
    title_vi="Bộ luật Dân sự 2015",
    title_en="Civil Code 2015",
    issuer_vi="Quốc hội",
    issuer_en="National Assembly",
    signed=dt.date(2015, 11, 24),
    in_force_from=dt.date(2017, 1, 1),
    dates_known=False,
    seen=Seen.SUMMARY,
    url=""
    "https://www.antlawyers.com/dang-ki-khai-sinh-co-yeu-to-nuoc-ngoai/dat-ten-tren-giay-khai-sinnh-cho-tre-"
    "em-theo-quy-dinh-phap-luat-viet-nam/",
    note_vi="Số hiệu và ngày theo hiểu biết chung.",
    note_en="Number and dates from general knowledge.",
)
OWN_REGULATION = Source(
    code="OWN",
    number="",
    title_vi="Quy chế của chính cơ quan",
    title_en="The agency's own regulation",
    issuer_vi="Cơ quan quản lý người khai",
    issuer_en="The employing agency",
    own_regulation=True,
    seen=Seen.FULL,
    url="",
    note_vi="Số, ngày và thời hạn do cơ quan ghi trong hệ thống, kèm văn bản.",
    note_en="Its number, dates and deadlines are recorded in the register by the agency, with the document.",
)

SOURCES = (
    *(ND_147, LUAT_ANM_2018, LUAT_116, QD_85, LUAT_80, LUAT_129, ND_42, ND_09, BLDS),
    OWN_REGULATION,
)

ARTICLES = (
    Article(
        code="ND-147.36-press-name",
        source=ND_147,
        label="Điều 36",
        force=Force.MUST_NOT,
        bound=Bound.EVERYONE,
        duty_vi="Không đặt tên tài khoản, trang, kênh, nhóm trùng cơ quan báo chí hay có từ dễ nhầm là "
        "báo chí (báo, "
        "đài, tạp chí, tin tức, truyền hình, thông tấn…).",
        duty_en="No account, page, channel or group bears the name of a press body or words that suggest "
        "one.",
    ),
    Article(
        code="ND-147.36-answer",
        source=ND_147,
        label="Điều 36",
        force=Force.MUST,
        bound=Bound.EVERYONE,
        scope=Scope.CONTENT,
        duty_vi="Theo điều khoản của nhà cung cấp và chịu trách nhiệm về điều mình đăng.",
        duty_en="Follow the provider's terms and answer for what one posts.",
    ),
    Article(
        code="ND-147.36-take-down",
        source=ND_147,
        label="Điều 36",
        force=Force.MUST,
        bound=Bound.EVERYONE,
        scope=Scope.CONTENT,
        duty_vi="Gỡ nội dung trong 24 giờ khi cơ quan có thẩm quyền yêu cầu, 48 giờ khi khiếu nại có căn cứ.",
        duty_en="Take content down within 24 hours of an authority's request, 48 of a grounded complaint.",
    ),
    Article(
        code="ND-147.23-verified",
        source=ND_147,
        label="Điều 23 khoản 3 điểm e",
        force=Force.MUST,
        bound=Bound.PROVIDER,
        duty_vi="Nhà cung cấp xác thực tài khoản bằng số điện thoại Việt Nam, hoặc số định danh khi "
        "không có; chỉ tài "
        "khoản đã xác thực được đăng, bình luận, chia sẻ.",
        duty_en="Providers verify accounts by a Vietnamese phone number, or the ID number without one; only "
        "verified accounts may post, comment and share.",
    ),
    Article(
        code="LUAT-116.7-impersonation",
        source=LUAT_116,
        label="Điều 7 khoản 2 điểm g",
        force=Force.MUST_NOT,
        bound=Bound.EVERYONE,
        duty_vi="Không dùng công nghệ giả mạo hình ảnh, giọng nói để mạo danh.",
        duty_en="No impersonation by faked images or voices.",
    ),
    Article(
        code="ND-42.5",
        source=ND_42,
        label="Điều 5",
        force=Force.MUST,
        bound=Bound.AGENCY,
        duty_vi="Cổng thông tin điện tử là kênh thống nhất, tập trung; trang mạng xã hội là kênh khác do "
        "cơ quan cho "
        "phép.",
        duty_en="The portal is the unified, central channel; social network pages are further channels "
        "the agency "
        "permits.",
    ),
    Article(
        code="ND-09.spokesperson",
        source=ND_09,
        force=Force.MUST,
        bound=Bound.AGENCY,
        duty_vi="Người đứng đầu, người phát ngôn được giao hoặc người được ủy quyền từng việc phát ngôn "
        "cho cơ quan.",
        duty_en="The head, the appointed spokesperson or a person authorised case by case speaks for the "
        "agency.",
    ),
    Article(
        code="BLDS-2015.26",
        source=BLDS,
        label="Điều 26",
        force=Force.MUST,
        bound=Bound.EVERYONE,
        duty_vi="Họ, tên của một người là họ, tên trong giấy khai sinh, bằng tiếng Việt hoặc tiếng dân "
        "tộc khác của "
        "Việt Nam, không có chữ số hay ký hiệu.",
        duty_en="A person's name is that of the birth record, in Vietnamese or another language of Viet "
        "Nam's "
        "peoples, without digits or signs.",
    ),
    Article(
        code="OWN.declare",
        source=OWN_REGULATION,
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Khai với cơ quan các tài khoản mạng xã hội của mình, hoặc khai là không có, trong thời "
        "hạn quy chế "
        "đặt ra.",
        duty_en="Declare to the agency one's social accounts, or that one has none, within the time the "
        "regulation "
        "sets.",
    ),
    Article(
        code="OWN.own-name",
        source=OWN_REGULATION,
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Dùng tên chính danh theo quy chế của cơ quan.",
        duty_en="Use one's true name, as the agency's regulation orders.",
    ),
    Article(
        code="OWN.confirm",
        source=OWN_REGULATION,
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Định kỳ xác nhận lại tài khoản đã khai theo quy chế của cơ quan.",
        duty_en="Confirm the declared accounts again, as often as the agency's regulation says.",
    ),
    Article(
        code="OWN.photo-age",
        source=OWN_REGULATION,
        force=Force.MUST,
        bound=Bound.OFFICIAL,
        duty_vi="Thay ảnh đại diện đã khai khi ảnh cũ hơn thời hạn quy chế của cơ quan đặt ra.",
        duty_en="Renew the photo declared when it is older than the agency's regulation allows.",
    ),
)
