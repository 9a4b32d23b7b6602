"""What a leader or head reads of units that are not theirs is in the history, and nothing else is."""

import json

import pytest

from bot.actions.files import attach_files, file_store
from bot.actions.files.file_store import Paper
from bot.rules.tasks.lifecycle import Move
from storage.history import audit
from storage.history.chain import verify
from tests.chat.talk import Talk


async def read(talk: Talk) -> list[tuple[str, dict[str, object]]]:
    """Return who read what since it was last asked; the chain is whole."""
    db = talk.at_work.db
    assert await verify(db) is None
    rows = await db.fetch("SELECT actor_id, facts FROM events WHERE kind = 'read' ORDER BY id")
    names = {person_id: name for name, person_id in talk.at_work.ids.items()}
    seen, talk.read = getattr(talk, "read", 0), len(rows)  # type: ignore[attr-defined]
    return [(names[row["actor_id"]], json.loads(row["facts"])) for row in rows[seen:]]


async def test_each_way_to_read_across_units_is_noted_once(talk: Talk) -> None:
    task = await talk.at_work.assign(title="Soạn báo cáo tuần")
    await talk.deliver()
    office, units, ids = talk.at_work.office, talk.at_work.units, talk.at_work.ids
    version = await audit.office_version(office.db)
    summary = await talk.say("leader", "/tonghop")
    assert await read(talk) == [("leader", {"of": "summary"})]
    by_unit = "Theo đơn vị"
    assert by_unit in summary.buttons
    await talk.press("leader", by_unit, summary)
    assert await read(talk) == [("leader", {"of": "summary"})]
    await talk.press("leader", "Thành ủy", talk.heard("leader")[-1])  # with all that is below it
    assert await read(talk) == [("leader", {"of": "summary", "unit": units["top"]})]
    await talk.press_data("leader", f"summary.open:0:0:u{units['th']}.-", summary)
    assert await read(talk) == [("leader", {"of": "summary", "unit": units["th"]})]
    await talk.say("leader", "/tim báo cáo")
    assert await read(talk) == [("leader", {"of": "list"})]
    await talk.say("leader", "/baocao tháng 12")
    assert await read(talk) == [("leader", {"of": "report"})]
    await talk.say("leader", "/nguoi Mạc Thiên Ân")
    assert await read(talk) == [("leader", {"of": "person", "person": ids["staff"]})]
    await talk.say("leader", "Phòng Tổng hợp còn việc nào?")
    assert await read(talk) == [("leader", {"of": "list", "unit": units["th"]})]
    await talk.say("leader", f"/viec {task.id}")  # they assigned it
    assert await read(talk) == []
    await talk.say("deputy", f"/viec {task.id}")
    assert await read(talk) == [("deputy", {"of": "card", "task": task.id})]
    assert await audit.office_version(office.db) == version  # so that nobody is read again


async def test_a_file_of_another_unit_is_noted(talk: Talk) -> None:
    task = await talk.at_work.assign()
    office, staff = talk.at_work.office, talk.at_work.who["staff"]
    paper = Paper(await file_store.keep(office, b"bytes"), "so-lieu.pdf", 5, "application/pdf", "")
    await attach_files.attach(office, staff, task.id, paper, talk.now, Move.NOTE)
    for name in ("staff", "head", "deputy"):
        shown = await talk.say(name, f"/viec {task.id}")
        await talk.press_data(name, "file.send:1:0:", shown)
    assert [one for one in await read(talk) if one[1]["of"] == "file"] == [
        ("deputy", {"of": "file", "task": task.id})
    ]


@pytest.mark.parametrize("name", ["head", "staff"])
async def test_what_one_reads_of_ones_own_unit_is_not_noted(talk: Talk, name: str) -> None:
    await talk.at_work.assign(title="Soạn báo cáo tuần")
    await talk.deliver()
    for said in ("/tonghop", "/quahan", "/tim báo cáo", "/baocao tháng 12", "/viec", "/viec 1"):
        await talk.say(name, said)
    assert await read(talk) == []
