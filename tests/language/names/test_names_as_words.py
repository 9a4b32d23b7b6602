"""Names that are words of time or of questions too: who is named, which day is meant, what is asked."""

from datetime import date, datetime

import pytest

from bot.language.moments.date_range import Stretch, day, month, quarter, week, year
from bot.language.moments.date_range_forms import find_stretch
from bot.language.names.people import Roster, RosterPerson, RosterUnit
from bot.language.orders.assignment import read
from bot.language.questions.inquiring import read_inquiry
from bot.language.questions.inquiry import Asked, State
from bot.language.questions.search_query import read_sought
from bot.language.readings import Kind
from tests.language.office import WORKDAYS

WEDNESDAY = datetime(2026, 11, 25, 14, 5, tzinfo=WORKDAYS.timezone)
TODAY = WEDNESDAY.date()
TOMORROW = day(date(2026, 11, 26))
THIS_WEEK, NEXT_WEEK = week(TODAY), week(date(2026, 12, 2))
LINH, MINH = "Trịnh Quang Lĩnh", "Dương Văn Minh"
UNITS = tuple(
    RosterUnit(number, name)
    for number, name in enumerate(
        ("Phòng Tổng hợp", "Đảng ủy phường Mai Dịch", "Đảng ủy xã Năm Căn", "Đảng ủy xã Tuần Giáo"),
        1,
    )
)
PEOPLE = (
    *(LINH, "Khổng Thị Mai", "Mai Văn Ba", "Lê Thị Hạ", "Nguyễn Thị Xuân", "Phạm Lệ Thu"),
    *("Bùi Văn Đông", "Ngô Văn Quý", "Đỗ Văn Tư", "Vũ Văn Năm", "Hồ Văn Hai", "Lý Anh Tuấn"),
    *("Trần Đức Thắng", "Đào Thu Ba", "Cao Bá Nhất", "Trương Văn Quyết", "Đặng Thị Ái", MINH),
    *("Thân Đức Vượng", "Phan Văn Tháng", "Kiều Văn Tuần", "Lâm Gia Phong", "Bế Văn Sáu"),
)


def roster(*names: str) -> Roster:
    people = (
        RosterPerson(number, name, "Chuyên viên", UNITS[0].name, unit_key=1)
        for number, name in enumerate(names, 1)
    )
    return Roster(tuple(people), UNITS)


OFFICE = roster(*PEOPLE)
TWO = roster(*PEOPLE, "Trần Ngọc Mai")
NONE = roster(LINH, "Mạc Thiên Ân", "Đàm Tú Quyên")


def asked(text: str, office: Roster = OFFICE) -> Asked:
    return read_inquiry(text, office, WEDNESDAY, WORKDAYS, speaker=1)


def whose(found: Asked, office: Roster = OFFICE) -> list[str]:
    return [office.by_key[one].name for one in found.inquiry.people]


