"""A short form of `benchmarks.hostile`: whatever a hostile client does at random, people at work are answered."""

import pytest

from benchmarks.hostile import attacked, share_within, show
from tests.stories.stage import Stage

SECONDS = 1.0
"""Within which most are answered: nine of ten in the long form. Tests share a machine; an hour by itself tells p99."""


@pytest.mark.parametrize("seed", [1, 2])
async def test_people_are_answered_beside_a_hostile_client(
    stage: Stage, long: bool, seed: int
) -> None:
    if not long and seed != 1:
        pytest.skip("three minutes: --long")
    seen = await attacked(stage, 3.0 if long else 0.25, seed)
    show(seen)
    assert seen.wrong == []
    assert seen.work.unanswered == []
    assert len(seen.work.done["accept"]) >= (50 if long else 3)
    assert seen.acts.total() > (500 if long else 50)
    assert share_within(seen.seconds, 0.9 if long else 0.5) < SECONDS
