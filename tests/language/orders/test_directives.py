"""Several tasks in one message become several readings, each whole."""

from datetime import datetime

from bot.language.orders.directives import MOST_TASKS, read_all
from bot.language.readings import Part, Reading
from tests.language.office import WORKDAYS, demo_office

OFFICE = demo_office()
MONDAY = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)


def tasks(text: str) -> list[tuple[str, str, str]]:
    return [_told(reading) for reading in read_all(text, OFFICE, MONDAY, WORKDAYS)]


def _told(reading: Reading) -> tuple[str, str, str]:
    due = reading.deadline and WORKDAYS.local(reading.deadline.due_at)
    leads = [one.name for one in reading.people if one.part is Part.LEAD]
    leads += [one.name for one in reading.units if one.part is Part.LEAD]
    return reading.title, ", ".join(leads), f"{due:%d/%m %H:%M}" if due else "-"


def test_a_list_has_a_task_a_line() -> None:
    text = """Giao Phòng Tổng hợp trước ngày 18/12:
1. Soạn báo cáo tổng kết năm 2026
2. Chị Uyên lập danh sách khen thưởng, xong trước 16h thứ Tư
3) Rà soát hồ sơ"""
    assert tasks(text) == [
        ("Soạn báo cáo tổng kết năm 2026", "Phòng Tổng hợp", "18/12 17:00"),
        ("lập danh sách khen thưởng", "Từ Bảo Uyên", "09/12 16:00"),
        ("Rà soát hồ sơ", "Phòng Tổng hợp", "18/12 17:00"),
    ]


def test_a_list_with_dashes_and_no_head() -> None:
    text = "- Anh Khiêm soạn tờ trình trước thứ Sáu\n- Chị Vy phát hành giấy mời trong ngày"
    assert tasks(text) == [
        ("soạn tờ trình", "Lục Gia Khiêm", "11/12 17:00"),
        ("phát hành giấy mời", "Hứa Cẩm Vy", "07/12 17:00"),
    ]


def test_parts_between_semicolons_that_are_tasks_of_their_own() -> None:
    text = "Anh Khiêm soạn báo cáo trước thứ Tư; chị Uyên lập danh sách trước thứ Sáu"
    assert tasks(text) == [
        ("soạn báo cáo", "Lục Gia Khiêm", "09/12 17:00"),
        ("lập danh sách", "Từ Bảo Uyên", "11/12 17:00"),
    ]


def test_two_milestones_become_two_parts_of_one_lead() -> None:
    text = "Giao anh Khiêm hoàn thành trước ngày 31/12/2026 đề cương; báo cáo toàn diện trước ngày 30/01/2027"
    assert tasks(text) == [
        ("đề cương", "Lục Gia Khiêm", "31/12 17:00"),
        ("báo cáo toàn diện", "Lục Gia Khiêm", "30/01 17:00"),
    ]


def test_a_semicolon_within_one_task_does_not_split_it() -> None:
    text = "Giao chị Uyên rà soát, tổng hợp số liệu; hạn 15/12"
    assert tasks(text) == [("rà soát, tổng hợp số liệu", "Từ Bảo Uyên", "15/12 17:00")]


def test_without_a_head_line_a_deadline_is_its_own_tasks_alone() -> None:
    text = """1. Giao Ân soạn báo cáo quý, trước thứ Năm
2. Giao Trầm rà soát số liệu, trước 16/12
3. Giao Mẫn lập dự toán"""
    assert tasks(text) == [
        ("soạn báo cáo quý", "Mạc Thiên Ân", "10/12 17:00"),
        ("rà soát số liệu", "Ông Thị Ngọc Trầm", "16/12 17:00"),
        ("lập dự toán", "Quách Duy Mẫn", "-"),
    ]


def test_a_line_that_does_not_say_what_is_to_be_done_stays() -> None:
    text = "Giao Phòng Tổng hợp:\n1. Soạn báo cáo\n2. Chị Uyên trước thứ Sáu"
    assert tasks(text)[1] == ("", "Từ Bảo Uyên", "11/12 17:00")


def test_of_a_list_that_is_too_long_one_more_is_read_than_may_be_assigned() -> None:
    text = "Giao anh Mẫn:\n" + "\n".join(f"{n}. Rà soát hồ sơ số {n}" for n in range(1, 40))
    assert len(tasks(text)) == MOST_TASKS + 1
