"""Questions and reports go to their own actions, with the number of the task they name."""

from datetime import datetime

import pytest

from bot.language.names.people import Roster, RosterUnit
from bot.language.orders.assignment import read
from bot.language.orders.requests import opening_task
from bot.language.questions.inquiring import read_inquiry
from bot.language.questions.search_query import read_sought
from bot.language.readings import Action, Kind, Request, Why
from bot.language.text.words import words_of
from tests.language.office import WORKDAYS, demo_office

OFFICE = demo_office()
MONDAY = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)


@pytest.mark.parametrize(
    ("text", "kind", "action", "task"),
    [
        ("Việc nào quá hạn?", Kind.QUESTION, Action.OVERDUE, None),
        ("viec nao qua han", Kind.QUESTION, Action.OVERDUE, None),
        ("Tuần này có việc nào đến hạn?", Kind.QUESTION, Action.DUE, None),
        ("Tình hình báo cáo tổng kết đến đâu rồi", Kind.QUESTION, Action.STATUS, None),
        ("Việc 12 đến đâu rồi?", Kind.QUESTION, Action.STATUS, 12),
        ("Ai đang làm việc 15?", Kind.QUESTION, Action.WHO, 15),
        ("Liệt kê việc của tôi", Kind.QUESTION, Action.LIST, None),
        ("đã xong việc 12", Kind.REPORT, Action.DONE, 12),
        ("xin gia hạn việc 12 đến thứ Sáu vì chờ số liệu", Kind.REPORT, Action.EXTENSION, 12),
        ("Việc 7 vướng do thiếu kinh phí", Kind.REPORT, Action.BLOCKER, 7),
        ("đã nhận việc 31", Kind.REPORT, Action.RECEIVED, 31),
        ("việc 31 đã nhận", Kind.REPORT, Action.RECEIVED, 31),
        ("việc 31", Kind.QUESTION, Action.LIST, 31),
        ("việc số 9 được 60% rồi", Kind.REPORT, Action.PROGRESS, 9),
    ],
)
def test_what_is_wanted(text: str, kind: Kind, action: Action, task: int | None) -> None:
    reading = read(text, OFFICE, MONDAY, WORKDAYS)
    assert (reading.kind, reading.request) == (kind, Request(action, task))


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("việc 2 được 60%", 2),
        ("V2: 60%", 2),
        ("đã xong việc số 2", 2),
        ("em đã xong việc 2 rồi ạ", 2),
        ("xin gia hạn việc 2 đến thứ Sáu", 2),
        ("đã gửi báo cáo cùng việc 2", None),
        ("60%, còn chờ việc 2", None),
        ("", None),
    ],
)
def test_which_task_begins_a_report(text: str, task: int | None) -> None:
    assert opening_task(words_of(text)) == task


def test_an_assignment_wants_nothing_else() -> None:
    assert read("Giao anh Mẫn rà soát số liệu", OFFICE, MONDAY, WORKDAYS).request is None


@pytest.mark.parametrize(
    "text",
    ["Giao anh Mẫn báo cáo việc nào quá hạn?", "Đề nghị thống kê các nhiệm vụ quá hạn"],
)
def test_an_order_put_as_a_question_is_asked_about(text: str) -> None:
    reading = read(text, OFFICE, MONDAY, WORKDAYS)
    doubt = next(one for one in reading.unsure if one.field == "kind")
    assert doubt.why is Why.UNCLEAR
    assert doubt.choices == (Kind.ASSIGNMENT, Kind.QUESTION)


@pytest.mark.parametrize(
    ("text", "units"), [("quá hạn tu 1/11 den 15/11", ()), ("viec qua han cua tu", (99,))]
)
def test_from_a_day_on_is_no_unit(text: str, units: tuple[int, ...]) -> None:
    above = Roster((), (RosterUnit(99, "Thành ủy (demo)"),))
    assert read_inquiry(text, above, MONDAY, WORKDAYS).inquiry.units == units
    either = read_sought(text, above, MONDAY.date()).either
    assert {one.units for one in either if one.units} == ({units} if units else set())


def test_a_day_that_is_none_is_not_read_as_another() -> None:
    asked = read_inquiry("việc giao ngày 30/2", OFFICE, MONDAY, WORKDAYS).inquiry
    assert asked.stretch is None
