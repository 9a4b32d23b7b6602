"""The secrecy gate stops every mark and nothing else; of what may be one it says so ("Chưa rõ")."""

import unicodedata
from time import process_time

import pytest

from bot.rules.secrecy import MAT, TOI_MAT, TUYET_MAT, UNSURE, lookalikes, secret_mark

MARKED = """
Mật|Giao đồng chí Khiêm xử lý công văn mật số 12-CV/TU
Mật|Soạn báo cáo (Mật) gửi Thường trực
Mật|MẬT - Báo cáo tình hình an ninh
Mật|Mật: danh sách nhân sự
Mật|Độ mật: Mật. Kế hoạch bảo vệ
Mật|chuyển hồ sơ mật cho chị Thảo trước thứ Sáu
Mật|sao chụp tài liệu Mật của Ban Nội chính
Mật|In 02 bản kế hoạch [MẬT]
Mật|Công văn số 15-CV/TU, dấu MẬT, ngày 03/4/2026
Mật|tài liệu này đóng dấu mật nhé em
Mật|gửi văn bản mật qua bưu điện
Mật|Báo cáo mật của Công an
Mật|thông báo mật số 5
Mật|điện mật đến lúc 14h
Mật|lập danh mục mật
Mật|xếp loại mật
Mật|Nhờ chị Vy nhận công điện mật
Mật|phụ lục mật kèm theo
Mật|đề án Mật về nhân sự
Mật|biên bản mật cuộc họp
Mật|M Ậ T
Mật|M.Ậ.T
Mật|Công văn "Mật" mới về
Mật|MẬT
Mật|mật
Mật|kết luận mật ngày 2/3
Mật|quyết định mật số 03-QĐ/TU
Mật|giấy mời mật
Mật|tờ trình mật về cán bộ
Mật|thông tin mật
Mật|Hỏa tốc - MẬT
Mật|gửi bản mật
Mật|mức độ mật
Mật|chế độ mật
Mật|bao cao (MAT) gui Thuong truc
Mật|(mat) gui anh Linh
Mật|MAT - ke hoach bao ve
Mật|do mat: Mat
Mật|cong van mat so 12
Mật|tai lieu dong dau mat
Mật|cong van MAT moi ve
Mật|[mat] danh sach
Mật|muc do mat
Mật|Ke hoach so 5, MAT, gui chi Tho
Mật|văn bản Mật, đề nghị đ/c Nghĩa tiếp nhận
Mật|Đ/c Vy vào sổ công văn đến số 45-CV/BNCTU (MẬT) rồi chuyển Chánh Văn phòng
Mật|Giao Phòng Cơ yếu nhận fax mật của VPTW trước 16h
Tối mật|Rà lại phụ lục của kế hoạch 05-KH/TU, độ Tối mật, gửi tôi thứ Sáu
Tuyệt mật|Chuẩn bị phòng họp cho buổi nghe tài liệu Tuyệt mật, đúng 8h
Tối mật|Tối mật
Tối mật|TỐI MẬT: kế hoạch
Tối mật|hồ sơ tối mật của Thành ủy
Tối mật|Giao anh Nghĩa tài liệu Tối Mật
Tối mật|T Ố I M Ậ T
Tối mật|tốimật
Tối mật|TOI MAT
Tối mật|(toi mat) bao cao
Tối mật|tai lieu toi mat
Tối mật|van ban do toi mat
Tối mật|cong van TOI MAT so 3
Tối mật|tối mat, gui anh Linh
Tuyệt mật|Tuyệt mật
Tuyệt mật|văn bản tuyệt mật
Tuyệt mật|TUYỆT MẬT
Tuyệt mật|tuyet mat
Tuyệt mật|TUYET MAT - ke hoach
Tuyệt mật|gui tai lieu tuyet mat truoc 17h
Tuyệt mật|hồ sơ mật và hồ sơ tuyệt mật
Tuyệt mật|tuyệtmật
Tuyệt mật|T.U.Y.Ệ.T M.Ậ.T
Mật|bao cao\u200b (M\u200bẬT)
Mật|ＭẬＴ
Chưa rõ|Cong_van_mat.pdf
Mật|công_văn_mật.pdf
Chưa rõ|cong van mat.docx
Chưa rõ|KH_05_MAT.docx
Mật|ke-hoach-so-5-MAT.pdf
Mật|#mật
Mật|báo cáo gửi Thường trực #mật
Mật|#mật giấy mời họp
Tối mật|Báo cáo tối-mật về nhân sự
Chưa rõ|toi_mat.pdf
Tối mật|bao-cao-TOI-MAT.docx
Tối mật|bao_cao_toi_mat_2026.pdf
Tối mật|KH_ToiMat.pdf
Tuyệt mật|tài liệu tuyệt-mật
Tuyệt mật|TuyetMat.pdf
"""

