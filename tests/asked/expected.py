"""Which rows answer which question, told from the rows as they were written down."""

from collections import Counter
from collections.abc import Callable

from tests.asked.office import TASKS, WORKED, T, day, days_late

Test = Callable[[T], bool]


def is_open(one: T) -> bool:
    return one.status not in ("done", "cancelled")


def late(one: T) -> bool:
    return is_open(one) and days_late(one) > 0


def ever_late(one: T) -> bool:
    return one.status != "cancelled" and days_late(one) > 0


def due(one: T, first: str, last: str) -> bool:
    return bool(one.due) and day(first) <= day(one.due) <= day(last)


def due_open(one: T, first: str, last: str) -> bool:
    """Still to be handed in."""
    return one.status in WORKED and due(one, first, last)


def has(one: T, name: str) -> bool:
    return one.lead == name or name in one.helps.split()


def done(one: T, first: str, last: str) -> bool:
    return one.status == "done" and day(first) <= day(one.closed) <= day(last)


def made(one: T, first: str, last: str) -> bool:
    return day(first) <= day(one.made) <= day(last)


def quiet(one: T) -> bool:
    """Nothing was heard for five working days: since the 17th, with the holiday on the 24th."""
    return one.status in WORKED and day(one.heard or one.made) <= day("17/11")


def unreported(one: T) -> bool:
    return one.status in WORKED and (not one.heard or quiet(one))


def most(counted: Test, by: Callable[[T], str]) -> str:
    """Return the one unit or person with the most; there must be no other with as many."""
    (first, many), *others = Counter(by(one) for one in TASKS if counted(one)).most_common()
    assert not others or others[0][1] < many
    return first


def of_top(counted: Test, by: Callable[[T], str]) -> Test:
    top = most(counted, by)
    return lambda one: counted(one) and by(one) == top


def unit(one: T) -> str:
    return one.unit


def lead(one: T) -> str:
    return one.lead


