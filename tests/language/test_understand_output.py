"""The command that shows a reading: JSON lines for programs, a table for a person."""

import json
from datetime import datetime
from typing import Any

import pytest
from rich.console import Console

from bot.commands.understand_output import Office, understand_lines, understand_sentence
from bot.language.names.people import Roster
from bot.rules.secrecy import secret_mark
from tests.language.office import WORKDAYS, demo_office

OFFICE = Office(demo_office(), WORKDAYS, secret_mark)
MONDAY = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)


def answers(*lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in understand_lines(lines, OFFICE, MONDAY)]


def test_a_line_gives_an_object_with_every_key() -> None:
    text = "Khẩn: giao đồng chí Khiêm trả lời Công văn số 2618-CV/VPTU, ngày 03/4/2026, xong trước 16h mai"
    assert answers(json.dumps({"text": text, "reference": "2026-11-25T09:15:00+07:00"})) == [
        {
            "kind": "assignment",
            "title": "trả lời Công văn số 2618-CV/VPTU, ngày 03/4/2026",
            "deadline": "2026-11-26T16:00:00+07:00",
            "recurrence": None,
            "people": [{"name": "Lục Gia Khiêm", "part": "lead"}],
            "units": [],
            "urgency": "khan",
            "documents": ["2618-CV/VPTU"],
            "product": None,
            "unsure": [],
        }
    ]


def test_what_is_not_sure_has_choices_and_no_deadline() -> None:
    (answer,) = answers('{"text": "Giao anh Mẫn nộp báo cáo thứ Hai"}')
    assert answer["deadline"] is None
    assert answer["unsure"] == [
        {
            "field": "deadline",
            "why": "same_weekday",
            "choices": ["2026-12-07T17:00:00+07:00", "2026-12-14T17:00:00+07:00"],
        }
    ]


def test_a_line_may_bring_its_own_roster() -> None:
    roster = [
        {
            "name": "Nguyễn Thị Mai",
            "username": "mai_tv",
            "unit": "Phòng Tư vấn",
            "position": "Chuyên viên",
        },
        {
            "name": "Trần Văn Mai",
            "username": None,
            "unit": "Phòng Kế toán",
            "position": "Chuyên viên",
        },
    ]
    one, two = answers(
        json.dumps({"text": "Giao chị Mai phòng Tư vấn làm báo cáo", "roster": roster}),
        json.dumps({"text": "Giao đồng chí Mai làm báo cáo, mai nộp", "roster": roster}),
    )
    assert one["people"] == [{"name": "Nguyễn Thị Mai", "part": "lead"}]
    assert one["unsure"] == []
    assert two["deadline"] == "2026-12-08T17:00:00+07:00"
    assert two["unsure"] == [
        {"field": "people", "why": "namesakes", "choices": ["Nguyễn Thị Mai", "Trần Văn Mai"]}
    ]


def test_a_bad_line_gives_an_error_in_its_place_and_the_run_goes_on() -> None:
    lines = ["no json", "[]", "5", '{"text": 3}', "{}", '{"text": "x", "reference": "soon"}']
    lines += ['{"text": "x", "roster": [{"unit": "A"}]}', "[" * 5000, "", '"x"', '{"text": null}']
    lines += ['{"text": "x", "roster": [{"name": "A", "position": 5}]}']
    lines += ['{"text": "x", "roster": ["A"]}', '{"text": "x", "roster": [{"name": ""}]}']
    lines += ['{"text": "x", "reference": "9999-12-31T23:59:59+07:00"}']
    found = answers(*lines, '{"text": "Giao anh Mẫn làm báo cáo"}')
    assert [list(one) for one in found[:-1]] == [["error"]] * len(lines)
    assert found[-1]["kind"] == "assignment"


def test_a_sentence_is_shown_as_a_table_with_its_words_underlined() -> None:
    console = Console(
        record=True, width=120, force_terminal=True, color_system="standard", file=None
    )
    with console.capture() as shown:
        console.print(
            understand_sentence("Giao anh Khiêm soạn tờ trình trước 17h thứ Sáu", OFFICE, MONDAY)
        )
    text = shown.get()
    assert "thứ Sáu, 11/12/2026 17:00" in text
    assert "Lục Gia Khiêm (chủ trì)" in text
    assert "\x1b[4;31mtrước 17h thứ Sáu" in text


def test_a_line_marked_secret_is_not_read_and_not_repeated() -> None:
    marked = "Giao anh Mẫn soạn báo cáo TỐI MẬT trước 17h mai"
    first, second = answers(json.dumps({"text": marked}), '{"text": "Giao anh Mẫn làm báo cáo"}')
    assert first == {"error": "text: marked Tối mật, so not read"}
    assert second["kind"] == "assignment"


