"""Sentences about somebody being away: who, from when until when, who stands in."""

from datetime import UTC, datetime

import pytest

from bot.language.names.absences import read_absence
from bot.language.names.people import Roster
from bot.language.readings import AbsenceReading
from tests.language.office import WORKDAYS, demo_office

NOW = datetime(2026, 12, 7, 2, tzinfo=UTC)
"""Monday, nine in the morning in the office."""
ROSTER: Roster = demo_office()
NAMES = {one.key: one.name.split()[-1] for one in ROSTER.people}
SPEAKER = next(one.key for one in ROSTER.people if one.name == "Quách Duy Mẫn")


def read(text: str) -> AbsenceReading:
    return read_absence(text, ROSTER, NOW, WORKDAYS, speaker=SPEAKER)


def told(text: str) -> str:
    """Return the reading as "Ân 09/12-12/12 Khiêm"; - for what is not said, "tôi" for the speaker."""
    found = read(text)
    first, last = (f"{one:%d/%m}" if one else "-" for one in (found.first, found.last))
    who, deputy = NAMES.get(found.person_id or 0, "tôi"), NAMES.get(found.deputy_id or 0, "-")
    return f"{who} {first}..{last} {deputy}"


WHOLE = {
    "nghỉ từ 9/12 đến 12/12, đồng chí Khiêm xử lý thay": "tôi 09/12..12/12 Khiêm",
    "nghi tu 9/12 den 12/12 dong chi Khiem xu ly thay": "tôi 09/12..12/12 Khiêm",
    "tôi nghỉ từ mai đến hết thứ Sáu, Trầm thay": "tôi 08/12..11/12 Trầm",
    "mai tôi nghỉ, Trầm làm thay": "tôi 08/12..08/12 Trầm",
    "nghỉ 9/12 - 12/12 Khiêm": "tôi 09/12..12/12 Khiêm",
    "nghỉ ngày 9, 10/12": "tôi 09/12..10/12 -",
    "đi công tác 9-11/12": "tôi 09/12..11/12 -",
    "nghỉ từ 10 đến 15/12": "tôi 10/12..15/12 -",
    "nghỉ từ 28/12 đến 3/1": "tôi 28/12..03/01 -",
    "nghỉ 30/12 đến 2/1": "tôi 30/12..02/01 -",
    "nghỉ 3 ngày từ thứ Tư, Khiêm thay": "tôi 09/12..11/12 Khiêm",
    "nghỉ từ thứ Năm 3 ngày": "tôi 10/12..14/12 -",
    "nghỉ 2 ngày": "tôi 07/12..08/12 -",
    "nghỉ hai tuần từ 14/12, chị Nhi xử lý thay": "tôi 14/12..25/12 Nhi",
    "nghỉ cả tuần sau, giao đồng chí Khiêm xử lý thay": "tôi 14/12..18/12 Khiêm",
    "nghỉ thứ 3 đến thứ 5 tuần sau": "tôi 15/12..17/12 -",
    "nghỉ thứ 3 tuần sau": "tôi 15/12..15/12 -",
    "em xin nghỉ thứ Tư và thứ Năm, anh Khiêm thay": "tôi 09/12..10/12 Khiêm",
    "nghỉ hôm nay": "tôi 07/12..07/12 -",
    "nghỉ chiều nay đến hết 9/12": "tôi 07/12..09/12 -",
    "nghỉ từ thứ Sáu đến thứ Ba": "tôi 11/12..15/12 -",
    "nghỉ từ thứ Tư đến hết thứ Hai": "tôi 09/12..14/12 -",
    "nghỉ từ 30/11 đến 9/12": "tôi 07/12..09/12 -",
    "nghỉ đến 12/12": "tôi -..12/12 -",
    "nghỉ từ 9/12": "tôi 09/12..- -",
    "nghỉ từ 5/12 đến 10/12": "tôi 07/12..10/12 -",
    "Đồng chí Ân nghỉ phép từ ngày 10 đến ngày 15 tháng 12, đồng chí Trầm xử lý thay": (
        "Ân 10/12..15/12 Trầm"
    ),
    "Ân nghỉ mai, Trầm thay": "Ân 08/12..08/12 Trầm",
    "đồng chí Ân vắng chiều nay": "Ân 07/12..07/12 -",
    "đồng chí Ân nghỉ mai, tôi xử lý thay": "Ân 08/12..08/12 Mẫn",
    "Trầm xử lý thay Ân từ 9/12 đến 12/12": "Ân 09/12..12/12 Trầm",
    "đồng chí Khiêm xử lý thay tôi từ mai đến 12/12": "tôi 08/12..12/12 Khiêm",
}


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_read(text: str) -> None:
    assert told(text) == WHOLE[text]
    assert read(text).is_whole


@pytest.mark.parametrize(
    "text",
    [
        "Đồng chí Ân nghỉ từ 9/12 đến 12/12, giao đồng chí Trầm soạn báo cáo tháng",
        "Giao đồng chí Ân soạn báo cáo tháng, trước 12/12",
        "Giao đồng chí Ân làm thay đồng chí Trầm báo cáo tháng trước 12/12",
        "Thông báo lịch nghỉ Tết trước 20/12",
        "nghỉ lễ từ 1/1 đến 3/1",
        "việc 12 được 60% rồi",
        "đồng chí Ân đi công tác Hà Nội ngày 9/12",
        "tổng hợp danh sách cán bộ nghỉ phép trước 15/12",
        "từ 9/12 đến 12/12",
        "nghỉ",
        "hôm nay ai nghỉ?",
        "",
    ],
)
def test_what_is_no_announcement_of_an_absence(text: str) -> None:
    assert not read(text).is_whole


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("thứ Sáu tôi đi công tác Hà Nội, Khiêm xử lý thay", "tôi 11/12..11/12 Khiêm"),
        ("tôi đi công tác ở TP. Cần Thơ thứ Tư, Khiêm thay", "tôi 09/12..09/12 Khiêm"),
        ("tôi nghỉ thai sản 6 tháng từ 15/12", "tôi 15/12..14/06 -"),
    ],
)
def test_places_gone_to_and_months_away(text: str, meant: str) -> None:
    assert told(text) == meant
    assert read(text).is_whole


def test_answers_alone() -> None:
    assert told("từ 9/12 đến 12/12") == "tôi 09/12..12/12 -"
    assert told("đến thứ Sáu") == "tôi -..11/12 -"
    assert told("đồng chí Khiêm") == "tôi -..- Khiêm"
    assert told("xin cảm ơn") == "tôi -..- -"


@pytest.mark.parametrize(
    "text",
    [
        "nghỉ từ 1/12 đến 5/12",
        "nghỉ 31/11",
        "nghỉ từ 2/6 đến 9/6",
        "nghỉ từ 12/12 đến 9/12",
        "nghỉ từ 10/1 đến 5/1",
        "nghỉ từ 31/2 đến 3/3, Khiêm thay",
    ],
)
def test_days_gone_far_impossible_or_the_wrong_way_round_are_asked_for(text: str) -> None:
    assert told(text).startswith("tôi -..- ")
    assert read(text).is_reversed or not read(text).is_whole


@pytest.mark.parametrize(
    "text", ["đồng chí Hồ Văn Bình nghỉ mai", "nghỉ mai, đồng chí Hồ Văn Bình xử lý thay"]
)
def test_nobody_is_taken_for_somebody_else(text: str) -> None:
    assert read(text).is_doubtful
    assert not read(text).is_whole