@pytest.mark.parametrize(
    ("text", "name", "stretch"),
    [
        ("việc của chị Mai", "Khổng Thị Mai", None),
        ("viec cua chi mai", "Khổng Thị Mai", None),
        ("VIỆC CỦA CHỊ MAI", "Khổng Thị Mai", None),
        ("đồng chí Mai", "Khổng Thị Mai", None),
        ("tình hình của Mai thế nào", "Khổng Thị Mai", None),
        ("việc nào Mai chưa nộp?", "Khổng Thị Mai", None),
        ("còn Mai?", "Khổng Thị Mai", None),
        ("chị Mai mai có việc gì", "Khổng Thị Mai", TOMORROW),
        ("mai chị Mai có việc gì", "Khổng Thị Mai", TOMORROW),
        ("Mai tuần này có việc gì", "Khổng Thị Mai", THIS_WEEK),
        ("Mai Văn Ba có việc gì quá hạn", "Mai Văn Ba", None),
        ("mai van ba co viec gi qua han", "Mai Văn Ba", None),
        ("MAI VĂN BA CÓ VIỆC GÌ QUÁ HẠN", "Mai Văn Ba", None),
        ("anh Năm tháng này có việc gì", "Vũ Văn Năm", month(2026, 11)),
        ("việc của anh Năm tháng 10", "Vũ Văn Năm", month(2026, 10)),
        ("đồng chí Quý này có việc gì", "Ngô Văn Quý", None),
        ("đồng chí Quý quý này trễ mấy việc", "Ngô Văn Quý", quarter(2026, 4)),
        ("việc của Quý tuần này", "Ngô Văn Quý", THIS_WEEK),
        ("đồng chí Hai tuần tới có việc gì", "Hồ Văn Hai", NEXT_WEEK),
        ("việc của Tư tuần sau", "Đỗ Văn Tư", NEXT_WEEK),
        ("chị Thu Ba có việc gì", "Đào Thu Ba", None),
        ("Tuấn quá hạn việc gì", "Lý Anh Tuấn", None),
        ("việc của anh Tuấn quá hạn", "Lý Anh Tuấn", None),
        ("anh Tuấn tuần này có việc gì", "Lý Anh Tuấn", THIS_WEEK),
        ("anh Thắng này có việc gì", "Trần Đức Thắng", None),
        ("Thắng qua hạn mấy việc", "Trần Đức Thắng", None),
        ("chị Thu thứ Ba có việc gì", "Phạm Lệ Thu", day(date(2026, 12, 1))),
        ("anh Tuần tuần này có việc gì", "Kiều Văn Tuần", THIS_WEEK),
        ("anh Tháng tháng này có việc gì", "Phan Văn Tháng", month(2026, 11)),
        ("việc của anh Sáu tháng sáu", "Bế Văn Sáu", month(2026, 6)),
        ("chị Xuân có việc gì", "Nguyễn Thị Xuân", None),
        ("việc của chị Hạ", "Lê Thị Hạ", None),
        ("anh Đông việc gì trễ", "Bùi Văn Đông", None),
        ("đồng chí Nhất có mấy việc", "Cao Bá Nhất", None),
        ("anh Quyết đang có mấy việc quá hạn", "Trương Văn Quyết", None),
        ("chị Ái còn việc gì", "Đặng Thị Ái", None),
        ("việc của Minh", MINH, None),
        ("anh Vượng có việc gì", "Thân Đức Vượng", None),
        ("việc nào của Phong quá hạn", "Lâm Gia Phong", None),
        ("việc của Ái", "Đặng Thị Ái", None),
        ("bác Năm năm nay xong mấy việc", "Vũ Văn Năm", year(2026)),
        ("tháng tư anh Tư xong mấy việc", "Đỗ Văn Tư", month(2026, 4)),
        ("sáng mai Mai có việc gì", "Khổng Thị Mai", TOMORROW),
        ("Hôm nay Mai nộp được mấy việc", "Khổng Thị Mai", day(TODAY)),
        ("Mai thứ Sáu có việc gì", "Khổng Thị Mai", day(date(2026, 11, 27))),
    ],
)
def test_who_is_named_is_asked_about(text: str, name: str, stretch: Stretch | None) -> None:
    found = asked(text)
    assert (whose(found), found.inquiry.stretch) == ([name], stretch)
    assert (found.either, found.inquiry.words) == (None, ())


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("mai có việc gì", TOMORROW),
        ("mai co viec gi", TOMORROW),
        ("mai phải nộp gì", TOMORROW),
        ("mai phai nop gi", TOMORROW),
        ("ngày mai có việc gì", TOMORROW),
        ("Ngày Mai có việc gì", TOMORROW),
        ("Sáng Mai có việc gì", TOMORROW),
        ("em mai phải nộp gì", TOMORROW),
        ("việc nào mai đến hạn", TOMORROW),
        ("mai văn phòng có việc gì", TOMORROW),
        ("hôm nay và mai có việc gì", Stretch(TODAY, date(2026, 11, 26))),
        ("Năm 2026 có mấy việc", Stretch(date(2026, 1, 1), date(2026, 12, 31))),
        ("Quý này có mấy việc quá hạn", quarter(2026, 4)),
        ("Hai tuần tới có việc gì", Stretch(TODAY, date(2026, 12, 9))),
        ("thứ Ba có việc gì", day(date(2026, 12, 1))),
        ("Tuần này có việc gì", THIS_WEEK),
        ("Mai 26/11 có việc gì", TOMORROW),
        ("mai (26/11) có việc gì", TOMORROW),
        ("Mai thứ Năm có việc gì", TOMORROW),
        ("mai, thứ Năm, có việc gì", TOMORROW),
    ],
)
def test_a_day_stays_one_though_somebody_has_that_name(text: str, stretch: Stretch) -> None:
    found = asked(text)
    assert (whose(found), found.inquiry.stretch, found.either) in [
        ([], stretch, None),
        ([LINH], stretch, None),
    ]


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Mai có việc gì?", "Khổng Thị Mai", TOMORROW),
        ("MAI CÓ VIỆC GÌ", "Khổng Thị Mai", TOMORROW),
        ("Mai phải nộp gì", "Khổng Thị Mai", TOMORROW),
        ("tinh hinh cua mai the nao", "Khổng Thị Mai", TOMORROW),
        ("việc của mai", "Khổng Thị Mai", TOMORROW),
        ("Việc Của Mai", "Khổng Thị Mai", TOMORROW),
        ("mai", "Khổng Thị Mai", TOMORROW),
        ("Mai", "Khổng Thị Mai", TOMORROW),
        ("còn mai?", "Khổng Thị Mai", TOMORROW),
        ("mai trễ việc nào", "Khổng Thị Mai", TOMORROW),
    ],
)
def test_what_may_be_either_is_both(text: str, name: str, other: Stretch) -> None:
    found = asked(text)
    assert found.either is not None
    assert (whose(found), found.inquiry.stretch) == ([name], None)
    assert (whose(found.either), found.either.inquiry.stretch) == ([], other)
    assert found.inquiry.state == found.either.inquiry.state


