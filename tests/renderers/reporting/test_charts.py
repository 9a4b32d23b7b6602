"""The picture: as wide as a phone, quick, in colours that everybody tells apart, adding up."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.renderers.reporting.charts import COLOURS, Bar, Chart, bars, png
from bot.renderers.reporting.report_chart import picture
from storage.records import Counts
from tests.renderers.samples import month_of_the_demo

MANY = [Bar(f"Đảng ủy phường {n}", Counts(done_on_time=n, overdue=n % 3)) for n in range(1, 41)]


def test_a_picture_is_as_wide_as_a_phone_and_has_each_colour() -> None:
    image = Image.open(BytesIO(picture(month_of_the_demo()))).convert("RGB")
    assert image.width == 1080
    assert 1000 < image.height < 2400
    drawn = {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b) in image.getcolors(10**7) or []}  # type: ignore[misc]
    assert {colour for colour, _ in COLOURS.values()} <= drawn


def test_buckets_are_told_apart_without_colours() -> None:
    """By hatching each, and neighbours along a bar by how light they are."""
    assert len({hatch for _, hatch in COLOURS.values()}) == len(COLOURS)
    lights = [_luminance(colour) for colour, _ in COLOURS.values()]
    assert all(abs(one - other) > 0.15 for one, other in pairwise(lights))


def test_the_units_that_are_not_shown_are_one_bar_and_all_add_up() -> None:
    shown = bars(MANY, 12, "Đơn vị khác")
    assert len(shown) == 12
    assert shown[-1].name == "Đơn vị khác (29)"
    assert sum(one.counts.total for one in shown) == sum(one.counts.total for one in MANY)
    assert all(one.counts.overdue == 2 for one in shown[:11])


@pytest.mark.parametrize("found", [[], MANY[:1], MANY])
def test_any_number_of_units_can_be_drawn(found: list[Bar]) -> None:
    """Every letter has its glyph, or there would be a warning, which is a failure here."""
    chart = Chart("Tình hình giữa nhiệm kỳ: ẫ ữ ợ ỵ Ỷ Đ đ", "Tính đến", found, "tuần", found, found)
    assert png(chart).startswith(b"\x89PNG")


def _luminance(colour: str) -> float:
    """Return how light a colour is to the eye, 0 to 1 (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
