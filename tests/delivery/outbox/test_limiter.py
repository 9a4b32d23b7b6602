"""The pace under any demand, by a clock that only the test moves; then the queue in real time."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import stopwatch
from bot.delivery.outbox.limiter import Limiter, Pace, TooLong
from storage.records import Priority

DEMAND = st.lists(
    st.tuples(
        st.sampled_from([101, 102, 103, -1]),
        st.booleans(),
        st.floats(0, 3, allow_nan=False),
    ),
    max_size=120,
)


def run(demand: list[tuple[int, bool, float]], rate: float) -> list[tuple[float, int, bool]]:
    """Send each message as soon as the pace lets it; return when each went."""
    now, pace, sent = 0.0, Pace(rate, 0.0), []
    for chat_id, edit, later in demand:
        now += later
        while wait := pace.wait(chat_id, edit, now):
            assert wait > 0
            now += wait
        pace.take(chat_id, edit, now)
        sent.append((now, chat_id, edit))
    return sent


def most_within(times: list[float], seconds: float) -> int:
    return max((sum(a <= t < a + seconds for t in times) for a in times), default=0)


@given(DEMAND, st.sampled_from([2.0, 10.0, 30.0]))
def test_no_window_holds_more_than_its_limit(
    demand: list[tuple[int, bool, float]], rate: float
) -> None:
    sent = run(demand, rate)
    assert most_within([at for at, _, _ in sent], 0.999) <= rate + max(1, rate / 6)
    for chat in (101, 102, 103):
        assert most_within([at for at, to, edit in sent if to == chat and not edit], 0.999) <= 4
    assert most_within([at for at, to, _ in sent if to == -1], 59.99) <= 20


@given(DEMAND)
def test_nobody_waits_longer_than_the_limits_ask(demand: list[tuple[int, bool, float]]) -> None:
    for (before, _, _), (after, chat, edit), (_, _, later) in zip(
        run(demand, 30.0), run(demand, 30.0)[1:], demand[1:], strict=False
    ):
        slowest = 1 / 30 if edit and chat > 0 else 4.0 if chat < 0 else 1.0
        assert after - before - later <= slowest + 1e-6


def test_a_burst_passes_then_one_a_second() -> None:
    times = [at for at, _, _ in run([(101, False, 0.0)] * 6, 30.0)]
    assert times[:3] == [0, 0, 0]
    assert [round(b - a, 6) for a, b in pairwise(times[2:])] == [1, 1, 1]


@given(st.floats(0.1, 1000), st.lists(st.floats(0, 50), max_size=20))
def test_a_silence_asked_for_is_kept_exactly(silence: float, steps: list[float]) -> None:
    pace, now = Pace(30.0, 0.0), 0.0
    pace.bar(101, silence)
    for step in steps:
        now += step
        assert pace.wait(101, False, now) == pytest.approx(max(0.0, silence - now))
        assert pace.wait(102, False, now) == 0


def test_a_shorter_silence_does_not_end_a_longer_one() -> None:
    pace = Pace(30.0, 0.0)
    pace.bar(101, 20)
    pace.bar(101, 5)
    assert pace.wait(101, False, 6) == 14


def test_without_limits_only_a_silence_holds() -> None:
    pace = Pace(0, 0.0)
    for _ in range(1000):
        assert pace.wait(101, False, 0.0) == 0
        pace.take(101, False, 0.0)
    pace.bar(101, 3)
    assert pace.wait(101, False, 1.0) == 2


def test_many_chats_are_forgotten_once_their_bucket_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.delivery.outbox.limiter._CHATS_KEPT", 10)
    pace = Pace(30.0, 0.0)
    for chat in range(1, 100):
        pace.take(chat, False, chat * 10.0)
    assert len(pace._chats) <= 10


async def test_answers_overtake_reminders() -> None:
    limiter = Limiter(50, stopwatch)
    passed: list[int] = []

    async def send(chat: int, priority: int) -> None:
        await limiter.acquire(chat, priority, edit=False, patience=5)
        passed.append(priority)

    for chat in range(100, 100 + 8):  # the burst
        await limiter.acquire(chat, Priority.ANSWER, edit=False, patience=5)
    reminders = [asyncio.create_task(send(chat, Priority.REMINDER)) for chat in range(10)]
    await asyncio.sleep(0)
    answers = [asyncio.create_task(send(chat, Priority.ANSWER)) for chat in range(20, 25)]
    await asyncio.gather(*reminders, *answers)
    assert passed[1:6] == [Priority.ANSWER] * 5 or passed[:5] == [Priority.ANSWER] * 5
    assert passed[6:] == [Priority.REMINDER] * 9


async def test_a_chat_that_has_to_wait_does_not_hold_up_another() -> None:
    limiter = Limiter(1000, stopwatch)
    for _ in range(3):
        await limiter.acquire(101, Priority.ANSWER, edit=False, patience=5)
    waiting = asyncio.create_task(limiter.acquire(101, Priority.ANSWER, edit=False, patience=5))
    await asyncio.sleep(0)
    await asyncio.wait_for(
        limiter.acquire(102, Priority.REMINDER, edit=False, patience=5), timeout=0.5
    )
    assert not waiting.done()
    waiting.cancel()
    await asyncio.wait_for(limiter.acquire(103, Priority.ANSWER, edit=False, patience=5), 0.5)


async def test_a_long_silence_is_said_at_once() -> None:
    limiter = Limiter(30, stopwatch)
    await limiter.bar(101, 60)
    with pytest.raises(TooLong) as caught:
        await limiter.acquire(101, Priority.ANSWER, edit=False, patience=10)
    assert 59 < caught.value.seconds <= 60
