"""The anchor of the history comes to admins, and it is the one that the history is compared with."""

from datetime import time, timedelta

from bot.actions.history import anchor
from bot.commands.checks.verification import read_anchor
from storage.history import chain
from tests.chat.talk import Talk
from tests.rules.task import office as moment


async def test_an_admin_gets_the_anchor_and_others_do_not(talk: Talk) -> None:
    await talk.at_work.assign()
    said = (await talk.say("admin", "/neo")).text
    known = read_anchor(said.splitlines()[1])
    assert known == await chain.anchor(talk.at_work.db)
    assert "dành cho quản trị" in (await talk.say("leader", "/neo")).text
    await talk.at_work.assign()
    assert await chain.verify(talk.at_work.db, known) is None


async def test_it_comes_once_on_a_working_day_where_it_is_set(talk: Talk) -> None:
    office = talk.at_work.office
    assert await anchor.look(office, moment(7, 16)) == 0
    office.anchor_at = time(16)
    begun = [
        await anchor.look(office, moment(7, 15) + timedelta(minutes=10 * step))
        for step in range(6 * 24 * 8)
    ]
    assert (sum(begun), begun.index(1)) == (6, 6)  # Monday to Friday, and the Monday after
    talk.now = moment(7, 16)
    await talk.deliver()
    assert talk.heard("admin")[-1].text.startswith("Mốc lịch sử lúc 16:00 07/12/2026\n")
