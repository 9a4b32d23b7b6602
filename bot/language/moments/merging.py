"""Merge two moments that belong together: the day and the hour of one deadline."""

from bot.language.deadline.limit_marks import LIMITS, Candidate
from bot.language.moments.clocks import within


def are_day_and_hour(first: Candidate, second: Candidate) -> bool:
    """Tell whether one moment names the day and the other the hour; a part of the day may limit the hour."""
    one, other = first.moment, second.moment
    if (one.day and one.day.moment) or (other.day and other.day.moment):
        return False
    if bool(one.day) == bool(other.day):
        return False
    of_day, of_hour = (one, other) if one.day else (other, one)
    hour = of_hour.clock or of_hour.part
    if of_day.clock is None and of_day.part and hour:
        return within(hour, of_day.part) is not None
    return bool(of_day.clock or of_day.part) != bool(of_hour.clock or of_hour.part)


def merged(one: Candidate, other: Candidate) -> Candidate:
    first, second = sorted((one, other), key=lambda each: each.start)
    day = first if first.moment.day else second
    hour = second if day is first else first
    near = second.start - first.end <= 2
    clock, part = hour.moment.clock, day.moment.part
    moment = hour.moment._replace(
        clock=within(clock, part) if clock and part else clock,
        day=day.moment.day,
        start=first.moment.start if near else second.moment.start,
        end=second.end,
    )
    limit = first if first.role in LIMITS else second
    return Candidate(limit.role, first.start if near else second.start, moment)
