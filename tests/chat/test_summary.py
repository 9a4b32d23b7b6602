"""The summary as a leader reads it."""

from bot.actions import answer
from tests.chat.talk import Talk
from tests.rules.task import office


async def test_what_needs_somebody_is_counted_under_its_heading(talk: Talk) -> None:
    blocked = await talk.at_work.assign(title="Lập danh mục hồ sơ")
    late = await talk.at_work.assign(title="Soạn báo cáo tuần")
    who = talk.at_work.who["staff"]
    await answer.block(talk.at_work.office, who, blocked.id, "Chưa có số liệu", talk.now, None)
    await talk.deliver()
    assert "\n\nCần xử lý: 1\n\n" in (await talk.say("leader", "/tonghop")).text
    talk.now = office(15)
    summary = await talk.say("leader", "/tonghop")
    assert "\n\nCần xử lý: 2\n\n" in summary.text
    assert {f"Việc {blocked.id}", f"Việc {late.id}"} <= set(summary.buttons)
    assert summary.text.count("(quá hạn 2 ngày làm việc)") == 2