NAMED: dict[str, Test] = {
    "qt late over 3": lambda t: t.unit == "qt" and late(t) and days_late(t) > 3,
    "qt late": lambda t: t.unit == "qt" and late(t),
    "th late from 10": lambda t: t.unit == "th" and late(t) and days_late(t) >= 10,
    "late": late,
    "late over 5": lambda t: late(t) and days_late(t) > 5,
    "quyen this week": lambda t: has(t, "quyen") and due_open(t, "23/11", "29/11"),
    "man this week": lambda t: has(t, "man") and due_open(t, "23/11", "29/11"),
    "tram next week": lambda t: has(t, "tram") and due_open(t, "30/11", "6/12"),
    "tc this week": lambda t: t.unit == "tc" and due_open(t, "23/11", "29/11"),
    "december": lambda t: due_open(t, "1/12", "31/12"),
    "document 2618": lambda t: t.document == "2618",
    "document 05": lambda t: t.document == "05",
    "slowest unit this quarter": of_top(lambda t: ever_late(t) and due(t, "1/10", "31/12"), unit),
    "slowest unit last month": of_top(lambda t: ever_late(t) and due(t, "1/10", "31/10"), unit),
    "slowest unit now": of_top(late, unit),
    "busiest": of_top(is_open, lead),
    "busiest of th": of_top(lambda t: is_open(t) and t.unit == "th", lead),
    "busiest of qt": of_top(lambda t: is_open(t) and t.unit == "qt", lead),
    "latest person": of_top(late, lead),
    "busiest unit": of_top(is_open, unit),
    "on time in october": lambda t: done(t, "1/10", "31/10") and not ever_late(t),
    "done in november": lambda t: done(t, "1/11", "30/11"),
    "done this week": lambda t: done(t, "23/11", "29/11"),
    "done late in october": lambda t: done(t, "1/10", "31/10") and ever_late(t),
    "done by th in quarter 3": lambda t: t.unit == "th" and done(t, "1/7", "30/9"),
    "done last year": lambda t: done(t, "1/1/2025", "31/12/2025"),
    "an unreported": lambda t: has(t, "an") and unreported(t),
    "ninh unreported": lambda t: has(t, "ninh") and unreported(t),
    "given by linh yesterday": lambda t: t.by == "linh" and made(t, "24/11", "24/11"),
    "given by thuyen yesterday": lambda t: t.by == "thuyen" and made(t, "24/11", "24/11"),
    "given by linh to quyen": lambda t: t.by == "linh" and has(t, "quyen") and is_open(t),
    "given this week": lambda t: t.status != "cancelled" and made(t, "23/11", "29/11"),
    "due today": lambda t: due_open(t, "25/11", "25/11"),
    "due tomorrow": lambda t: due_open(t, "26/11", "26/11"),
    "due this week": lambda t: due_open(t, "23/11", "29/11"),
    "due within 3 days": lambda t: due_open(t, "25/11", "28/11"),
    "due on 30/11": lambda t: due_open(t, "30/11", "30/11"),
    "linh decides": lambda t: t.by == "linh" and (t.status == "submitted" or t.asks_more),
    "mo decides": lambda t: t.by == "mo" and (t.status == "submitted" or t.asks_more),
    "submitted": lambda t: t.status == "submitted",
    "blocked": lambda t: is_open(t) and bool(t.blocker),
    "blocked of qt": lambda t: t.unit == "qt" and bool(t.blocker),
    "titled mua sam may tinh": lambda t: "mua sắm máy tính" in t.title,
    "titled kiem ke": lambda t: "Kiểm kê tài sản" in t.title,
    "number 7": lambda t: t.number == 7,
    "extension asked": lambda t: t.asks_more,
    "extended": lambda t: is_open(t) and t.extended > 0,
    "returned": lambda t: t.status == "returned",
    "stale": quiet,
    "stale of hc": lambda t: t.unit == "hc" and quiet(t),
    "flash": lambda t: is_open(t) and t.urgency == "flash",
    "urgent": lambda t: is_open(t) and t.urgency != "normal",
    "unreceived": lambda t: t.status == "assigned",
    "undated": lambda t: is_open(t) and not t.due,
    "paused": lambda t: t.status == "paused",
    "tram open": lambda t: has(t, "tram") and is_open(t),
    "vuong open": lambda t: has(t, "vuong") and is_open(t),
    "th open": lambda t: t.unit == "th" and is_open(t),
    "tc open before 30/11": lambda t: t.unit == "tc" and due_open(t, "25/11", "30/11"),
    "vp late": lambda t: t.unit != "hs" and late(t),
    "quyen from now on": lambda t: has(t, "quyen") and due_open(t, "25/11", "29/11"),
    "th late": lambda t: t.unit == "th" and late(t),
    "cy late": lambda t: t.unit == "cy" and late(t),
    "an late": lambda t: has(t, "an") and late(t),
    "vy this week": lambda t: has(t, "vy") and due_open(t, "23/11", "29/11"),
    "tuong this week": lambda t: has(t, "tuong") and due_open(t, "23/11", "29/11"),
    "th this week": lambda t: t.unit == "th" and due_open(t, "23/11", "29/11"),
    "hc this week": lambda t: t.unit == "hc" and due_open(t, "23/11", "29/11"),
    "due next week": lambda t: due_open(t, "30/11", "6/12"),
    "due this month": lambda t: due_open(t, "1/11", "30/11"),
    "done in october": lambda t: done(t, "1/10", "31/10"),
    "done in the term": lambda t: done(t, "1/7/2025", "30/6/2030"),
    "unreported": unreported,
    "titled thu dien tu": lambda t: "thư điện tử" in t.title,
    "titled hoi truong": lambda t: "hội trường" in t.title,
    "kha open": lambda t: has(t, "kha") and is_open(t),
    "hs open": lambda t: t.unit == "hs" and is_open(t),
    "tram late": lambda t: has(t, "tram") and late(t),
    "hs late": lambda t: t.unit == "hs" and late(t),
    "kha next week": lambda t: has(t, "kha") and due_open(t, "30/11", "6/12"),
    "nghia next week": lambda t: has(t, "nghia") and due_open(t, "30/11", "6/12"),
    "slowest unit last quarter": of_top(lambda t: ever_late(t) and due(t, "1/7", "30/9"), unit),
    "given by linh to tram": lambda t: t.by == "linh" and has(t, "tram") and is_open(t),
    "due on friday": lambda t: due_open(t, "27/11", "27/11"),
}


def rows(name: str) -> set[int]:
    """Return the numbers of the tasks that answer a question of this name."""
    return {one.number for one in TASKS if NAMED[name](one)}
