"""How much work a task is said to be, apart from when it is due."""

from datetime import datetime

import pytest

from bot.language.orders.assignment import read
from bot.language.orders.effort import read_effort
from tests.language.office import demo_office
from tests.rules.task import WORKDAYS, office

ROSTER = demo_office()
FRIDAY = office(11, 17, 0)


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("khoảng 2 ngày công", 16),
        ("ước nửa ngày công", 4),
        ("ước tính hai ngày công", 16),
        ("mất 4 giờ công", 4),
        ("khoảng 40 giờ", 40),
        ("ước 16 giờ làm việc", 16),
        ("mất khoảng 3 ngày công", 24),
        ("cần 2,5 ngày công", 20),
        ("khoảng 1 ngày công rưỡi", 12),
        ("dự kiến 1,5 ngày công", 12),
    ],
)
def test_it_is_read_beside_the_deadline_and_left_out_of_the_title(words: str, hours: int) -> None:
    text = f"Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết, {words}, trước 17h thứ Sáu"
    found = read(text, ROSTER, office(7), WORKDAYS)
    assert (found.effort, found.title) == (hours, "soạn báo cáo tổng kết")
    assert found.deadline is not None
    assert found.deadline.due_at == FRIDAY


def test_without_tone_marks() -> None:
    text = "giao dong chi Mac Thien An lam bao cao, mat khoang 3 ngay cong, han thu sau"
    assert read(text, ROSTER, office(7), WORKDAYS).effort == 24


def test_in_brackets() -> None:
    text = "Giao đồng chí Mạc Thiên Ân rà soát hồ sơ (2 ngày công), hạn thứ Sáu"
    found = read(text, ROSTER, office(7), WORKDAYS)
    assert (found.effort, found.title) == (16, "rà soát hồ sơ")


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("trong 3 ngày công", office(10, 17, 0)),
        ("trong khoảng 3 ngày công", None),
        ("trong 3 ngày làm việc", office(10, 17, 0)),
        ("về công tác 3 phòng, hạn thứ Sáu", FRIDAY),
        ("ký 3 công văn, hạn thứ Sáu", FRIDAY),
        ("thứ Sáu, khoảng 8 giờ làm việc với Sở", None),
        ("nộp khoảng 15 giờ thứ Sáu", office(11, 15, 0)),
        ("soạn khoảng 3 công văn, hạn thứ Sáu", FRIDAY),
    ],
)
def test_what_is_no_effort(words: str, due: datetime | None) -> None:
    text = f"Giao đồng chí Mạc Thiên Ân soạn báo cáo {words}"
    found = read(text, ROSTER, office(7), WORKDAYS)
    assert found.effort is None
    if due is not None:
        assert found.deadline is not None
        assert found.deadline.due_at == due


@pytest.mark.parametrize(
    ("answer", "hours"),
    [("2 ngày", 16), ("khoảng nửa ngày công", 4), ("6 giờ", 6), ("3", None), ("nhiều", None)],
)
def test_an_answer_is_nothing_but_an_effort(answer: str, hours: int | None) -> None:
    assert read_effort(answer) == hours