def test_a_day_to_come_is_not_asked_what_has_been_late_in_it() -> None:
    found = asked("Mai quá hạn việc gì")
    assert (whose(found), found.inquiry.state) == (["Khổng Thị Mai"], State.OVERDUE)
    assert found.either is None


def test_one_who_is_asked_may_be_named_as_oneself() -> None:
    found = asked("viec cua minh")
    assert found.either is not None
    assert (whose(found), whose(found.either)) == ([MINH], [LINH])
    assert whose(asked("việc của mình")) == [LINH]


def test_a_name_may_be_a_state() -> None:
    found = asked("vuong co viec gi")
    assert found.either is not None
    assert (whose(found), found.either.inquiry.state) == (["Thân Đức Vượng"], State.BLOCKED)
    assert asked("viec nao dang vuong").inquiry.state is State.BLOCKED


@pytest.mark.parametrize("text", ["việc của chị Mai", "tinh hinh cua chi mai the nao", "còn Mai?"])
def test_namesakes_are_all_named(text: str) -> None:
    found = asked(text, TWO)
    assert (whose(found, TWO), found.either) == (["Khổng Thị Mai", "Trần Ngọc Mai"], None)


@pytest.mark.parametrize("text", ["Ngọc Mai có việc gì", "ngoc mai co viec gi"])
def test_a_name_that_ends_on_a_day_is_none(text: str) -> None:
    found = asked(text, TWO)
    assert (whose(found, TWO), found.inquiry.stretch, found.either) == (
        ["Trần Ngọc Mai"],
        None,
        None,
    )


@pytest.mark.parametrize(
    "text", ["ai đang trễ nhiều nhất", "Ai dang tre nhieu nhat", "ai giao việc này"]
)
def test_who_asks_for_somebody_names_nobody(text: str) -> None:
    found = asked(text)
    assert (found.inquiry.people, found.inquiry.by, found.either) == ((), None, None)


def test_namesakes_and_a_day_are_told_apart_too() -> None:
    found = asked("Mai có việc gì?", TWO)
    assert len(found.inquiry.people) == 2
    assert found.either is not None


