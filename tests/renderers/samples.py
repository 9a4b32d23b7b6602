"""The samples in docs/mau: a month of the demo office. `python -m tests.renderers.samples` makes them."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.renderers.reporting.excel import excel
from bot.renderers.reporting.pdf import pdf
from bot.renderers.reporting.report_chart import picture
from bot.renderers.reporting.report_paper import paper
from bot.renderers.reporting.word import word
from bot.rules.reporting.periods import Kind, Period
from bot.rules.reporting.reporting import Report
from storage.records import Quality, ReportLine
from tests.rules.report import done, line, report
from tests.rules.task import WORKDAYS, office

DOCS = Path(__file__).parents[2] / "docs"
NOW = office(25, 14, 5, month=11)
UNITS = {
    "Phòng Tổng hợp": ("Mạc Thiên Ân", "Ông Thị Ngọc Trầm", "Quách Duy Mẫn"),
    "Phòng Hành chính - Lưu trữ": ("Hứa Cẩm Vy", "Giáp Văn Lộc Ninh"),
    "Phòng Quản trị": ("Đàm Tú Quyên",),
    "Phòng Tài chính Đảng": ("Bạch Minh Tường",),
    "Phòng Cơ yếu - Chuyển đổi số": ("Cao Lê Phương Kha",),
}
WORK = (
    ("Thông báo kết luận giao ban tuần", "Khác"),
    ("Báo cáo tháng về công tác tham mưu, tổng hợp", "Báo cáo"),
    ("Công văn triển khai kết luận của Thường trực", "Công văn"),
    ("Tờ trình mua sắm trang thiết bị", "Tờ trình"),
    ("Tổng hợp kiến nghị của các phường, xã", "Báo cáo"),
    ("Rà soát dữ liệu đảng viên", "Báo cáo"),
)
ALWAYS_IN_TIME = {"Quách Duy Mẫn", "Hứa Cẩm Vy"}
KNOTS = ("Chưa có số liệu của Đảng ủy phường Hoa Sữa", "Chờ báo giá của nhà cung cấp")


def month_of_the_demo() -> Report:
    """Return the report of November 2026 of the whole office."""
    return report(
        _lines(), period=Period(Kind.MONTH, date(2026, 11, 1), date(2026, 11, 30)), now=NOW
    )


def year_of_the_demo() -> Report:
    """Return the review of 2026."""
    return report(_lines(), period=Period(Kind.YEAR, date(2026, 1, 1), date(2026, 12, 31)), now=NOW)


def _lines() -> list[ReportLine]:
    dice = random.Random(2026)
    people = [(unit, lead) for unit, leads in UNITS.items() for lead in leads]
    return [_line(dice, number, *dice.choice(people)) for number in range(1, 141)]


def _line(dice: random.Random, number: int, unit: str, lead: str) -> ReportLine:
    title, product = dice.choice(WORK)
    made = office(1, month=dice.randint(6, 11)) + timedelta(days=dice.randint(0, 23))
    due = WORKDAYS.on_or_after((made + timedelta(days=dice.randint(4, 20))).date())
    due_at, late_from = WORKDAYS.due(due)
    known: dict[str, Any] = {
        "title": title,
        "product": product,
        "owner_id": [*UNITS].index(unit) + 1,
        "owner": unit,
        "above": "Văn phòng Thành ủy",
        "lead_id": [lead for leads in UNITS.values() for lead in leads].index(lead) + 1,
        "lead": lead,
        "created_at": made,
        "due_at": due_at,
        "late_from": late_from,
    }
    if dice.random() < 0.1:
        earlier = timedelta(days=5)
        known |= {"first_due_at": due_at - earlier, "first_late_from": late_from - earlier}
        known |= {"extensions": 1, "returned": dice.randint(0, 1), "asked": "Chờ số liệu"}
    handed_in = _handed_in(dice, due_at, lead)
    if made < handed_in < NOW:
        grade = dice.choice((Quality.PASSED, Quality.PASSED, Quality.GOOD))
        return done(number, handed_in, percent=100, quality=grade, **known)
    blocker = dice.choice((None, *KNOTS)) if late_from < NOW else None
    return line(number, percent=dice.choice((0, 30, 60)), blocker=blocker, **known)


def _handed_in(dice: random.Random, due_at: datetime, lead: str) -> datetime:
    """Nine in ten are in time, of some people all; a few are handed in long after."""
    early = timedelta(hours=dice.randint(-120, -1))
    return due_at + (
        early
        if dice.random() < 0.88 or lead in ALWAYS_IN_TIME
        else timedelta(days=dice.randint(2, 60))
    )


def main() -> None:
    """Write the samples anew."""
    one = month_of_the_demo()
    (DOCS / "mau/bao-cao-thang.docx").write_bytes(word(paper(one)))
    (DOCS / "mau/bao-cao-thang.pdf").write_bytes(pdf(paper(one)))
    (DOCS / "mau/bao-cao-thang.xlsx").write_bytes(excel(one))
    (DOCS / "mau/tong-ket-nam.docx").write_bytes(word(paper(year_of_the_demo())))
    (DOCS / "anh/bieu-do.png").write_bytes(picture(one))


if __name__ == "__main__":
    main()
