"""The protection of personal data: what the register itself owes the people in it."""

import datetime as dt

from registry.rules.legal.shape import Article, Bound, Force, Scope, Seen, Source

ND_13 = Source(
    code="ND-13",
    number="13/2023/NĐ-CP",
    title_vi="Nghị định về bảo vệ dữ liệu cá nhân",
    title_en="Decree on the protection of personal data",
    issuer_vi="Chính phủ",
    issuer_en="Government",
    signed=dt.date(2023, 4, 17),
    in_force_from=dt.date(2023, 7, 1),
    in_force_until=dt.date(2026, 1, 1),
    replaced_by="ND-356",
    dates_known=False,
    seen=Seen.SUMMARY,
    url="",
    note_vi="Hết hiệu lực; ngày ký và ngày bắt đầu theo hiểu biết chung.",
    note_en="Repealed; days of signing and beginning from general knowledge.",
)
LUAT_91 = Source(
    code="LUAT-91",
    number="91/2025/QH15",
    title_vi="Luật Bảo vệ dữ liệu cá nhân",
    title_en="Law on the Protection of Personal Data",
    issuer_vi="Quốc hội",
    issuer_en="National Assembly",
    signed=dt.date(2025, 6, 26),
    in_force_from=dt.date(2026, 1, 1),
    seen=Seen.SUMMARY,
    url="https://thuviennhadat.vn/vbpl/luat-bao-ve-du-lieu-ca-nhan-2025-so-91-2025-qh15-625628.html",
    note_vi="Đọc qua bản tóm tắt theo điều; cần đối chiếu Công báo.",
    note_en="Read through digests by article; to be checked against the Gazette.",
)
ND_356 = Source(
    code="ND-356",
    number="356/2025/NĐ-CP",
    title_vi="Nghị định hướng dẫn Luật Bảo vệ dữ liệu cá nhân",
    title_en="Decree guiding the Law on the Protection of Personal Data",
    issuer_vi="Chính phủ",
    issuer_en="Government",
    signed=dt.date(2025, 12, 31),
    in_force_from=dt.date(2026, 1, 1),
    seen=Seen.SUMMARY,
    url=""
    "https://wincolaw.com.vn/vi/nghi-dinh-356-2025-nd-cp-ngay-31-12-2025-huong-dan-luat-bao-ve-du-lieu-ca-"
    "nhan.html",
    note_vi="Đọc qua bản tóm tắt theo điều; cần đối chiếu Công báo.",
    note_en="Read through digests by article; to be checked against the Gazette.",
)

SOURCES = (ND_13, LUAT_91, ND_356)


def _owed(source: Source, code: str, label: str, force: Force, duty_vi: str, duty_en: str) -> Article:
    return Article(
        code=f"{source.code}.{code}",
        source=source,
        label=label,
        force=force,
        bound=Bound.REGISTER,
        scope=Scope.REGISTER,
        duty_vi=duty_vi,
        duty_en=duty_en,
    )


