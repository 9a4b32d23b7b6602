"""Periods of the summary as a leader asks for them, and the way down the tree by buttons."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from bot.rules.organisation.standing import Bucket
from bot.rules.reporting.percentages import percents, ratio
from storage.records import Counts
from tests.chat.talk import Heard, Talk
from tests.rules.task import office

MONTH = "Tháng 12/2026"


async def pressed(talk: Talk, label: str) -> Heard:
    """Press a button and return the newest message, or the one it was on in its new words."""
    await talk.press("leader", label)
    return talk.heard("leader")[-1]


async def a_month(talk: Talk) -> None:
    """Assign three tasks, two of them due, one handed in on time and accepted."""
    first = await talk.at_work.assign(title="Soạn báo cáo tuần")
    await talk.at_work.assign(title="Rà soát hồ sơ", to="clerk")
    await talk.at_work.assign(title="Lập dự toán", to="other", due=date(2027, 1, 8))
    await talk.deliver()
    await talk.say("staff", f"/viec {first.id}")
    await talk.press("staff", "Nộp kết quả")
    await talk.say("staff", "đã trình Tờ trình 12-TTr/VPTU ngày 07/12/2026 gửi Thường trực")
    await talk.press("leader", "Nghiệm thu")
    talk.now = office(15)


async def test_the_four_lists_of_a_month_and_what_is_behind_each(talk: Talk) -> None:
    await a_month(talk)
    page = await talk.say("leader", "/tonghop tháng 12")
    assert page.text.startswith(f"{MONTH}\nTính đến 09:00 15/12/2026")
    assert "Giao trong kỳ: 3 (+3)" in page.text
    assert "Hoàn thành trong kỳ: 1 (+1)\n🟢1 · đúng hạn 100,00%" in page.text
    assert "Đến hạn trong kỳ: 2 (+2)" in page.text
    assert "Chưa xong lúc này: 2 (+2)" in page.text
    assert "Trong ngoặc: tăng, giảm so với 01/11 - 15/11/2026" in page.text
    for label, titles in [
        ("Giao: 3", {"Soạn báo cáo tuần", "Rà soát hồ sơ", "Lập dự toán"}),
        ("Xong: 1", {"Soạn báo cáo tuần"}),
        ("Đến hạn: 2", {"Soạn báo cáo tuần", "Rà soát hồ sơ"}),
        ("Chưa xong: 2", {"Rà soát hồ sơ", "Lập dự toán"}),
    ]:
        listed = await pressed(talk, label)
        known = {"Soạn báo cáo tuần", "Rà soát hồ sơ", "Lập dự toán"}
        assert {one for one in known if one in listed.text} == titles, label


async def test_down_the_tree_to_a_person_and_back(talk: Talk) -> None:
    await a_month(talk)
    await talk.say("leader", "/tonghop")
    units = await pressed(talk, "Theo đơn vị")
    assert "Phòng Tổng hợp: 2 · 🟢1 🔴1" in units.text
    assert "Phòng Quản trị: 1 · 🔵1" in units.text
    assert "Cộng: 3" in units.text
    unit = await pressed(talk, "Phòng Tổng hợp")
    assert "Tổng hợp · Phòng Tổng hợp" in unit.text
    assert "Tổng số: 2 việc" in unit.text
    people = await pressed(talk, "Theo người")
    assert "Giáp Văn Lộc Ninh: 1 · 🔴1" in people.text
    person = await pressed(talk, "Giáp Văn Lộc Ninh")
    assert "Tổng số: 1 việc" in person.text
    assert "🔴 Quá hạn: 1 (100,00%)" in person.text
    late = await pressed(talk, "Quá hạn: 1")
    assert "Quá hạn chưa hoàn thành: 1 · Giáp Văn Lộc Ninh" in late.text


async def test_a_head_sees_no_more_than_their_unit(talk: Talk) -> None:
    await a_month(talk)
    page = await talk.say("head", "/tonghop tháng này")
    assert "Giao trong kỳ: 2" in page.text
    assert "Dành cho lãnh đạo" not in page.text
    assert "dành cho lãnh đạo" in (await talk.say("staff", "/tonghop tháng này")).text


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("tuần này", "Tuần 14/12 - 20/12/2026"),
        ("tuần trước", "Tuần 07/12 - 13/12/2026"),
        ("thang 10", "Tháng 10/2026"),
        ("tháng 3/2025", "Tháng 03/2025"),
        ("quý III", "Quý III/2026"),
        ("quý trước", "Quý III/2026"),
        ("năm 2025", "Năm 2025"),
        ("năm nay", "Năm 2026"),
        ("nhiệm kỳ", "Nhiệm kỳ, từ 01/07/2025"),
        ("01/10 - 15/11/2026", "Từ 01/10 - 15/11/2026"),
        ("15/11/2026 - 01/10/2026", "Từ 01/10 - 15/11/2026"),
        ("từ 20/12/2025 đến 10/1/2026", "Từ 20/12/2025 - 10/01/2026"),
    ],
)
async def test_periods_in_words(talk: Talk, asked: str, named: str) -> None:
    talk.now = office(15)
    at_work = talk.at_work.office
    at_work.reading = replace(at_work.reading, term_from=date(2025, 7, 1))
    assert (await talk.say("leader", f"/tonghop {asked}")).text.startswith(f"{named}\n")


def test_percents_add_up_to_a_hundred_and_are_the_same_for_the_same_count() -> None:
    thirds = percents(Counts(done_on_time=1, done_late=1, on_track=1))
    assert sorted(thirds.values()) == ["0,00%", "0,00%", "33,33%", "33,33%", "33,33%"]
    assert set(percents(Counts()).values()) == {"0,00%"}
    for parts in product(range(5), (1, 2, 8), (0, 3, 8), (5, 8, 40), (6, 41, 1000)):
        by_count: dict[int, str] = {}
        shares = percents(Counts(**dict(zip(Bucket, parts, strict=True))))
        assert all(by_count.setdefault(parts[n], shares[one]) == shares[one]
                   for n, one in enumerate(Bucket))  # fmt: skip
        total = sum(int(one.rstrip("%").replace(",", "")) for one in shares.values())
        assert total == 10_000
    assert ratio(2, 3) == "66,67%"
