"""The plain forms of an assignment, read to the minute."""

from datetime import datetime

import pytest

from bot.language.deadline.deadlines import read_deadline
from bot.language.names.people import Roster, RosterPerson, read_people
from bot.language.orders.assignment import read
from bot.language.orders.progress import ProgressReading, read_progress
from bot.language.readings import Part
from bot.rules.workdays import Workdays

WORKDAYS = Workdays()
MONDAY = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)
ROSTER = Roster(
    (
        RosterPerson(1, "Lục Gia Khiêm", "Phó Trưởng phòng", "Phòng Tổng hợp", username="giakhiem"),
        RosterPerson(2, "Nghiêm Xuân Thảo", "Trưởng phòng", "Phòng Hành chính - Lưu trữ"),
        RosterPerson(3, "Từ Bảo Uyên", "Chuyên viên", "Phòng Tổng hợp", telegram_id=77),
    )
)


def test_a_leaders_sentence() -> None:
    reading = read(
        "Giao đồng chí Lục Gia Khiêm soạn báo cáo tổng kết năm 2026, trình lãnh đạo trước 17h thứ Sáu",
        ROSTER,
        MONDAY,
        WORKDAYS,
    )
    assert reading.title == "soạn báo cáo tổng kết năm 2026, trình lãnh đạo"
    assert [(one.key, one.part) for one in reading.people] == [(1, Part.LEAD)]
    assert reading.deadline
    assert WORKDAYS.local(reading.deadline.due_at) == datetime(
        2026, 12, 11, 17, tzinfo=WORKDAYS.timezone
    )


def test_username_mention_and_support() -> None:
    text = "@giakhiem làm tờ trình, phối hợp với Uyên"
    found = read(text, ROSTER, MONDAY, WORKDAYS).people
    assert [(one.key, one.part) for one in found] == [(1, Part.LEAD), (3, Part.SUPPORT)]
    mentioned = read("giao Bảo làm", ROSTER, MONDAY, WORKDAYS, mentions={(5, 8): 77}).people
    assert [one.key for one in mentioned] == [3]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("thứ 6", "11/12/2026 17:00"),
        ("25/12", "25/12/2026 17:00"),
        ("17h mai", "08/12/2026 17:00"),
        ("truoc 5h chieu mai", "08/12/2026 17:00"),
        ("cuối tháng", "31/12/2026 17:00"),
        ("trong 5 ngày làm việc", "14/12/2026 17:00"),
        ("thứ Hai", None),
        ("gấp", None),
    ],
)
def test_an_answer_to_change_the_deadline(words: str, expected: str | None) -> None:
    found = read_deadline(words, MONDAY, WORKDAYS)
    due = found.deadline and WORKDAYS.local(found.deadline.due_at).strftime("%d/%m/%Y %H:%M")
    assert due == expected
    assert (found.unsure is not None) == (expected is None)


def test_an_answer_to_change_the_people() -> None:
    assert [one.key for one in read_people("chị Thảo, Khiêm", ROSTER).people] == [2, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60% đã xong dự thảo", ProgressReading(60, "đã xong dự thảo")),
        ("được 60 phần trăm, chờ số liệu", ProgressReading(60, "chờ số liệu")),
        ("xong rồi", ProgressReading(100, "xong rồi")),
        ("chưa xong", ProgressReading(None, "chưa xong")),
    ],
)
def test_progress(text: str, expected: ProgressReading) -> None:
    assert read_progress(text) == expected


@pytest.mark.parametrize(
    ("text", "percent", "note"),
    [
        ("việc 1 được 60% rồi", 60, ""),
        ("việc số 1: 60%, còn chờ số liệu", 60, "còn chờ số liệu"),
        ("V1 được một nửa ạ", 50, ""),
        ("việc 2 được 60%", 60, "việc 2"),
    ],
)
def test_the_number_of_its_own_task_is_no_note(text: str, percent: int, note: str) -> None:
    assert read_progress(text, 1) == ProgressReading(percent, note)