ARTICLES = (
    _owed(
        LUAT_91,
        "3-retention",
        "Điều 3 khoản 3",
        Force.MUST,
        "Chỉ lưu dữ liệu trong thời gian phù hợp với mục đích.",
        "Data are kept only as long as the purpose needs.",
    ),
    _owed(
        LUAT_91,
        "4-rights",
        "Điều 4",
        Force.MUST,
        "Người có dữ liệu được biết, xem, sửa, yêu cầu xóa, hạn chế, phản đối, khiếu nại.",
        "People may know, see, correct, have deleted, restrict, object and complain.",
    ),
    _owed(
        LUAT_91,
        "9-consent",
        "Điều 9",
        Force.MUST,
        "Sự đồng ý là tự nguyện, cho từng mục đích; im lặng không phải là đồng ý.",
        "Consent is voluntary and per purpose; silence is not consent.",
    ),
    _owed(
        LUAT_91,
        "14-deletion",
        "Điều 14",
        Force.MUST,
        "Xóa dữ liệu khi hết căn cứ xử lý, trừ trường hợp luật cho giữ.",
        "Data are deleted when the ground is gone, unless the law lets them be kept.",
    ),
    _owed(
        LUAT_91,
        "16-publication",
        "Điều 16",
        Force.MUST,
        "Công khai dữ liệu cá nhân là việc xử lý riêng, cần căn cứ riêng.",
        "Publishing personal data is an act of its own and needs its own ground.",
    ),
    _owed(
        LUAT_91,
        "17-transfer",
        "Điều 17",
        Force.MUST,
        "Chỉ chuyển giao dữ liệu trong các trường hợp luật nêu; sắp xếp lại cơ quan là một trường hợp.",
        "Data are passed on only in the cases listed; the reorganisation of agencies is one of them.",
    ),
    _owed(
        LUAT_91,
        "19-no-consent",
        "Điều 19",
        Force.MUST,
        "Xử lý không cần đồng ý chỉ khi có căn cứ luật định, kèm quy trình, biện pháp bảo vệ, kiểm tra "
        "định kỳ và kênh "
        "khiếu nại.",
        "Processing without consent only on a statutory ground, with procedures, protection, periodic "
        "checks and a "
        "complaint channel.",
    ),
    _owed(
        LUAT_91,
        "21-assessment",
        "Điều 21",
        Force.MUST,
        "Lập hồ sơ đánh giá tác động trong 60 ngày từ khi bắt đầu xử lý; cơ quan nhà nước được miễn "
        "(khoản 6), bên cung cấp dịch vụ cho cơ quan thì không đương nhiên được miễn.",
        "An impact assessment is drawn up within 60 days of the first processing; state agencies are exempt "
        "(clause 6), a supplier working for one is not automatically so.",
    ),
    _owed(
        LUAT_91,
        "23-breach",
        "Điều 23",
        Force.MUST,
        "Lộ, mất dữ liệu gây nguy hại thì báo cơ quan chuyên trách trong 72 giờ từ khi phát hiện và lập "
        "biên bản.",
        "A harmful breach is notified to the authority within 72 hours of detection and put on record.",
    ),
    _owed(
        LUAT_91,
        "25-employment",
        "Điều 25",
        Force.MUST,
        "Chỉ thu thập điều cần cho mục đích; xóa khi người lao động thôi việc, trừ khi có thỏa thuận "
        "hoặc luật định.",
        "Only what the purpose needs is asked of staff; it is deleted when they leave, unless agreed or "
        "ordered.",
    ),
    _owed(
        LUAT_91,
        "31-face",
        "Điều 31 khoản 2",
        Force.MUST,
        "Đặc điểm khuôn mặt dùng để nhận dạng là dữ liệu sinh trắc học, phải bảo vệ ở mức cao.",
        "Facial features used to identify somebody are biometric data and specially protected.",
    ),
    _owed(
        ND_356,
        "3-basic",
        "Điều 3",
        Force.MUST,
        "Họ tên, hình ảnh, số điện thoại, thông tin về tài khoản số là dữ liệu cơ bản và được bảo vệ như "
        "vậy.",
        "Names, images, phone numbers and information on digital accounts are basic data, protected as such.",
    ),
    _owed(
        ND_356,
        "4-sensitive",
        "Điều 4",
        Force.MUST,
        "Dân tộc, quan điểm chính trị, tôn giáo, sinh trắc học, ảnh giấy tờ, mật khẩu, việc theo dõi "
        "hoạt động trên mạng "
        "là dữ liệu nhạy cảm, phải hạn chế truy cập.",
        "Ethnicity, political and religious views, biometrics, images of papers, passwords and tracking "
        "of online "
        "behaviour are sensitive and access to them is restricted.",
    ),
    _owed(
        ND_356,
        "5-deadlines",
        "Điều 5",
        Force.MUST,
        "Phản hồi yêu cầu trong 2 ngày làm việc; xem, sửa, cung cấp trong 10 ngày; rút đồng ý, hạn chế, "
        "phản đối trong 15 "
        "ngày; xóa trong 20 ngày; mỗi thời hạn được gia hạn một lần, thêm đúng bằng thời hạn đó.",
        "Requests are acknowledged in 2 working days; viewing and correcting take 10 days, withdrawing, "
        "restricting "
        "and objecting 15, deleting 20; each can be extended once by as many days again.",
    ),
    _owed(
        ND_356,
        "6-no-default",
        "Điều 6",
        Force.MUST_NOT,
        "Không đặt sẵn sự đồng ý.",
        "Consent is never set by default.",
    ),
    _owed(
        ND_356,
        "7-transfer",
        "Điều 7 khoản 1",
        Force.MUST,
        "Việc chuyển giao dữ liệu phải được thỏa thuận bằng văn bản.",
        "Passing data on is agreed in writing.",
    ),
    _owed(
        ND_356,
        "28-breach",
        "Điều 28",
        Force.MUST,
        "Thông báo sự cố có nội dung và mẫu do nghị định đặt ra.",
        "A breach notice has the content and form the decree sets.",
    ),
    _owed(
        ND_356,
        "39-old-consent",
        "Điều 39",
        Force.MUST,
        "Sự đồng ý đã có theo nghị định 13/2023 vẫn được tôn trọng.",
        "Consents given under decree 13/2023 stay valid.",
    ),
)