HARMLESS = """
đổi mật khẩu hộp thư công vụ
Mật khẩu mới là gì
mật độ dân cư phường Hoa Sữa
báo cáo mật độ xây dựng
tập huấn bảo mật thông tin
BẢO MẬT THÔNG TIN
bí mật thương mại
công tác bảo vệ bí mật nhà nước
rà soát danh mục bí mật nhà nước
mua mật ong tặng khách
Mật ong Đồng Cói
Giao anh Mật soạn công văn
đồng chí Nguyễn Văn Mật chủ trì
Nguyễn Văn Mật, Trần Thị Hoa phối hợp
chị Mật phòng Tổng hợp
giao Mật làm báo cáo
gặp mặt đại biểu
GẶP MẶT ĐẦU XUÂN
Tổ chức gặp mặt cán bộ hưu trí trước 20/1
có mặt lúc 8h
mất điện toàn cơ quan
khám mắt cho cán bộ
quan hệ mật thiết
không khí thân mật
văn bản không mật
Độ mật: không
Độ mật: Thường
mật mã cơ yếu
phòng mật mã
tuần trăng mật
viêm túi mật
viêm đường mật
mía mật
rỉ mật
nuôi ong lấy mật
Mật tông
mật thư của trại
mặt trận Tổ quốc
Mặt trận Tổ quốc phường
MẶT TRẬN TỔ QUỐC
toi mat dien thoai
tôi mất chìa khóa
do mat dien nen cham
mat tran to quoc
co mat luc 8h
gap mat dau xuan
MAT TRAN TO QUOC
doi mat khau
bao mat thong tin
bi mat nha nuoc
chi Tuyet mat the
cô Tuyết mất thẻ
mat do dan cu
ho so mat mot trang
bao cao mat do xay dung
cong van mat roi
tối mặt tối mũi
tối mất điện
văn bản bị mất dấu
tài liệu mất trang 3
Đổi mật mã két sắt
rút tiền mặt
thanh toan tien mat
bề mặt sân
vắng mặt
vang mat 3 dong chi
cơ mật viện
rắn mặt
MAT DIEN TOAN CO QUAN
mâu thuẫn
lich gap mat, 8h sang mai
ky luat bao mat
Thay mặt Thường trực
thay mat Thuong truc, giao anh Khiem
Mật đã nộp báo cáo
Giao đồng chí Nghĩa thay mật khẩu máy văn thư trước thứ Sáu
Báo cáo mật độ cán bộ theo phường, hạn 25/12
Tập huấn Luật Bảo vệ bí mật nhà nước cho 30 cán bộ
doi_mat_khau.docx
bao-cao-mat-do-dan-cu.pdf
anh_gap_mat.jpg
ANH GAP MAT.jpg
Anh_Gap_Mat_2026.jpg
mat_tran_to_quoc.docx
ho_so_mat_bang.xlsx
#mật_khẩu
#mat_tran
tôi-mất-2-ngày
bao_mat_thong_tin.pptx
Giao chị Thảo lên danh sách đại biểu gặp mặt đầu năm, có mặt trước 7h30
"""


def _lines(block: str) -> list[str]:
    return [line for line in block.strip().split("\n") if line]


@pytest.mark.parametrize("line", _lines(MARKED))
def test_marked_texts_are_stopped(line: str) -> None:
    mark, text = line.split("|", 1)
    assert secret_mark(text) == mark
    assert secret_mark(unicodedata.normalize("NFD", text)) == mark


@pytest.mark.parametrize("text", _lines(HARMLESS))
def test_harmless_texts_pass(text: str) -> None:
    assert secret_mark(text) is None
    assert secret_mark(unicodedata.normalize("NFD", text)) is None


MAY_BE = """
ho so mat
tai lieu mat cua ban
cong van mat hom qua
CONG VAN MAT
bao cao mat
van ban mat da gui
toi mat
Mat
hồ sơ mât năm ngoái
tài liệu mat của tỉnh
ho so mat.pdf
Mat.docx
congvanmat.pdf
HoSoMat_2024.rar
toimat.jpg
"""


@pytest.mark.parametrize("text", _lines(MAY_BE))
def test_what_only_its_writer_can_say_is_asked(text: str) -> None:
    assert secret_mark(text) == UNSURE


def test_there_are_enough_of_both() -> None:
    assert min(len(_lines(MARKED)), len(_lines(HARMLESS))) >= 60


@pytest.mark.parametrize(
    "text",
    [
        "m ậ " * 30_000,
        "mat " * 25_000,
        "(mat" * 25_000,
        "toi mat dien " * 8_000,
        "không có văn bản mật nào " * 4_000,
        "tài liệu bmnn " * 7_000,
        "a" + "\u0302\u0323" * 50_000,
        "%E1%BA" * 15_000,
        "<b " * 30_000,
        "CV" * 50_000,
        "bảng ☐ " * 15_000,
        "chi Tuyet mat the " * 6_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_hundred_thousand_letters_are_read(text: str) -> None:
    """A text twice as long takes about twice as long: what is read word by word would take hours otherwise."""
    half, whole = (min(_seconds(part) for _ in range(2)) for part in (text[: len(text) // 2], text))
    assert secret_mark(text) is None
    assert whole < 4 * half + 0.5


def _seconds(text: str) -> float:
    begun = process_time()
    secret_mark(text)
    return process_time() - begun


def test_lines_of_dots_take_no_longer_than_words() -> None:
    """Dotted lines stand in tables of contents; a look from every dot to the end took minutes."""
    assert secret_mark("Mục lục " + "." * 100_000) is None
    assert secret_mark("_" * 100_000 + " (Mật)") == "Mật"


def test_whoever_sends_every_character_fills_no_memory() -> None:
    for first in range(0x100, 0x30000, 4000):
        secret_mark("".join(map(chr, range(first, first + 4000))))
        secret_mark(f"mat {chr(first) * 4000}")
    assert len(lookalikes._SHOWN) <= lookalikes._MOST_KEPT


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Độ mật: Mật. Kèm phương án tuyệt mật", TUYET_MAT),
        ("ho so mat, do toi mat", TOI_MAT),
        ("ho so mat (mat)", MAT),
    ],
)
def test_of_several_marks_the_highest_counts(text: str, read: str) -> None:
    assert secret_mark(text) == read