@pytest.mark.parametrize(
    ("text", "stranger", "stretch"),
    [
        ("việc của chị Mai", "Mai", None),
        ("việc của chị mai", "mai", None),
        ("viec cua chi mai", "mai", None),
        ("VIỆC CỦA CHỊ MAI", "MAI", None),
        ("đồng chí Mai", "Mai", None),
        ("tình hình của Mai thế nào", "Mai", None),
        ("việc nào Mai chưa nộp?", "Mai", None),
        ("Mai Văn Ba có việc gì quá hạn", "Mai Văn Ba", None),
        ("mai van ba co viec gi qua han", "mai van ba", None),
        ("chị Mai mai có việc gì", "Mai", TOMORROW),
        ("anh Năm tháng này quá hạn việc gì", "Năm", month(2026, 11)),
        ("đồng chí Quý này có việc gì", "Quý", None),
        ("đồng chí Hai tuần tới có việc gì", "Hai", NEXT_WEEK),
        ("chị Thu Ba có việc gì", "Thu Ba", None),
        ("việc của anh Tuấn quá hạn", "Tuấn", None),
        ("anh Thắng này có việc gì", "Thắng", None),
        ("đồng chí Nhất có mấy việc", "Nhất", None),
        ("anh Quyết đang có mấy việc quá hạn", "Quyết", None),
        ("việc của Minh", "Minh", None),
        ("bác Năm năm nay xong mấy việc", "Năm", year(2026)),
    ],
)
def test_a_name_that_nobody_has_is_no_day(
    text: str, stranger: str, stretch: Stretch | None
) -> None:
    found = asked(text, NONE)
    assert (found.strangers, found.inquiry.stretch) == ((stranger,), stretch)
    assert set(found.inquiry.words) == set(stranger.lower().split())
    assert (found.inquiry.people, found.either, found.is_clear) == ((), None, True)


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("mai có việc gì", TOMORROW),
        ("Mai có việc gì?", TOMORROW),
        ("MAI CÓ VIỆC GÌ", TOMORROW),
        ("Mai Bí thư có việc gì", TOMORROW),
        ("em mai phải nộp gì", TOMORROW),
        ("tinh hinh cua mai the nao", TOMORROW),
    ],
)
def test_where_nobody_has_the_name_it_is_the_day(text: str, stretch: Stretch) -> None:
    found = asked(text, NONE)
    assert (found.inquiry.stretch, found.strangers, found.either) == (stretch, (), None)


@pytest.mark.parametrize(
    ("text", "unit", "stretch"),
    [
        ("phường Mai Dịch có việc gì quá hạn", 2, None),
        ("Mai Dịch tháng này có việc gì", 2, month(2026, 11)),
        ("xã Năm Căn tháng này có việc gì", 3, month(2026, 11)),
        ("việc của xã Tuần Giáo tuần này", 4, THIS_WEEK),
    ],
)
def test_a_unit_is_no_day_either(text: str, unit: int, stretch: Stretch | None) -> None:
    found = asked(text)
    assert (found.inquiry.units, found.inquiry.stretch, found.either) == ((unit,), stretch, None)


@pytest.mark.parametrize(
    "text",
    [
        "thương mại", "thuong mai dien tu", "khuyến mãi", "hoa mai", "mái tôn", "Tuấn qua", "trạng thái",
        "thứ tự", "tuần quá hạn", "đồng chí này có việc", "Thắng trước",
    ],
)  # fmt: skip
def test_other_words_with_the_same_letters_are_no_days(text: str) -> None:
    assert find_stretch(text, TODAY) is None


def test_days_typed_in_haste_are_days_still() -> None:
    for text in ("tuân này", "tuan nay", "thừ sáu", "ngày mại", "thang nay"):
        assert find_stretch(text, TODAY) is not None


def test_a_search_is_for_who_is_named() -> None:
    (of_title,) = read_sought("chị Mai", OFFICE, TODAY).either
    assert (of_title.people, of_title.stretch) == ((2,), None)
    (either,) = read_sought("Mai", OFFICE, TODAY).either
    assert (either.people, either.stretch) == ((2,), TOMORROW)
    assert read_sought("chị Mai", NONE, TODAY).either == ()
    (tomorrow,) = read_sought("mai", NONE, TODAY).either
    assert tomorrow.stretch == TOMORROW


@pytest.mark.parametrize(
    "text", ["việc của chị Mai", "tình hình của Mai thế nào", "Mai có việc gì?", "mai có việc gì"]
)
@pytest.mark.parametrize("office", [OFFICE, TWO, NONE])
def test_all_of_these_are_questions(text: str, office: Roster) -> None:
    assert read(text, office, WEDNESDAY, WORKDAYS, speaker=1).kind is Kind.QUESTION