def test_a_sentence_marked_secret_gets_one_courteous_sentence() -> None:
    console = Console(record=True, width=200)
    with console.capture() as shown:
        console.print(understand_sentence("(Mật) Giao anh Khiêm soạn tờ trình", OFFICE, MONDAY))
    text = shown.get()
    assert "bí mật nhà nước" in text
    assert "vui lòng" in text
    assert "Khiêm" not in text


def test_an_empty_roster_serves_too() -> None:
    (line,) = understand_lines(
        ['{"text": "Giao đồng chí Nguyễn Văn A soạn báo cáo trước 17h thứ Sáu"}'],
        Office(Roster(), WORKDAYS, secret_mark),
        MONDAY,
    )
    answer = json.loads(line)
    assert answer["people"] == [{"name": "Nguyễn Văn A", "part": "lead"}]
    assert answer["deadline"] == "2026-12-11T17:00:00+07:00"


def test_half_a_letter_is_answered_in_escapes() -> None:
    (line,) = understand_lines(['{"text": "Giao anh Mẫn nộp \\ud800 mai"}'], OFFICE, MONDAY)
    assert line.isascii()
    assert json.loads(line)["deadline"] == "2026-12-08T17:00:00+07:00"


ROSTER_OF_THREE = [
    {"name": "Nguyễn Thị Mai", "username": "mai_tv", "unit": "Phòng Tư vấn", "position": ""},
    {"name": "Lê Văn Ba", "unit": "Phòng Tư vấn"},
    {"name": "Trần Thu Xuân", "username": None, "unit": None, "position": None},
]


@pytest.mark.parametrize(
    ("text", "people", "deadline"),
    [
        ("Chị Mai soạn báo cáo, mai nộp", ["Nguyễn Thị Mai"], "2026-11-26T17:00:00+07:00"),
        ("giao anh Ba lam bao cao truoc thu ba", ["Lê Văn Ba"], "2026-12-01T17:00:00+07:00"),
        ("@mai_tv làm tờ trình trước 16h thứ Sáu", ["Nguyễn Thị Mai"], "2026-11-27T16:00:00+07:00"),
        (
            "Giao chị Xuân lập lịch trực mùa xuân, hạn 30/11",
            ["Trần Thu Xuân"],
            "2026-11-30T17:00:00+07:00",
        ),
    ],
)
def test_the_optional_roster_may_lack_anything_but_names(
    text: str, people: list[str], deadline: str
) -> None:
    (answer,) = answers(
        json.dumps(
            {"text": text, "reference": "2026-11-25T09:15:00+07:00", "roster": ROSTER_OF_THREE}
        )
    )
    assert [one["name"] for one in answer["people"] if one["part"] == "lead"] == people
    assert answer["deadline"] == deadline
    assert answer["unsure"] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Giao anh Mẫn làm gấp báo cáo", "vague"),
        ("Giao anh Mẫn nộp báo cáo sau Tết", "event"),
        ("Giao anh Mẫn nộp báo cáo bữa kia", "vague"),
        ("Giao anh Mẫn nộp báo cáo thứ Hai", "same_weekday"),
        ("Giao anh Mẫn nộp báo cáo trước ngày 05/12/2026", "past"),
        ("Giao anh Mẫn nộp báo cáo trước 8h sáng nay", "past"),
        ("Giao anh Mẫn nộp báo cáo trước ngày 15/8", "far"),
    ],
)
def test_what_it_does_not_know_is_asked_with_dates_to_choose(text: str, why: str) -> None:
    (answer,) = answers(json.dumps({"text": text}))
    (doubt,) = answer["unsure"]
    assert (doubt["field"], doubt["why"]) == ("deadline", why)
    assert doubt["choices"]
    assert all(datetime.fromisoformat(choice).utcoffset() for choice in doubt["choices"])
    assert answer["deadline"] in (None, doubt["choices"][0])


@pytest.mark.parametrize(
    ("text", "kind", "recurrence"),
    [
        ("Ngày 25 hằng tháng anh Mẫn nộp báo cáo", "assignment", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("thứ Hai hằng tuần anh Mẫn gửi lịch", "assignment", "FREQ=WEEKLY;BYDAY=MO"),
        ("việc nào quá hạn", "question", None),
        ("tình hình báo cáo tổng kết đến đâu rồi", "question", None),
        ("đã xong việc 12", "report", None),
        ("xin gia hạn việc 12 đến thứ Sáu vì chờ số liệu", "report", None),
        ("cảm ơn đồng chí", "other", None),
    ],
)
def test_kinds_and_recurrence_as_said_in_the_words_of_the_command(
    text: str, kind: str, recurrence: str | None
) -> None:
    (answer,) = answers(json.dumps({"text": text}))
    assert (answer["kind"], answer["recurrence"]) == (kind, recurrence)
