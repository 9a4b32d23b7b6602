"""What follows `/tonghop` and `/baocao` narrows the figures down, or is said not to."""

import pytest

from tests.chat.talk import Talk

NOT_READ = "nên số liệu dưới đây không lọc theo đó."


@pytest.mark.parametrize(
    ("said", "unread"),
    [
        ("phòng Abc", "abc"),
        ("tháng 13", "tháng 13"),
        ("năm 1900", "năm 1900"),
        ("tháng 12 phòng <b>", "b"),
    ],
)
async def test_words_not_read_are_told_below_the_heading(
    talk: Talk, said: str, unread: str
) -> None:
    await talk.at_work.assign(title="Soạn báo cáo tuần")
    heard = await talk.say("leader", f"/tonghop {said}")
    assert heard.text.split("\n\n")[1] == f"Chưa rõ “{unread}”, {NOT_READ}"


async def test_a_report_says_so_too_and_that_it_is_of_no_single_person(talk: Talk) -> None:
    await talk.at_work.assign(title="Soạn báo cáo tuần")
    heard = await talk.say("leader", "/baocao tháng 12 phòng Abc")
    assert f"\n\nChưa rõ “abc”, {NOT_READ}\n\n" in heard.text
    heard = await talk.say("leader", "/baocao tháng 12 Mạc Thiên Ân")
    assert "\n\nBáo cáo lập theo đơn vị" in heard.text
    assert "đồng chí chọn kỳ" in (await talk.say("leader", "/baocao tháng 13")).text


async def test_a_person_is_looked_at_alone(talk: Talk) -> None:
    await talk.at_work.assign(title="Soạn báo cáo tuần")
    heard = await talk.say("leader", "/tonghop đồng chí Ân")
    assert heard.text.startswith("Tổng hợp · Mạc Thiên Ân\n")
