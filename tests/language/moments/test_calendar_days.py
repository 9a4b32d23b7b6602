"""What an admin types of the office's calendar."""

from datetime import date

import pytest

from bot.language.moments.calendar_days import CalendarWords, read_calendar_words

TODAY = date(2025, 12, 20)


@pytest.mark.parametrize(
    ("said", "days", "works", "note"),
    [
        ("nghỉ 02/01/2026", [date(2026, 1, 2)], False, ""),
        ("Nghỉ ngày 2/1 nghỉ bù Tết Dương lịch", [date(2026, 1, 2)], False, "nghỉ bù Tết Dương lịch"),
        ("nghi 2-1-2026", [date(2026, 1, 2)], False, ""),
        ("làm bù 10/01/2026", [date(2026, 1, 10)], True, ""),
        ("lam bu 10/1", [date(2026, 1, 10)], True, ""),
        ("làm 10/01/2026 (bù cho 02/01)", [date(2026, 1, 10)], True, "bù cho 02/01"),
        ("làm bù thứ Bảy 10/1", [date(2026, 1, 10)], True, ""),
        ("làm bù ngày thứ bảy, ngày 10/01/2026", [date(2026, 1, 10)], True, ""),
        ("nghi T6, 2/1 nghỉ bù", [date(2026, 1, 2)], False, "nghỉ bù"),
        ("10/1 làm bù", [date(2026, 1, 10)], True, ""),
        ("thứ Sáu 02/01/2026 nghỉ, bù Tết", [date(2026, 1, 2)], False, "bù Tết"),
        ("từ 14/02/2026 đến CN 15/02/2026: nghỉ", [date(2026, 2, 14), date(2026, 2, 15)], False, ""),
        ("bỏ 10/01/2026", [date(2026, 1, 10)], None, ""),
        ("bỏ 13/12", [date(2025, 12, 13)], None, ""),
        ("nghỉ 20/12", [date(2025, 12, 20)], False, ""),
        ("nghỉ 1/11", [date(2026, 11, 1)], False, ""),
        ("nghỉ từ 14/02/2026 đến 16/02/2026", [date(2026, 2, n) for n in (14, 15, 16)], False, ""),
        ("nghỉ 30/12 - 2/1 Tết", [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1),
                                   date(2026, 1, 2)], False, "Tết"),
    ],
)  # fmt: skip
def test_what_is_read(said: str, days: list[date], works: bool | None, note: str) -> None:
    assert read_calendar_words(said, TODAY) == CalendarWords(tuple(days), works, note)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "nghỉ",
        "nghỉ 31/02/2026",
        "nghỉ mai",
        "02/01/2026",
        "02/01/2026 họp",
        "02/01/2026 nghỉm",
        "nghỉ từ 16/02/2026 đến 14/02/2026",
        "nghỉ từ 01/01/2026 đến 01/12/2026",
        "họp 02/01/2026",
        "nghỉ 1/1/2020",
        "làm bù 02/01/2025",
        "làm bù 13/12",
    ],
)
def test_what_is_not_read(said: str) -> None:
    assert read_calendar_words(said, TODAY) is None
