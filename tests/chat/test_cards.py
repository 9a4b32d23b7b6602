"""The card of a task: its words, its colour, and which buttons it offers to whom."""

import json
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from bot.chat import menu
from bot.chat.buttons import parse
from bot.chat.card_buttons import LABELS
from bot.chat.cards import LIMIT, card, mark, read_length
from bot.chat.reminders import notice_headings
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import OPEN
from storage.records import Reach, Role, Status, Urgency
from tests.rules.task import ASSIGNER, LEAD, STRANGER, WORKDAYS, office, task

NOW = office(9)
WHO = {
    "lead": Standpoint(LEAD, frozenset({Role.STAFF})),
    "assigner": Standpoint(ASSIGNER, frozenset({Role.HEAD}), frozenset({5})),
    "head": Standpoint(STRANGER, frozenset({Role.HEAD}), frozenset({5})),
    "leader": Standpoint(STRANGER, frozenset({Role.LEADER}), None),
}
WORKS = ["Báo tiến độ", "Nộp kết quả", "Xin gia hạn", "Vướng mắc"]
STATES: dict[Status, dict[str, Any]] = {
    Status.ASSIGNED: {},
    Status.IN_PROGRESS: {},
    Status.SUBMITTED: {"submitted_at": office(8)},
    Status.RETURNED: {},
    Status.DONE: {"submitted_at": office(8), "closed_at": NOW},
    Status.PAUSED: {},
    Status.CANCELLED: {"closed_at": NOW},
}
OFFERED = {
    ("lead", Status.ASSIGNED): ["Đã nhận", *WORKS],
    ("lead", Status.IN_PROGRESS): WORKS,
    ("lead", Status.RETURNED): WORKS,
    ("assigner", Status.SUBMITTED): ["Nghiệm thu", "Trả lại"],
    ("leader", Status.SUBMITTED): ["Nghiệm thu", "Trả lại"],
    ("assigner", Status.PAUSED): ["Làm tiếp"],
    ("leader", Status.PAUSED): ["Làm tiếp"],
}
HOSTILE = "<b>&\"'</b> &lt;script> \u202e{0} %s " * 20


def others(*parts: tuple[str, str]) -> str:
    """Return the column of those who support or follow, from part and name."""
    return json.dumps(
        [
            {"person_id": 9, "unit_id": None, "name": name, "part": part, "state": "owes"}
            for part, name in parts
        ]
    )


def labels(name: str, **known: Any) -> list[str]:
    keyboard = card(task(**known), WHO[name], NOW, WORKDAYS).keyboard
    assert keyboard is not None
    return [button.label for line in keyboard for button in line]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", WHO)
def test_which_buttons_whom(name: str, status: Status) -> None:
    offered = labels(name, status=status, **STATES[status])
    assert [one for one in offered if one != "Khác"] == [
        *OFFERED.get((name, status), []),
        "Lịch sử",
    ]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", WHO)
def test_what_else_may_be_done_stands_behind_other(name: str, status: Status) -> None:
    whole = task(status=status, **STATES[status])
    offered = menu.offered(whole, WHO[name])
    assert ("Khác" in labels(name, status=status, **STATES[status])) is bool(offered)
    may_cancel = name in {"assigner", "leader"} and status in OPEN
    assert ("Hủy việc" in [entry.label for entry in offered]) is may_cancel


def test_a_card_shows_the_result_and_why_a_task_rests_whoever_opens_it() -> None:
    def shown(status: Status) -> str:
        return card(task(status=status, state_text="x"), WHO["assigner"], NOW, WORKDAYS).text

    assert "Kết quả: x" in shown(Status.SUBMITTED)
    assert "Lý do: x" in shown(Status.PAUSED)
    assert "x" not in shown(Status.IN_PROGRESS)


def test_a_blocker_is_cleared_by_its_writer() -> None:
    assert "Hết vướng mắc" in labels("lead", blocker="Chưa có số liệu", blocker_id=3)
    assert "Hết vướng mắc" not in labels("lead")
    assert "Hết vướng mắc" not in labels("assigner", blocker="Chưa có số liệu", blocker_id=3)


def test_a_request_is_decided_by_the_assigner_and_not_asked_twice() -> None:
    asked = {"request_id": 1, "request_due_at": office(25, 17), "request_reason": "chờ số liệu"}
    assert "Xin gia hạn" not in labels("lead", **asked)
    assert {"Đồng ý gia hạn", "Từ chối gia hạn"} <= set(labels("assigner", **asked))
    assert not {"Đồng ý gia hạn", "Từ chối gia hạn"} & set(labels("lead", **asked))
    assert not {"Đồng ý gia hạn", "Từ chối gia hạn"} & set(labels("assigner"))


