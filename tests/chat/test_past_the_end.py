"""A page after the last one, since tasks were closed meanwhile, is the first one again: no figure says 0."""

from storage.directives import directives
from storage.engine.database import Value
from tests.chat.talk import Heard, Talk
from tests.rules.task import office


async def ten_late(talk: Talk) -> None:
    for number in range(10):
        await talk.at_work.assign(title=f"Việc thứ {number}")
    talk.now = office(15)


async def turned(talk: Talk, on: Heard) -> str:
    """Close three tasks, then turn to the page that was the second; return what is shown."""
    await talk.at_work.db.run(
        lambda tx: tx.execute(
            "UPDATE tasks SET status = 'done', submitted_at = $1, closed_at = $1 WHERE id IN (8, 9, 10)",
            office(7),
        )
    )
    await talk.press_data("leader", on.buttons["Sau ›"], on)
    return next(one.text for one in talk.heard("leader") if one.id == on.id)


async def test_of_an_answer(talk: Talk) -> None:
    await ten_late(talk)
    asked = await talk.say("leader", "việc nào quá hạn?")
    assert "quá hạn: 10" in asked.text
    assert "quá hạn: 7" in await turned(talk, asked)


async def test_of_an_answer_by_words_that_others_have_not(talk: Talk) -> None:
    await ten_late(talk)
    for number in range(10):
        await talk.at_work.assign(title=f"Rà soát {number}", at=office(7))
    asked = await talk.say("leader", "việc nào về việc thứ quá hạn?")
    assert asked.text.startswith("Việc quá hạn")
    assert ": 10" in asked.text.splitlines()[0]
    assert ": 7" in (await turned(talk, asked)).splitlines()[0]


async def test_of_the_list_behind_a_figure(talk: Talk) -> None:
    await ten_late(talk)
    summary = await talk.say("leader", "/tonghop")
    await talk.press("leader", "Quá hạn: 10", summary)
    listed = talk.heard("leader")[-1]
    assert "Quá hạn chưa hoàn thành: 10" in listed.text
    assert "Quá hạn chưa hoàn thành: 7" in await turned(talk, listed)


async def test_of_the_documents_not_entered_whole(talk: Talk) -> None:
    about: dict[str, Value] = {
        "words": "",
        "kind": "Thông báo",
        "title": "",
        "created_at": office(7),
        "planned": 10,
    }
    async with talk.at_work.db.transaction() as tx:
        for number in range(11, 21):
            named = {"symbol": f"{number}-TB/TU", "folded": f"{number}-tb/tu"}
            by = {"entered_by_id": talk.at_work.ids["leader"]}
            await directives.put(tx, {**about, **named, **by})
    every = await talk.say("leader", "/vanban")
    await talk.press("leader", "Chưa nhập đủ: 10", every)
    listed = talk.heard("leader")[-1]
    await talk.at_work.db.run(
        lambda tx: tx.execute("UPDATE documents SET planned = NULL WHERE id > 3")
    )
    await talk.press_data("leader", listed.buttons["Sau ›"], listed)
    assert "Văn bản giao việc: 3" in talk.heard("leader")[-1].text
