"""Summaries and reports asked for in plain words, whatever a unit is called; and what is work all the same."""

from datetime import datetime

import pytest

from bot.folding import fold
from bot.language.names.people import Roster, RosterPerson, RosterUnit
from bot.language.orders.assignment import read
from bot.language.questions.inquiring import read_inquiry
from bot.language.questions.inquiry import SummaryRequest, Wanted
from bot.language.questions.summary_request import find_summary
from bot.language.readings import Kind
from tests.language.office import WORKDAYS

WEDNESDAY = datetime(2026, 11, 25, 14, 5, tzinfo=WORKDAYS.timezone)
TOP = "Thành ủy"
NAMES = (
    "Phòng Hành chính - Lưu trữ",
    "Phòng Quản trị",
    "Phòng Tổng hợp",
    "Phòng Theo dõi - Đôn đốc",
    "Phòng Kiểm tra - Giám sát",
    "Ban Chỉ đạo 35",
    "Phòng Tiếp nhận và Trả kết quả",
    "Tổ Hỗ trợ, Giám sát",
    "Ban Tổ chức và Kiểm tra",
    "Ban Phối hợp liên ngành",
    "Phòng Soạn thảo - Phát hành",
    "Phòng Thống kê, Báo cáo",
    "Phòng Giao ban và Đề nghị",
)
UNITS = (RosterUnit(99, TOP), *(RosterUnit(n, name, parent=TOP) for n, name in enumerate(NAMES, 1)))
PEOPLE = ("Trịnh Quang Lĩnh", "Khổng Thị Mai", "Lý Anh Tuấn", "Mạc Thiên Ân")
OFFICE = Roster(
    tuple(RosterPerson(n, name, "Chuyên viên", NAMES[1], unit_key=2) for n, name in enumerate(PEOPLE, 1)),
    UNITS,
)  # fmt: skip
ARCHIVE = "phòng Hành chính - Lưu trữ"


def found(text: str) -> SummaryRequest | None:
    return find_summary(text, OFFICE, WEDNESDAY.date())


def kind(text: str) -> Kind:
    return read(text, OFFICE, WEDNESDAY, WORKDAYS, speaker=1).kind


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "said",
    [
        "tổng hợp {}", "Tổng hợp {}", "tổng hợp của {}", "tổng hợp tình hình {}", "tổng hợp {} tháng này",
        "tổng hợp tháng 10 {}", "cho tôi xem tổng hợp {}", "thống kê {}", "số liệu {} quý này",
    ],
)  # fmt: skip
def test_a_summary_of_a_unit_is_no_order_whatever_it_is_called(said: str, name: str) -> None:
    whole = said.format(name)
    dashes = (whole.replace("-", "–"), whole.replace("-", "—"))
    for text in (whole, whole.lower(), whole.upper(), fold(whole), *dashes):
        asked = found(text)
        assert asked is not None, text
        assert (asked.wanted, asked.names, kind(text)) == (Wanted.SUMMARY, True, Kind.QUESTION), (
            text
        )
        named = read_inquiry(asked.of, OFFICE, WEDNESDAY, WORKDAYS).inquiry
        assert ([OFFICE.unit_by_key[one].name for one in named.units], named.words) == ([name], ())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("said", ["báo cáo {}", "báo cáo tháng 10 {}", "báo cáo tình hình {}"])
