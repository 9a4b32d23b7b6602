"""Lists of many still fit in one message of Telegram."""

from bot.actions.mergers import merger
from bot.chat.mergers import merger_words
from bot.folding import fold
from bot.rules.mergers.wish import Kind, Wish
from storage.directives import entry_rights
from storage.organisation import units
from tests.chat.talk import Talk
from tests.rules.task import office


async def test_a_task_of_twenty_parts(talk: Talk) -> None:
    at_work = talk.at_work
    whole = await at_work.assign(to="head", title="Đề án")
    for number in range(20):
        await at_work.assign(by="head", to="clerk", title=f"{number} " + "rà soát hồ sơ " * 30)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET parent_id = $1 WHERE id > $1", whole.id)
        await tx.execute(
            "UPDATE people SET name = $1 WHERE id = $2", "Tôn Nữ " * 12, at_work.ids["clerk"]
        )
    await talk.deliver()
    talk.now = office(16)
    shown = await talk.say("head", "/viec 1")
    await talk.press_data("head", "split.list:1:1:", shown)
    seen = set[str]()
    while True:
        page = next(one for one in talk.heard("head") if one.id == shown.id)
        assert "Phần việc của việc số 1: 0/20 xong" in page.text
        seen |= {label for label in page.buttons if label.startswith("Việc ")}
        if "Sau ›" not in page.buttons:
            break
        await talk.press_data("head", page.buttons["Sau ›"], page)
    assert len(seen) == 20


async def test_a_hundred_who_may_enter_for_others(talk: Talk) -> None:
    at_work = talk.at_work
    async with at_work.db.transaction() as tx:
        for number in range(100):
            rows = await tx.fetch(
                "INSERT INTO people (name, folded, created_at) VALUES ($1, $1, $2) RETURNING id",
                f"Công Tằng Tôn Nữ Thị Thứ {number}",
                office(1),
            )
            await entry_rights.give(
                tx,
                person_id=rows[0]["id"],
                for_person_id=at_work.ids["leader"],
                for_group_id=None,
                given_by_id=at_work.ids["admin"],
                at=office(1),
            )
    shown = await talk.say("admin", "/thaymat")
    assert "Được nhập việc thay mặt: 100" in shown.text
    assert "Thứ 0 " in shown.text
    await talk.press("admin", "Sau ›", shown)
    page = talk.heard("admin")[-1]
    assert "Thứ 0 " not in page.text
    assert "‹ Trước" in page.buttons


async def test_a_merger_of_units_with_many_of_one_name_below(talk: Talk) -> None:
    at_work = talk.at_work
    async with at_work.db.transaction() as tx:
        for parent in ("th", "qt"):
            for number in range(40):
                name = f"Tổ công tác phụ trách địa bàn dân cư số {number}"
                await units.insert(tx, name, fold(name), at_work.units[parent], office(1))
    both = at_work.units["th"], at_work.units["qt"]
    wish = Wish(kind=Kind.UNITE, units=both, name="Phòng Mới", head_id=at_work.ids["head"])
    view = await merger.look(at_work.office, at_work.who["admin"], wish, office(9))
    shown = merger_words.preview(view, copies=True)
    assert len(shown) < 4096
    assert "và 28 thay đổi khác" in shown
