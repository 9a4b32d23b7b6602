"""The state of the work as a picture for a phone: buckets by unit, the trend, and the load of people.

Buckets differ by colour, by hatching and by their figures: any one of these is enough to read them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import shorten

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.renderers.tables import BUCKETS
from bot.rules.organisation.standing import Bucket
from storage.records import Counts

COLOURS = {
    Bucket.DONE_ON_TIME: ("#2e7d32", ""),
    Bucket.DONE_LATE: ("#fb8c00", "///"),
    Bucket.ON_TRACK: ("#90caf9", "..."),
    Bucket.OVERDUE: ("#c62828", "xxx"),
    Bucket.NO_DEADLINE: ("#bdbdbd", "|||"),
}
"""Colour and hatching of each bucket; light and dark alternate along a bar."""

MOST_UNITS, MOST_PEOPLE = 12, 10
WIDTH, DOTS = 7.2, 150
"""Width in inches, and dots an inch: 1080 dots, as wide as a phone."""


@dataclass(frozen=True)
class Bar:
    """A name with its buckets."""

    name: str
    counts: Counts


@dataclass(frozen=True)
class Chart:
    """What a picture shows: the buckets by unit, what was finished in each week or month, open tasks by lead."""

    title: str
    at: str
    units: Sequence[Bar]
    part: str
    """The unit of the trend: "tuần" or "tháng"."""
    weeks: Sequence[Bar]
    people: Sequence[Bar]


def bars(found: Sequence[Bar], most: int, rest: str) -> list[Bar]:
    """Return the bars with the most overdue, then the most tasks; the others become one bar, so the sum stays."""
    ranked = sorted(found, key=lambda one: (-one.counts.overdue, -one.counts.total, one.name))
    if len(ranked) <= most:
        return ranked
    shown, left = ranked[: most - 1], ranked[most - 1 :]
    sums = {bucket: sum(getattr(one.counts, bucket) for one in left) for bucket in Bucket}
    return [*shown, Bar(f"{rest} ({len(left)})", Counts(**sums))]


def png(chart: Chart) -> bytes:
    """Return the picture as PNG, 1080 dots wide."""
    units = bars(chart.units, MOST_UNITS, "Đơn vị khác")
    load = [_open(one) for one in chart.people]
    people = bars([one for one in load if one.counts.total], MOST_PEOPLE, "Người khác")
    heights = [1.2 + 0.42 * max(1, len(units)), 2.6, 1.0 + 0.36 * max(1, len(people))]
    figure = Figure(figsize=(WIDTH, sum(heights) + 1.6), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(f"{chart.title}\n{chart.at}", fontsize=13, fontweight="bold")
    first, second, third = figure.subplots(3, 1, height_ratios=heights)
    _stacked(first, units, "Theo đơn vị (số việc)")
    _trend(second, chart.part, chart.weeks)
    _stacked(third, people, "Việc đang mở theo người chủ trì")
    handles, labels = first.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=10, frameon=False)
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _open(one: Bar) -> Bar:
    found = one.counts
    still = {"on_track": found.on_track, "overdue": found.overdue, "no_deadline": found.no_deadline}
    return Bar(one.name, Counts(**still))


def _stacked(axes: Axes, found: Sequence[Bar], title: str) -> None:
    """Draw one bar for each name, made of its buckets, with the first name on top."""
    axes.set_title(title, loc="left", fontsize=12)
    places = range(len(found))
    names = [shorten(one.name, 34, placeholder="…") for one in found]
    whole = max((one.counts.total for one in found), default=0)
    lefts = [0] * len(found)
    for bucket, (colour, hatch) in COLOURS.items():
        widths = [int(getattr(one.counts, bucket)) for one in found]
        axes.barh(
            places, widths, left=lefts, color=colour, hatch=hatch, edgecolor="white",
            linewidth=0.8, label=BUCKETS[bucket],
        )  # fmt: skip
        for place, left, width in zip(places, lefts, widths, strict=True):
            if width and width * 18 > whole:
                _figure(axes, left + width / 2, place, width)
        lefts = [left + width for left, width in zip(lefts, widths, strict=True)]
    for place, total in zip(places, lefts, strict=True):
        axes.text(total, place, f" {total}", va="center", fontsize=10, fontweight="bold")
    axes.set_yticks(list(places), names, fontsize=10)
    axes.set_xlim(0, max(1, whole) * 1.1)
    axes.invert_yaxis()
    _plain(axes)


def _trend(axes: Axes, part: str, weeks: Sequence[Bar]) -> None:
    """Draw what was finished in each week or month, in time and late, and how many were overdue at its end."""
    axes.set_title(f"Theo {part}: hoàn thành; quá hạn cuối {part} (đường)", loc="left", fontsize=12)
    places = range(len(weeks))
    bottoms = [0] * len(weeks)
    for bucket in (Bucket.DONE_ON_TIME, Bucket.DONE_LATE):
        colour, hatch = COLOURS[bucket]
        heights = [int(getattr(one.counts, bucket)) for one in weeks]
        axes.bar(places, heights, bottom=bottoms, color=colour, hatch=hatch, edgecolor="white")
        bottoms = [bottom + height for bottom, height in zip(bottoms, heights, strict=True)]
    overdue = [one.counts.overdue for one in weeks]
    axes.plot(places, overdue, color=COLOURS[Bucket.OVERDUE][0], marker="s", linewidth=2)
    for place, count in zip(places, overdue, strict=True):
        axes.annotate(str(count), (place, count), (0, 5), textcoords="offset points", ha="center")
    axes.set_xticks(list(places), [one.name for one in weeks], fontsize=9)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(0, max([1, *bottoms, *overdue]) * 1.2)
    axes.spines[["top", "right"]].set_visible(False)


def _figure(axes: Axes, x: float, y: float, count: int) -> None:
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
    axes.text(x, y, str(count), ha="center", va="center", fontsize=9, bbox=box)


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])