def test_a_report_of_a_unit_is_no_order_either(said: str, name: str) -> None:
    for text in (said.format(name), fold(said.format(name))):
        asked = found(text)
        assert asked is not None, text
        assert (asked.wanted, kind(text)) == (Wanted.REPORT, Kind.QUESTION)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "said",
    [
        "tình hình {}", "tình hình {} thế nào", "{} có việc gì quá hạn", "việc của {}", "{} còn bao nhiêu việc",
        "tiến độ của {}", "danh sách việc {}", "xem việc {} tháng này", "có mấy việc quá hạn ở {}", "còn {}?",
        "{} thế nào rồi", "{} trễ những việc nào",
    ],
)  # fmt: skip
def test_a_question_about_a_unit_is_one_whatever_it_is_called(said: str, name: str) -> None:
    for text in (said.format(name), fold(said.format(name))):
        asked = read_inquiry(text, OFFICE, WEDNESDAY, WORKDAYS, speaker=1)
        assert kind(text) is Kind.QUESTION
        assert [OFFICE.unit_by_key[one].name for one in asked.inquiry.units] == [name]
        assert (asked.inquiry.words, asked.either) == ((), None)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("tổng hợp", ""),
        ("Tổng hợp tình hình", ""),
        ("tổng hợp tháng 10", "tháng 10"),
        ("tong hop tinh hinh tuan truoc", "tuan truoc"),
        ("tổng hợp phòng HC-LT", "phòng HC-LT"),
        ("tổng hợp HCLT tháng này ạ", "HCLT tháng này"),
        ("tổng hợp Quản trị", "Quản trị"),
        ("tổng hợp nhanh cho anh phòng Quản trị", "phòng Quản trị"),
        ("tổng hợp phòng Quản trị và phòng Tổng hợp", "phòng Quản trị và phòng Tổng hợp"),
        ("tổng hợp đồng chí Ân tháng này", "đồng chí Ân tháng này"),
        ("tổng hợp chị Mai", "chị Mai"),
        ("tổng hợp phòng mình", "phòng mình"),
        ("tổng hợp các phòng", "các phòng"),
        ("tổng hợp cả phòng tháng này", "cả phòng tháng này"),
        ("kết quả phòng Quản trị tháng 10", "phòng Quản trị tháng 10"),
        ("tôi cần số liệu phòng Quản trị", "phòng Quản trị"),
        ("tổng hợp: phòng Quản trị", ": phòng Quản trị"),
        ("tổng hợp toàn cơ quan tháng 10", "toàn cơ quan tháng 10"),
        ("tổng hợp số việc của phòng Quản trị", "của phòng Quản trị"),
        ("tổng hợp theo đơn vị", "theo đơn vị"),
        ("tổng hợp từ 1/10 đến 15/11 phòng Quản trị", "từ 1/10 đến 15/11 phòng Quản trị"),
    ],
)
def test_what_it_is_of_is_what_follows_the_command(text: str, of: str) -> None:
    asked = found(text)
    assert asked is not None
    assert (asked.wanted, asked.of, kind(text)) == (Wanted.SUMMARY, of, Kind.QUESTION)


@pytest.mark.parametrize(
    "text",
    [
        f"tổng hợp số liệu {ARCHIVE} trước thứ Sáu",
        f"tổng hợp {ARCHIVE} gửi tôi trước 16h",
        f"tổng hợp {ARCHIVE} thứ Sáu này",
        f"tổng hợp báo cáo {ARCHIVE}",
        f"tổng hợp kiến nghị của {ARCHIVE}",
        f"Giao {ARCHIVE} tổng hợp báo cáo tháng",
        f"{ARCHIVE} tổng hợp số liệu",
        f"Tổng hợp, {ARCHIVE}",
        "tổng hợp kiến nghị của các phường",
        "tổng hợp số liệu đảng viên",
        "Tổng hợp tình hình 6 tháng đầu năm gửi Văn phòng, đ/c Ân",
        "tổng hợp chị Mai nhé",
        "tổng hợp giúp chị Mai",
        "báo cáo tháng này",
        "báo cáo Thành ủy tháng 11",
        "báo cáo anh Tuấn",
        "báo cáo kết quả kiểm tra phòng Quản trị",
        "kiểm tra phòng Quản trị",
        "theo dõi phòng Quản trị",
    ],
)
def test_what_says_more_is_work(text: str) -> None:
    assert found(text) is None
    assert kind(text) in {Kind.ASSIGNMENT, Kind.OTHER}


@pytest.mark.parametrize("head", ["tổng hợp", "thống kê", "liệt kê", "cung cấp danh sách"])
def test_a_list_of_a_unit_is_asked_about_as_one_of_all(head: str) -> None:
    for text in (f"{head} các việc quá hạn", f"{head} các việc quá hạn {ARCHIVE}"):
        reading = read(text, OFFICE, WEDNESDAY, WORKDAYS, speaker=1)
        asked = reading.kind is Kind.QUESTION or any(one.field == "kind" for one in reading.unsure)
        assert asked, text