def test_nothing_to_extend_without_a_deadline() -> None:
    assert "Xin gia hạn" not in labels("lead", due_at=None, late_from=None)


def test_a_press_says_which_card_it_was() -> None:
    keyboard = card(task(version=4), WHO["lead"], NOW, WORKDAYS).keyboard
    assert keyboard is not None
    for button in (button for line in keyboard for button in line):
        press = parse(button.data)
        assert press is not None
        assert (press.id, press.version) == (7, 4)


def test_labels_are_short() -> None:
    entries = [entry.label for entry in menu.ENTRIES]
    assert all(len(label) <= 20 for label in (*LABELS.values(), *entries))
    assert len(entries) == len(set(entries))


@pytest.mark.parametrize(
    ("known", "colour"),
    [
        ({"status": Status.ASSIGNED}, "⚪"),
        ({"status": Status.ASSIGNED, "late_from": office(8)}, "🔴"),
        ({"status": Status.IN_PROGRESS}, "🔵"),
        ({"status": Status.IN_PROGRESS, "late_from": office(8)}, "🔴"),
        ({"status": Status.IN_PROGRESS, "late_from": None, "due_at": None}, "🔵"),
        ({"status": Status.SUBMITTED, "late_from": office(8), "submitted_at": office(7)}, "🔵"),
        ({"status": Status.DONE, "submitted_at": office(8)}, "🟢"),
        ({"status": Status.DONE, "submitted_at": office(20)}, "🟠"),
        ({"status": Status.CANCELLED}, "✖️"),
    ],
)
def test_the_colour_of_a_task(known: dict[str, Any], colour: str) -> None:
    assert mark(task(**known), NOW) == colour


def test_the_words_of_a_card() -> None:
    shown = card(task(status=Status.IN_PROGRESS, percent=60), WHO["lead"], NOW, WORKDAYS)
    assert shown.task_id == 7
    assert shown.text.splitlines() == [
        "🔵 <b>Việc số 7</b> · đang thực hiện",
        "Soạn báo cáo quý",
        "",
        "Chủ trì: Mạc Thiên Ân, Phòng Tổng hợp",
        "Người giao: Trịnh Quang Lĩnh",
        "Hạn: 17:00 thứ Sáu, 11/12/2026 (còn 2 ngày làm việc)",
        "Tiến độ: 60%",
    ]


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"percent": 60, "note": "đã xong dự thảo"}, "Tiến độ: 60% · đã xong dự thảo"),
        ({"percent": 60}, "Tiến độ: 60%"),
        ({"note": "đang chờ số liệu"}, "Tiến độ: đang chờ số liệu"),
        ({"percent": 5, "note": "a<b " * 50}, "Tiến độ: 5% · " + "a&lt;b " * 50),
        ({"percent": 5, "note": "ư" * 201}, "Tiến độ: 5% · " + "ư" * 199 + "…"),
    ],
)
def test_progress_with_its_latest_note(known: dict[str, Any], line: str) -> None:
    for who in WHO.values():
        shown = card(task(status=Status.IN_PROGRESS, **known), who, NOW, WORKDAYS)
        assert line in shown.text.split("\n")
        handed_in = task(status=Status.SUBMITTED, submitted_at=office(8), **known)
        assert "Tiến độ" not in card(handed_in, who, NOW, WORKDAYS).text


def test_nothing_reported_is_no_progress() -> None:
    shown = card(task(status=Status.IN_PROGRESS), WHO["lead"], NOW, WORKDAYS)
    assert "Tiến độ" not in shown.text


def test_done_says_on_time_or_late_by_the_day_of_submission() -> None:
    done = {"status": Status.DONE, "closed_at": office(20)}
    on_time = card(task(submitted_at=office(10), **done), WHO["lead"], office(20), WORKDAYS)
    late = card(task(submitted_at=office(14), **done), WHO["lead"], office(20), WORKDAYS)
    assert "hoàn thành đúng hạn" in on_time.text
    assert "hoàn thành quá hạn" in late.text


@pytest.mark.parametrize(
    ("known", "lead"),
    [
        ({}, "Mạc Thiên Ân, Phòng Tổng hợp"),
        ({"unit_name": None}, "Mạc Thiên Ân"),
        ({"unit_name": "Ban <A> & B"}, "Mạc Thiên Ân, Ban &lt;A&gt; &amp; B"),
        (
            {"lead_reach": Reach.NEVER_STARTED},
            "Mạc Thiên Ân, Phòng Tổng hợp (chưa bấm Bắt đầu với bot)",
        ),
        ({"lead_reach": Reach.BLOCKED}, "Mạc Thiên Ân, Phòng Tổng hợp (đã chặn bot)"),
        ({"lead_id": None, "lead_name": None, "lead_reach": None}, "chưa có"),
    ],
)
def test_the_lead_is_told_from_namesakes_and_whether_the_bot_reaches_them(
    known: dict[str, Any], lead: str
) -> None:
    shown = card(task(**known), WHO["assigner"], NOW, WORKDAYS)
    assert f"Chủ trì: {lead}" in shown.text.split("\n")


