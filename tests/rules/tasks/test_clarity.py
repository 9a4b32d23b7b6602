"""6 rõ: which of the six are missing, and what is asked for, once."""

import pytest

from bot.rules.tasks.clarity import ASKED, Clear, to_ask, unclear

ALL = dict.fromkeys(("led", "titled", "dated", "answered_for", "product", "decided"), True)


def test_a_task_that_says_all_six_lacks_none() -> None:
    assert unclear(**ALL) == ()
    assert unclear(**dict.fromkeys(ALL, False)) == tuple(Clear)


@pytest.mark.parametrize(("said", "missing"), list(zip(ALL, Clear, strict=True)))
def test_each_of_the_six_is_missed_alone(said: str, missing: Clear) -> None:
    assert unclear(**ALL | {said: False}) == (missing,)


def test_what_may_stay_open_is_asked_one_by_one_and_never_twice() -> None:
    assert to_ask(tuple(Clear), ()) is Clear.PRODUCT
    assert to_ask(tuple(Clear), (Clear.PRODUCT,)) is Clear.AUTHORITY
    assert to_ask(tuple(Clear), ASKED) is None
    assert to_ask((Clear.PERSON, Clear.TIME), ()) is None
