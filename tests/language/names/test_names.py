"""Names that are also words, and people of one name, are read by their place."""

from datetime import datetime

import pytest

from bot.language.names.names import NameIndex
from bot.language.names.people import Roster, RosterPerson, RosterUnit
from bot.language.orders.assignment import read
from bot.language.readings import Part, PersonReading, Why
from bot.language.text.words import words_of
from tests.language.corpus import STYLES, read_row, rows
from tests.language.office import WORKDAYS, demo_office

MONDAY = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)
UNITS = (
    "Văn phòng",
    "Phòng Tổng hợp",
    "Phòng Quản trị",
    "Phòng Hành chính - Lưu trữ",
    "Ban Tổ chức",
)
PEOPLE = (
    ("Nguyễn Thị Mai", "Chuyên viên", 1),
    ("Trần Văn Ba", "Trưởng phòng", 2),
    ("Lê Văn Tư", "Chuyên viên", 2),
    ("Phạm Thị Năm", "Chuyên viên", 3),
    ("Hoàng Thị Thu", "Kế toán", 3),
    ("Đỗ Xuân Hai", "Phó Trưởng phòng", 1),
    ("Nguyễn Văn Sáu", "Chuyên viên", 4),
    ("Trần Thị Xuân", "Trưởng ban", 4),
    ("Vũ Minh Hạnh", "Chánh Văn phòng", 0),
    ("Lê Thị Hạnh", "Chuyên viên", 1),
    ("Bùi Văn Chiều", "Lái xe", 2),
    ("Cao Thị Mốt", "Tạp vụ", 2),
    ("Dương Văn Hạn", "Chuyên viên", 4),
)
OFFICE = Roster(
    tuple(
        RosterPerson(key, name, position, UNITS[unit], unit_key=unit + 1)
        for key, (name, position, unit) in enumerate(PEOPLE, 1)
    ),
    tuple(RosterUnit(key, name) for key, name in enumerate(UNITS, 1)),
)


@pytest.mark.parametrize(
    ("text", "lead", "due"),
    [
        ("Giao Mai làm báo cáo, mai nộp", "Mai", "08/12 17:00"),
        ("giao mai lam bao cao, mai nop", "Mai", "08/12 17:00"),
        ("Mai làm báo cáo nhé, thứ Sáu nộp", "Mai", "11/12 17:00"),
        ("Chị Mai mai nộp báo cáo", "Mai", "08/12 17:00"),
        ("Giao chị Mai nộp báo cáo mai", "Mai", "08/12 17:00"),
        ("Giao anh Ba sửa xe trước thứ Ba", "Ba", "08/12 17:00"),
        ("giao anh ba sua xe truoc thu ba", "Ba", "08/12 17:00"),
        ("Anh Tư thứ tư nộp hồ sơ", "Tư", "09/12 17:00"),
        ("Giao chị Năm làm báo cáo năm 2026 trước thứ năm", "Năm", "10/12 17:00"),
        ("chi nam nop bao cao truoc thu nam", "Năm", "10/12 17:00"),
        ("Giao chị Thu thu tiền trước thứ Hai tuần sau", "Thu", "14/12 17:00"),
        ("Anh Hai hai ngày nữa nộp", "Hai", "09/12 17:00"),
        ("Anh Sáu nộp trước thứ sáu", "Sáu", "11/12 17:00"),
        ("Giao anh Sáu 6 việc", "Sáu", None),
        ("Chị Xuân lo trang trí hội hoa xuân trước 20/12", "Xuân", "20/12 17:00"),
        ("Anh Chiều chở hàng chiều mai", "Chiều", "08/12 17:00"),
        ("Chị Mốt quét dọn hội trường, mốt xong", "Mốt", "09/12 17:00"),
        ("Anh Hạn nộp báo cáo hạn thứ Tư", "Hạn", "09/12 17:00"),
        ("Ba ngày nữa anh Ba nộp", "Ba", "10/12 17:00"),
    ],
)
def test_a_name_that_is_a_word(text: str, lead: str, due: str | None) -> None:
    reading = read(text, OFFICE, MONDAY, WORKDAYS)
    assert [one.name.split()[-1] for one in reading.people if one.part is Part.LEAD] == [lead]
    got = reading.deadline and WORKDAYS.local(reading.deadline.due_at).strftime("%d/%m %H:%M")
    assert got == due


def test_namesakes_are_asked_about_the_speakers_own_unit_first() -> None:
    reading = read("Giao Hạnh soạn báo cáo", OFFICE, MONDAY, WORKDAYS, speaker=1)
    (doubt,) = reading.unsure
    assert doubt.why is Why.NAMESAKES
    names = [one.name for one in doubt.choices if isinstance(one, PersonReading)]
    assert names == ["Lê Thị Hạnh", "Vũ Minh Hạnh"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Giao chị Hạnh phòng Tổng hợp soạn báo cáo", "Lê Thị Hạnh"),
        ("Giao đồng chí Hạnh (Chánh Văn phòng) cho ý kiến", "Vũ Minh Hạnh"),
        ("Đề nghị Chánh Văn phòng Hạnh cho ý kiến", "Vũ Minh Hạnh"),
        ("Trưởng ban Tổ chức cho ý kiến trước thứ Tư", "Trần Thị Xuân"),
    ],
)
def test_unit_or_position_tells_namesakes_apart(text: str, name: str) -> None:
    reading = read(text, OFFICE, MONDAY, WORKDAYS)
    assert [one.name for one in reading.people] == [name]
    assert not reading.unsure


def test_a_person_in_brackets_leads_for_the_unit() -> None:
    reading = read("Giao phòng Tổng hợp (chị Mai) soạn thảo", OFFICE, MONDAY, WORKDAYS)
    assert [(one.name, one.part) for one in reading.people] == [("Nguyễn Thị Mai", Part.LEAD)]
    assert [(one.name, one.part) for one in reading.units] == [("Phòng Tổng hợp", Part.LEAD)]


def test_names_of_another_office_do_not_change_when() -> None:
    home = demo_office()
    for row in (row for style in STYLES for row in rows(style) if row.style != "unaccented"):
        ours = read_row(row, home).deadline
        theirs = read(row.text, OFFICE, row.reference, WORKDAYS).deadline
        assert (ours and ours.due_at) == (theirs and theirs.due_at), row.text


class Bearer(int):
    compared = 0

    def __eq__(self, other: object) -> bool:
        Bearer.compared += 1
        return int(self) == other

    __hash__ = int.__hash__


def test_a_thousand_of_one_position_are_not_compared_with_each_other() -> None:
    index = NameIndex[Bearer]()
    for number in range(1000):
        index.add("Chuyên viên", Bearer(number))
        index.add("Chuyên viên", Bearer(number))
    found = index.at(words_of("chuyên viên").words, 0)
    assert found is not None
    assert found[0] == list(range(1000))
    assert Bearer.compared < 10_000