def test_who_supports_and_who_follows_is_named() -> None:
    parts = others(("support", "Từ <Bảo> Uyên"), ("follow", "Hứa Cẩm Vy"), ("support", "An"))
    lines = card(task(others=parts), WHO["lead"], NOW, WORKDAYS).text.split("\n")
    assert lines[3:7] == [
        "Chủ trì: Mạc Thiên Ân, Phòng Tổng hợp",
        "Phối hợp: ☐ Từ &lt;Bảo&gt; Uyên, ☐ An",
        "Theo dõi: Hứa Cẩm Vy",
        "Người giao: Trịnh Quang Lĩnh",
    ]


WORST: dict[str, Any] = {
    "id": 10**12,
    "status": Status.SUBMITTED,
    "urgency": Urgency.VERY_URGENT,
    "submitted_at": NOW + timedelta(days=30),
    "extensions": 12,
    "percent": 100,
    "title": "ư" * 500,
    "lead_name": "L" * 100,
    "unit_name": "U" * 100,
    "assigner_name": "G" * 100,
    "lead_reach": Reach.BLOCKED,
    "note": "n" * 3500,
    "blocker": "v" * 3500,
    "request_id": 1,
    "request_due_at": office(31, 17),
    "request_reason": "d" * 3500,
    "decline_id": 2,
    "decline_reason": "k" * 3500,
    "proposed_id": 9,
    "proposed_name": "Q" * 100,
    "files": 10**4,
    "evidence": "symbol",
    "evidence_symbol": "m" * 60,
    "evidence_on": "2026-12-10",
    "evidence_to": "n" * 80,
    "product": "Tờ trình",
    "document_symbol": "S" * 60,
    "receiver": "R" * 100,
    "decider_name": "D" * 100,
    "notes": json.dumps([{"author": "A" * 100, "text": "t" * 3500}] * 2),
    "parent_id": 10**12,
    "parent_title": "M" * 500,
    "sub_tasks": 20,
    "sub_tasks_done": 19,
    "checks": 20,
    "checks_done": 19,
    "others": others(*[("support", "P" * 100)] * 3, *[("follow", "T" * 100)] * 3),
}


RETURNED = {"status": Status.RETURNED, "submitted_at": None}


@pytest.mark.parametrize(
    "heading", [*notice_headings.HEADINGS.values(), *notice_headings.RUNGS.values()]
)
@pytest.mark.parametrize("fill", ["a", "&", "<", "\n"])
@pytest.mark.parametrize("state", [{}, RETURNED])
def test_no_card_is_longer_than_one_look(heading: str, fill: str, state: dict[str, Any]) -> None:
    written = ("title", "note", "blocker", "request_reason")
    worst = WORST | {key: fill * len(WORST[key]) for key in written} | state
    shown = card(
        task(**worst), WHO["leader"], NOW, WORKDAYS, f"<b>{heading}</b>", f"Kết quả: {fill * 3500}"
    )
    assert read_length(shown.text) <= LIMIT
    assert "Kết quả: " in shown.text
    assert fill == "\n" or unescape(shown.text).count(fill) > 120


def test_a_usual_card_shows_everything() -> None:
    said = "Kết quả: " + "đã trình " * 20
    shown = card(task(title="ư" * 300), WHO["leader"], NOW, WORKDAYS, "<b>Nhắc</b>", said)
    assert "ư" * 300 in shown.text
    assert said in shown.text
    assert "…" not in shown.text


def test_a_long_title_gives_way_to_what_was_said() -> None:
    said = "Kết quả: " + "x" * 250
    shown = card(task(title="ư" * 500), WHO["leader"], NOW, WORKDAYS, "", said)
    assert said in shown.text
    assert "ư" * 300 in shown.text


def test_whatever_people_write_is_shown_as_they_wrote_it() -> None:
    hostile = dict.fromkeys(("title", "lead_name", "assigner_name", "blocker"), HOSTILE[:90])
    asked = {"request_id": 1, "request_due_at": office(25), "request_reason": HOSTILE[:90]}
    shown = card(task(**hostile, **asked), WHO["lead"], NOW, WORKDAYS, said=HOSTILE[:90])
    assert unescape(shown.text).count(HOSTILE[:90]) == 6
    tags = shown.text.replace("<b>Việc số 7</b>", "")
    assert "<" not in tags
    assert ">" not in tags
