"""Words mended by what stands beside them, and moments that may be read in two ways."""

from datetime import datetime

import pytest

from bot.language.orders.assignment import read
from bot.language.text.words import words_of
from tests.language.corpus import asked
from tests.language.office import WORKDAYS, demo_office

ROSTER = demo_office()
MONDAY = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Trình anh trước 16h thu Sáu", "thứ"),
        ("Gửi lại trong 5 ngay lam việc", "làm"),
        ("Nộp trước 9 giỡ sáng mai", "giờ"),
        ("Nộp đầ giờ sáng thứ Tư", "đầu"),
        ("Nộp trong tuần su nhé", "sau"),
        ("Gửi báo cáo trước 17h cùng ng", "ngày"),
        ("Hạn là thứ Nă tuần sau", "năm"),
    ],
)
def test_a_word_is_mended_by_the_one_beside_it(text: str, meant: str) -> None:
    assert meant in [word.exact for word in words_of(text).words]


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Tài chính rà soát số thu năm 2026",
        "Đề nghị dời hạn sang thứ Hai",
        "Mời 15 ng dự họp",
        "Anh Mẫn làm từ ngày mai",
        "Nộp rồi thì thôi",
    ],
)
def test_a_word_of_its_own_in_that_place_is_left_alone(text: str) -> None:
    said = [word.exact for word in words_of(text).words if word.exact.isalpha()]
    assert said == [word.lower() for word in text.split() if word.isalpha()]


@pytest.mark.parametrize(
    "text",
    [
        "Uyên nộp báo cáo trước 10h sáng mau nhé",
        "Quyên gửi hợp đồng trước 16h ma",
        "Nộp trong ngày mia nha Vy",
        "Trước 16h thứ Bả Lam gửi số liệu",
        "cham nhat toi chu nhat Vy gui lich tuan",
        "Lam gui so lieu, han th 5",
        "Khỏi chờ tới thứ Sáu thứ Tư đưa luôn đi Khiêm",
        "Thứ Năm nhé các phòng 15h ai cũng phải cập nhật xong tiến độ",
    ],
)
def test_what_may_be_read_in_two_ways_is_asked_and_not_guessed(text: str) -> None:
    assert asked(read(text, ROSTER, MONDAY, WORKDAYS))


def test_a_word_that_goes_on_with_the_sentence_cuts_nothing_short() -> None:
    reading = read("Trước 16h ai chưa nộp thì gửi Uyên", ROSTER, MONDAY, WORKDAYS)
    assert not asked(reading)
