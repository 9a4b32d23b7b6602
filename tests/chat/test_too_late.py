"""The answer to a question comes when its task is over, or sealed: nothing of it is kept with the task."""

from bot.actions import dialogs
from bot.actions.archive import archive
from bot.actions.archive.archive import Scope
from bot.actions.chat_places import Place
from bot.actions.tasks import answer, review
from storage.files import files
from storage.records import Task
from tests.chat.talk import ACCOUNTS, Talk
from tests.rules.task import office


async def accepted(talk: Talk) -> Task:
    here, who = talk.at_work.office, talk.at_work.who
    [row] = await talk.at_work.db.fetch("SELECT id FROM tasks")
    task = await answer.submit(here, who["staff"], row["id"], "Xong", None, talk.now, None)
    return await review.accept(here, who["leader"], task.id, task.version, talk.now, None)


async def card(talk: Talk, name: str, *labels: str) -> None:
    await talk.deliver()
    await talk.say(name, "/viec 1")
    for label in labels:
        await talk.press(name, label)


async def test_a_file_for_a_task_that_is_over(talk: Talk) -> None:
    await talk.at_work.assign()
    await card(talk, "staff", "Báo tiến độ")
    await accepted(talk)
    await talk.send_file("staff", "du-thao.pdf", b"%PDF", "60%")
    assert any("chưa được ghi vào việc" in one.text for one in talk.heard("staff"))
    assert await files.of_task(talk.at_work.db, 1) == []


async def test_words_for_a_task_that_is_sealed_end_the_question(talk: Talk) -> None:
    await talk.at_work.assign()
    await accepted(talk)
    await card(talk, "leader", "Khác", "Trao đổi")
    await archive.seal(talk.at_work.office, None, Scope(2026), office(15))
    said = await talk.say("leader", "phụ lục 2 lấy số liệu đến 30/11")
    assert "lưu trữ" in said.text
    leader, place = talk.at_work.who["leader"], Place(ACCOUNTS["leader"])
    assert await dialogs.waiting(talk.at_work.office, leader, place, talk.now) is None


async def test_a_file_after_the_result_of_a_task_that_is_sealed(talk: Talk) -> None:
    await talk.at_work.assign()
    await card(talk, "staff", "Nộp kết quả")
    await talk.say("staff", "Đã trình")
    task = (await talk.at_work.db.fetch("SELECT version FROM tasks"))[0]
    here, who = talk.at_work.office, talk.at_work.who
    await review.accept(here, who["leader"], 1, task["version"], talk.now, None)
    await archive.seal(here, None, Scope(2026), talk.now)
    said = await talk.send_file("staff", "du-thao.pdf", b"%PDF")
    assert "lưu trữ" in said.text
    assert await files.of_task(talk.at_work.db, 1) == []
