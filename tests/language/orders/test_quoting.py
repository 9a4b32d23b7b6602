"""An order about another message: what each of the two says of the task."""

from datetime import date

import pytest

from bot.language.orders.quoting import TITLE, read_about
from bot.language.readings import Kind, Part, Reading
from bot.rules.workdays import Workdays
from tests.language import office as demo
from tests.rules.task import office

LETTER = "Công văn 215-CV/BTCTU về việc rà soát biên chế năm 2026"


def about(order: str, quoted: str) -> list[Reading]:
    return list(read_about(order, quoted, demo.demo_office(), office(7), Workdays()))


def lead(reading: Reading) -> str:
    return next((one.name for one in reading.people if one.part is Part.LEAD), "")


def day(reading: Reading) -> date | None:
    return reading.deadline.due_at.date() if reading.deadline else None


@pytest.mark.parametrize(
    "order", ["giao đồng chí Ân, 11/12", "Mạc Thiên Ân, hạn 11/12", "Ân 11/12"]
)
def test_the_order_says_who_and_by_when(order: str) -> None:
    [read] = about(order, f"{LETTER}, gửi trước 15/12")
    assert (lead(read), day(read)) == ("Mạc Thiên Ân", date(2026, 12, 11))
    assert read.title.startswith("Công văn 215-CV/BTCTU về việc rà soát biên chế")
    assert read.kind is Kind.ASSIGNMENT
    assert read.text == f"{order}\n{LETTER}, gửi trước 15/12"


@pytest.mark.parametrize(
    ("order", "title"),
    [
        ("giao Ân soạn công văn trả lời, 11/12", f"soạn công văn trả lời: {LETTER}"),
        ("giao Ân xử lý văn bản này, 11/12", f"xử lý: {LETTER}"),
        ("giao Ân việc này", LETTER),
    ],
)
def test_what_the_order_adds_stands_before(order: str, title: str) -> None:
    [read] = about(order, LETTER)
    assert read.title == title


def test_what_the_order_leaves_open_the_other_message_may_say() -> None:
    [read] = about("", "Đồng chí Ân soạn báo cáo quý trước ngày 15/12")
    assert (lead(read), day(read)) == ("Mạc Thiên Ân", date(2026, 12, 15))
    assert read.title == "soạn báo cáo quý"
    [other] = about("giao chị Trầm", "Đồng chí Ân soạn báo cáo quý trước ngày 15/12")
    assert (lead(other), day(other)) == ("Ông Thị Ngọc Trầm", date(2026, 12, 15))


def test_words_that_order_nothing_give_no_deadline() -> None:
    [read] = about("giao Ân", "hôm qua đã gửi số liệu cho phòng Quản trị rồi")
    assert read.deadline is None
    assert not [one for one in read.unsure if one.field == "deadline"]


def test_each_line_of_a_list_is_a_task() -> None:
    quoted = "Giao đồng chí Ân, hạn 11/12:\n1. Soạn báo cáo quý\n2. Rà soát hồ sơ đảng viên"
    readings = about("giao chị Trầm", quoted)
    assert [one.title for one in readings] == ["Soạn báo cáo quý", "Rà soát hồ sơ đảng viên"]
    assert {lead(one) for one in readings} == {"Ông Thị Ngọc Trầm"}


@pytest.mark.parametrize(
    "quoted", ["x" * 4000, "dài quá " * 500, "Giao đồng chí Ân " + "soạn " * 600]
)
def test_a_long_message_makes_a_short_title(quoted: str) -> None:
    [read] = about("giao Ân trả lời", quoted)
    assert TITLE // 2 < len(read.title) <= 500
    assert read.title.endswith("…")
