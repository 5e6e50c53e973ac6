"""Closed lists of words: what offices write for a category of staff and for being in post."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from registry.intake.reading.text import fold

_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "can_bo": ("Cán bộ", "CB", "Cán bộ bầu cử", "Cán bộ chuyên trách", "Cán bộ cấp xã", "Cán bộ xã",
               "Cadre", "can_bo",
               "Cán bộ lãnh đạo", "Cán bộ chủ chốt", "Cán bộ tỉnh"),
    "cong_chuc": ("Công chức", "CC", "Công chức cấp xã", "Công chức xã", "Công chức hành chính",
                  "Civil servant",
                  "Biên chế công chức", "Công chức dự bị", "Công chức tập sự", "cong_chuc",
                  "Công chức lãnh đạo",
                  "Công chức nhà nước", "Công chức không chuyên trách"),
    "vien_chuc": ("Viên chức", "VC", "Viên chức sự nghiệp", "Biên chế viên chức", "Viên chức quản lý",
                  "vien_chuc",
                  "Viên chức tập sự", "Public employee", "Viên chức đơn vị sự nghiệp", "Biên chế sự nghiệp"),
    "nguoi_lao_dong": ("Người lao động", "NLĐ", "Hợp đồng", "HĐ", "HĐLĐ", "Hợp đồng lao động",
                       "Lao động hợp đồng",
                       "LĐHĐ", "HĐ 68", "HĐ68", "HĐ 111", "HĐ111", "HĐLĐ 68", "HĐLĐ 111", "HĐLĐ 111/68",
                       "HĐLĐ 68/111",
                       "Hợp đồng 68", "Hợp đồng 111", "Hợp đồng lao động 68", "Hợp đồng lao động 111",
                       "NLĐ hợp đồng",
                       "Hợp đồng theo NĐ 68", "Hợp đồng theo NĐ 111", "Hợp đồng NĐ 68", "Hợp đồng NĐ 111",
                       "Hợp đồng theo Nghị định 68", "Hợp đồng theo Nghị định 111", "HĐ NĐ 68", "HĐ NĐ 111",
                       "Hợp đồng 111/2022/NĐ-CP", "Hợp đồng 68/2000/NĐ-CP", "HĐ theo NĐ 111", "HĐ theo NĐ 68",
                       "Người lao động hợp đồng", "Lao động", "Nhân viên hợp đồng", "Hợp đồng chuyên môn",
                       "Hợp đồng lao động theo Nghị định 111/2022/NĐ-CP", "Contract worker", "Worker",
                       "Employee",
                       "Người lao động theo Nghị định 111", "nguoi_lao_dong", "Người lao động theo NĐ 111",
                       "Hợp đồng không xác định thời hạn", "Hợp đồng xác định thời hạn", "LĐ hợp đồng"),
    "luc_luong_vu_trang": ("Lực lượng vũ trang", "LLVT", "Sĩ quan", "Quân nhân", "Quân nhân chuyên nghiệp",
                           "QNCN",
                           "Công an", "Sĩ quan quân đội", "Sĩ quan công an", "Hạ sĩ quan", "Bộ đội",
                           "Công nhân công an",
                           "Công chức quốc phòng", "Viên chức quốc phòng", "Armed forces",
                           "luc_luong_vu_trang"),
    "khac": ("Khác", "Đối tượng khác", "Other", "khac"),
}  # fmt: skip
_STATUSES: Mapping[str, tuple[str, ...]] = {
    "in_post": ("Đang công tác", "Đang làm việc", "Đang làm", "Còn công tác", "Hiện đang công tác",
                "Tại chức", "ĐCT",
                "Đương chức", "Bình thường", "Làm việc", "Công tác", "Hoạt động", "Đang hoạt động",
                "Active", "In post",
                "Working", "Employed", "in_post", "Tập sự", "Thử việc", "Chính thức", "Còn làm việc",
                "Biên chế"),
    "on_leave": ("Nghỉ thai sản", "Thai sản", "Đang nghỉ thai sản", "Nghỉ không lương",
                 "Nghỉ không hưởng lương",
                 "Nghỉ phép", "Nghỉ ốm", "Nghỉ dưỡng bệnh", "Nghỉ ốm dài hạn", "Đi học", "Đang đi học",
                 "Tạm nghỉ",
                 "Cử đi học", "Tạm hoãn hợp đồng", "Tạm đình chỉ", "Tạm đình chỉ công tác",
                 "Nghỉ chế độ thai sản",
                 "On leave", "Maternity leave", "on_leave", "Đi học dài hạn", "Nghĩa vụ quân sự",
                 "Nghỉ chữa bệnh",
                 "Biệt phái", "Đang biệt phái", "Tạm hoãn công tác"),
    "moved": ("Chuyển công tác", "Đã chuyển công tác", "Chuyển đi", "Đã chuyển", "Thuyên chuyển",
              "Luân chuyển",
              "Điều động", "Chuyển đơn vị", "Chuyển cơ quan", "Đã điều động", "Đã luân chuyển",
              "Chuyển ngành",
              "Đã chuyển đi", "Đã thuyên chuyển", "Chuyển cơ quan khác", "Chuyển đơn vị khác", "Moved",
              "Transferred"),
    "left": ("Đã nghỉ việc", "Nghỉ việc", "Thôi việc", "Đã thôi việc", "Nghỉ hưu", "Đã nghỉ hưu",
             "Hưu trí", "Hưu",
             "Nghỉ hưu trước tuổi", "Nghỉ hưu sớm", "Buộc thôi việc", "Chấm dứt hợp đồng", "Hết hợp đồng",
             "Từ trần",
             "Đã mất", "Mất", "Nghỉ theo NĐ 178", "Nghỉ theo Nghị định 178", "Nghỉ chế độ 178",
             "Tinh giản biên chế",
             "Nghỉ tinh giản biên chế", "Đã nghỉ", "Nghỉ công tác", "Đã nghỉ công tác", "Xin thôi việc",
             "Miễn nhiệm",
             "Không còn công tác", "Nghỉ hẳn", "Thôi giữ chức vụ", "Left", "Retired", "Resigned",
             "Terminated",
             "Nghỉ hưu theo NĐ 178", "Nghỉ thôi việc", "Chấm dứt HĐLĐ", "Chấm dứt hợp đồng lao động",
             "Inactive"),
}  # fmt: skip
_NEAR = 75


class Vocabulary:
    """A closed list: its words, folded, and the code each stands for."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._codes = {fold(word): code for code, spoken in words.items() for word in spoken}
        self._labels = {code: spoken[0] for code, spoken in words.items()}

    def code(self, text: str) -> str | None:
        """The code a wording stands for, or None when it is not in the list."""
        return self._codes.get(fold(text)) if len(text) <= 100 else None  # noqa: PLR2004 (no word of the list is longer)

    def nearest(self, text: str) -> str:
        """The wording that looks most like the text, as a proposal to the officer; "" when none is near."""
        found = process.extractOne(
            fold(text[:100]), self._codes.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        return self._labels[self._codes[found[0]]] if found else ""

    def labels(self) -> list[str]:
        """The plain wordings, for telling the officer what may stand in the column."""
        return list(self._labels.values())


CATEGORIES = Vocabulary(_CATEGORIES)
STATUSES = Vocabulary(_STATUSES)
