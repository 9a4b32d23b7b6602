"""So much a minute for each: a burst passes, a flood does not, and what came late is no flood."""

from bot.rules.user_rate_limit import Allowance


def taken(allowance: Allowance, who: int, *moments: float) -> int:
    return sum(allowance.take(who, at) for at in moments)


def test_a_burst_passes_and_what_comes_on_top_waits() -> None:
    allowance = Allowance(60)
    assert taken(allowance, 1, *[0.0] * 100) == 60
    assert taken(allowance, 1, *[1.0] * 5) == 1
    assert taken(allowance, 1, *[61.0] * 100) == 60


def test_each_has_their_own() -> None:
    allowance = Allowance(2)
    assert taken(allowance, 1, 0, 0, 0) == 2
    assert taken(allowance, 2, 0, 0, 0) == 2


def test_no_minute_wherever_it_begins_holds_more_than_two_allowances() -> None:
    allowance = Allowance(30)
    moments = [tenth / 10 for tenth in range(3000)]
    let_in = [at for at in moments if allowance.take(1, at)]
    assert max(sum(start <= at < start + 60 for at in let_in) for start in range(240)) <= 60
    assert len(let_in) >= 30 * 5


def test_what_waited_for_hours_counts_by_when_it_was_written() -> None:
    assert taken(Allowance(60), 1, *(float(minute * 60) for minute in range(500))) == 500


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing() -> None:
    allowance = Allowance(2)
    assert taken(allowance, 1, 7200, 0, 0) == 2
    assert taken(allowance, 1, 7260, 7260, 7260) == 2


def test_nothing_is_no_limit() -> None:
    assert taken(Allowance(0), 1, *[0.0] * 1000) == 1000


def test_whom_it_knows_it_forgets_once_there_are_many() -> None:
    allowance = Allowance(60)
    assert all(allowance.take(who, who / 100) for who in range(30_000))
    assert len(allowance._known) <= 10_000


def test_so_many_in_an_hour() -> None:
    allowance = Allowance(1, 3600)
    assert taken(allowance, 1, 0, 60, 3599) == 1
    assert taken(allowance, 1, 3600, 3601, 7200) == 2


def test_a_crowd_is_forgotten_once_it_has_been_quiet() -> None:
    allowance = Allowance(60)
    for who in range(50_000):
        assert allowance.take(who, 0.0)
    for who in range(50_000, 100_000):
        allowance.take(who, 100.0)
    assert len(allowance._known) < 60_000
    for who in range(30_000):
        allowance.take(who, 1000.0 + who)
    assert len(allowance._known) < 12_000
