"""What comes back is an RRULE, its deadline the first time; with and without tone marks."""

from datetime import datetime

import pytest

from bot.folding import fold
from bot.language.orders.assignment import read
from tests.language.office import WORKDAYS, demo_office

OFFICE = demo_office()
MONDAY = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)
MONTHLY, WEEKLY, YEARLY = "FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=YEARLY"
LAST_WORKDAY = f"{MONTHLY};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
CASES = [
    ("nộp báo cáo ngày 25 hằng tháng", f"{MONTHLY};BYMONTHDAY=25", "25/12/2026 17:00"),
    ("báo cáo hàng tháng, chậm nhất ngày 15", f"{MONTHLY};BYMONTHDAY=15", "15/12/2026 17:00"),
    ("báo cáo thứ Tư hằng tuần", f"{WEEKLY};BYDAY=WE", "09/12/2026 17:00"),
    ("gửi lịch mỗi sáng thứ Tư", f"{WEEKLY};BYDAY=WE", "09/12/2026 11:30"),
    ("báo cáo cuối mỗi quý", f"{YEARLY};BYMONTH=3,6,9,12;BYMONTHDAY=-1", "31/12/2026 17:00"),
    ("kiểm tra máy chủ hằng ngày", "FREQ=DAILY", "07/12/2026 17:00"),
    ("kiểm tra máy chủ trước 8h hằng ngày", "FREQ=DAILY", "08/12/2026 08:00"),
    ("chốt số liệu ngày làm việc cuối cùng của mỗi tháng", LAST_WORKDAY, "31/12/2026 17:00"),
    ("chốt số liệu ngày làm việc cuối cùng hằng tháng", LAST_WORKDAY, "31/12/2026 17:00"),
    ("gửi báo cáo thứ Tư, 2 tuần một lần", f"{WEEKLY};INTERVAL=2;BYDAY=WE", "09/12/2026 17:00"),
    (
        "gửi báo cáo hằng năm vào ngày 15/11",
        f"{YEARLY};BYMONTH=11;BYMONTHDAY=15",
        "15/11/2027 17:00",
    ),
    (
        "định kỳ 6 tháng báo cáo, trước ngày 15/12",
        f"{MONTHLY};INTERVAL=6;BYMONTHDAY=15",
        "15/12/2026 17:00",
    ),
    ("gửi báo cáo thứ Sáu cuối cùng của mỗi tháng", f"{MONTHLY};BYDAY=-1FR", "25/12/2026 17:00"),
    (
        "gửi báo cáo thứ Sáu hằng tuần đến hết năm 2027",
        f"{WEEKLY};BYDAY=FR;UNTIL=20271231T165959Z",
        "11/12/2026 17:00",
    ),
    (
        "gửi báo cáo ngày 25 hằng tháng, đến hết năm 2027",
        f"{MONTHLY};BYMONTHDAY=25;UNTIL=20271231T165959Z",
        "25/12/2026 17:00",
    ),
    (
        "gửi số liệu hằng ngày đến hết tháng 1/2027",
        "FREQ=DAILY;UNTIL=20270131T165959Z",
        "07/12/2026 17:00",
    ),
]


@pytest.mark.parametrize("marks", [True, False], ids=["marked", "plain"])
@pytest.mark.parametrize(("text", "rule", "first"), CASES)
def test_what_comes_back(text: str, rule: str, first: str, marks: bool) -> None:
    sentence = f"Anh Mẫn {text}"
    reading = read(sentence if marks else fold(sentence), OFFICE, MONDAY, WORKDAYS)
    assert reading.recurrence == rule
    assert reading.deadline is not None
    assert f"{WORKDAYS.local(reading.deadline.due_at):%d/%m/%Y %H:%M}" == first


@pytest.mark.parametrize("text", ["gửi báo cáo 2 tuần một lần", "báo cáo định kỳ 6 tháng"])
def test_on_which_day_is_asked(text: str) -> None:
    for said in (text, fold(text)):
        reading = read(f"Anh Mẫn {said}", OFFICE, MONDAY, WORKDAYS)
        assert reading.deadline is None
        assert reading.recurrence
        assert [doubt.field for doubt in reading.unsure] == ["deadline"]


@pytest.mark.parametrize(
    "text", ["soạn báo cáo định kỳ 6 tháng đầu năm", "bố trí xe cho lớp học mỗi ngày 2 buổi"]
)
def test_a_period_and_a_count_do_not_come_back(text: str) -> None:
    reading = read(f"Anh Mẫn {text}", OFFICE, MONDAY, WORKDAYS)
    assert (reading.recurrence, reading.deadline) == (None, None)
