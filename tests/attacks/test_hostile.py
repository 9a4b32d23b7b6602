"""A short form of `benchmarks.hostile`: whatever a hostile client does at random, people at work are answered.

How fast is for a machine that does nothing else: `python -m benchmarks.hostile`.
"""

import pytest

from benchmarks.hostile.__main__ import attacked
from benchmarks.hostile.aims import wrong_updates
from benchmarks.hostile.found import OF_THE_TEN
from benchmarks.hostile.shown import show
from tests.stories.stage import Stage


@pytest.mark.parametrize("seed", [1, 2])
async def test_people_are_answered_beside_a_hostile_client(
    stage: Stage, long: bool, seed: int
) -> None:
    if not long and seed != 1:
        pytest.skip("two minutes: --long")
    seen = await attacked(stage, 2.0 if long else 0.25, seed)
    show(seen)
    assert seen.broken == []
    assert list(wrong_updates(seen)) == []
    assert seen.work.unanswered == []
    assert len(seen.work.done["accept"]) >= (20 if long else 2)
    hostile = [one.sent for act, one in seen.updates.items() if act != OF_THE_TEN]
    assert sum(hostile) > (300 if long else 50)
