"""Buttons say what was pressed in 64 bytes, and data from outside never does harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.buttons import Press, button, pairs, parse, rows
from bot.chat.choice_buttons import OPEN_ENDED
from bot.chat.directives.directives import MAX_VALUE
from bot.chat.organisation.person import MAX_NAME
from bot.chat.routes import BUTTONS
from bot.chat.tasks.asking import ASKS
from bot.chat.tasks.task import MOVES
from bot.rules.tasks.lifecycle import Move

MOST_BYTES = 64
BIG, MANY = 10**12, 10**6
VALUES = {
    "draft.ask": "deadline",
    "draft.product": "6",
    "draft.decider": str(BIG),
    "draft.due": "202612111700",
    "draft.lead": str(BIG),
    "ask.percent": "100",
    "which.task": str(BIG),
    "which.page": str(MANY),
    "doc.open": str(MANY),
    "split.list": str(MANY),
    "entry.new": "a" * MAX_VALUE,
    "entry.clock": "receipt",
    "entry.for": f"p{BIG}",
    "check.tick": str(BIG),
    "check.drop": str(BIG),
    "check.percent": "100",
    "extension.due": "202612111700",
    "handover.give": str(BIG),
    "handover.person": str(BIG),
    "edit.field": "deadline",
    "edit.set": "evidence.2",
    "edit.drop": str(BIG),
    "edit.decider": str(BIG),
    "task.grade": "excellent",
    "task.snooze": "afternoon",
    "reminders.snooze": "afternoon",
    "digest.snooze": "afternoon",
    "digest.hour": "usual",
    "deadlines.ask": "renew",
    "ask.lead": str(BIG),
    "summary.open": f"k{BIG}.d2026121120261211",
    "summary.period": f"k{BIG}.d2026121120261211",
    "summary.by": f"pak{BIG}.d2026121120261211",
    "summary.rows": f"ok{BIG}.d2026121120261211",
    "summary.turn": f"ok{BIG}.d2026121120261211",
    "away.change": "deputy",
    "person.page": "a" * MAX_NAME,
    "ask.heir": str(BIG),
    "ask.merger": f"p{BIG}",
    "unit.head": str(BIG),
    "merger.begin": "dissolve",
    "ask.away_days": "2026121120261211",
    "ask.away_deputy": str(BIG),
    "ask.away_again": "deputy",
}


@pytest.mark.parametrize("kind", BUTTONS)
def test_the_longest_data_of_each_button(kind: str) -> None:
    pages = {"entry.new", "person.page"}
    is_page = kind.startswith("summary.") or kind in pages
    press = Press(kind, MANY if is_page else BIG, 0 if is_page else MANY, VALUES.get(kind, ""))
    assert len(press.data.encode()) <= MOST_BYTES
    assert parse(press.data) == press


def test_every_move_has_a_button_and_one_way_to_be_made() -> None:
    assert not set(MOVES) & set(ASKS)
    assert {f"task.{move}" for move in Move} <= set(BUTTONS)


@given(
    st.sampled_from(sorted(BUTTONS)),
    st.integers(0, BIG),
    st.integers(0, MANY),
    st.sampled_from(["", OPEN_ENDED, "a:b", "bao cao"]),
)
def test_what_is_packed_is_read(kind: str, number: int, version: int, value: str) -> None:
    sent = button("Nhãn", kind, number, version, value)
    assert parse(sent.data) == Press(kind, number, version, value)


@given(st.text() | st.text(":0123456789.task-e", max_size=40))
def test_any_text_is_a_press_or_none(data: str) -> None:
    press = parse(data)
    if press is not None:
        assert 0 <= press.id < 2**63
        assert 0 <= press.version < 2**63


@pytest.mark.parametrize(
    "data",
    [
        None, "", ":", "::", ":::", "task.open", "task.open:", "task.open:1", "task.open:1:",
        "task.open:-1:1:", "task.open:1:-1:", "task.open: 1:1:", "task.open:1.5:1:",
        "task.open:²:1:", "task.open:1:½:", "task.open:" + "9" * 19 + ":1:", "\0:1:1",
    ],
)  # fmt: skip
def test_data_that_nobody_packed(data: str | None) -> None:
    press = parse(data)
    assert press is None or press.kind not in BUTTONS


def test_a_keyboard_has_no_empty_line() -> None:
    one = button("Một", "task.open", 1)
    assert rows([], []) is None
    keyboard = rows([one], [], [one, one])
    assert keyboard is not None
    assert [len(line) for line in keyboard] == [1, 2]
    assert [len(line) for line in pairs([one] * 5)] == [2, 2, 1]
    assert pairs([]) == []
