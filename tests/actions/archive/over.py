"""Tasks that are over, with all that a package keeps of them."""

from datetime import datetime
from pathlib import Path

from bot.actions.archive import archive
from bot.actions.archive.archive import Scope
from bot.actions.files.file_store import Paper, keep
from bot.actions.tasks import answer, check, note, remark, review
from bot.chat.archive import archive_package
from bot.chat.archive.archive_package import Written
from storage.records import Archive, Task
from tests.actions.office import Staffed
from tests.rules.task import office

NEXT_YEAR = datetime(2027, 1, 4, 2, tzinfo=office(7).tzinfo)
"""A Monday morning after the year has ended."""
SCAN = b"%PDF-1.7 ban quet"


async def over(at_work: Staffed, title: str = "Soạn báo cáo quý", *, to: str = "staff") -> Task:
    """Give a task, hand in a result, and accept it."""
    task = await at_work.assign(title=title, to=to)
    return await finish(at_work, task, to)


async def finish(at_work: Staffed, task: Task, lead: str = "staff") -> Task:
    """Hand in a task's result, and accept it."""
    here, who = at_work.office, at_work.who
    done = await answer.submit(
        here, who[lead], task.id, "Đã trình <bản> 1", None, office(10), at_work.update()
    )
    return await review.accept(
        here, who["leader"], task.id, done.version, office(11), at_work.update()
    )


async def eventful(at_work: Staffed) -> Task:
    """A task with a file, a remark, a note, steps and a part of it, all over."""
    here, who, up = at_work.office, at_work.who, at_work.update
    task = await at_work.assign(title="Rà soát số liệu đảng viên")
    paper = Paper(await keep(here, SCAN), "=bang.PDF", len(SCAN), "application/pdf", "file-1")
    await note.write(here, who["staff"], task.id, "Gửi bản quét", [paper], office(8), up())
    await remark.remark(here, who["leader"], task.id, "Làm rõ mục 2", office(8), up())
    await remark.answer(here, who["staff"], task.id, "Đã làm rõ", office(8), up())
    await check.add(here, who["staff"], task.id, "Thu số liệu\nĐối chiếu", office(8), up())
    return await finish(at_work, task)


async def packed(
    at_work: Staffed, folder: Path, now: datetime = NEXT_YEAR, *, zipped: bool = False
) -> tuple[Archive, Written]:
    """Archive the year 2026."""
    made = await archive.seal(at_work.office, None, Scope(2026), now)

    async def told(done: int, of: int) -> None:
        assert 0 < done <= of

    written = await archive_package.write(at_work.office, made, folder, now, told, zipped=zipped)
    return made, written
