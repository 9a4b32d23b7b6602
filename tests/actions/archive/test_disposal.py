"""Disposal: after the time to keep is over, by two people; number, line and hashes stay, nothing else."""

import asyncio
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.actions import find
from bot.actions.archive import archive, disposal
from bot.actions.files.file_store import Paper, keep
from bot.actions.reporting import search
from bot.actions.series import steps
from bot.actions.tasks import note
from bot.clock import system_clock
from bot.commands.archive.archive_return import bring_back_into
from bot.refusals import No, Refusal
from bot.rules.retention import Keeping, kind_of
from bot.runtime.schedule import upkeep
from storage.archive import disposals
from storage.history import chain, hashes
from storage.organisation import people
from storage.series import series
from tests.actions.archive.over import NEXT_YEAR, eventful, finish, over, packed
from tests.actions.office import Staffed, refused
from tests.actions.series import series_office as lives
from tests.rules.task import office

LATER = datetime(2037, 1, 5, 3, tzinfo=NEXT_YEAR.tzinfo)


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("12-KL/TU", "KL"), ("539-CV/VPTW", "CV"), ("12/QĐ-UBND", "QĐ"),
        ("42/2014/QĐ-TTg", "QĐ"), ("14-LCT/ĐU", "LCT"), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_the_type_of_a_document(symbol: str | None, kind: str) -> None:
    assert kind_of(symbol) == kind


def test_years_are_counted_from_the_end_of_the_year() -> None:
    keeping = Keeping(years=10, years_by_kind={"KL": 70, "NQ": 0})
    first, last = date(2026, 1, 2), date(2026, 12, 31)
    assert not keeping.is_over(first, None, date(2036, 12, 31))
    assert keeping.is_over(last, None, date(2037, 1, 1))
    assert not keeping.is_over(first, "12-KL/TU", date(2096, 12, 31))
    assert not keeping.is_over(first, "12-NQ/TU", date(2200, 1, 1))


async def test_two_people_and_what_is_left(at_work: Staffed, tmp_path: Path) -> None:
    here, who, up = at_work.office, at_work.who, at_work.update
    await eventful(at_work)
    open_task = await at_work.assign(title="Còn mở")
    _, written = await packed(at_work, tmp_path / "archive")
    await refused(No.STALE, at_work, disposal.propose(here, who["leader"], NEXT_YEAR, up()))
    for one in ("head", "staff"):
        await refused(No.NOT_ALLOWED, at_work, disposal.propose(here, who[one], LATER, up()))
    made = await disposal.propose(here, who["leader"], LATER, up())
    await refused(No.ALREADY_DONE, at_work, disposal.propose(here, who["admin"], LATER, up()))
    await refused(
        No.SAME_APPROVER, at_work, disposal.approve(here, who["leader"], made.id, LATER, up())
    )
    assert await disposal.approve(here, who["admin"], made.id, LATER, up()) == 1
    await refused(
        No.ALREADY_DONE, at_work, disposal.approve(here, who["admin"], made.id, LATER, up())
    )
    view = await find.task(here, who["leader"], 1)
    assert (view.title, view.disposed_at) == ("", LATER)
    said = ["Rà soát", "làm rõ mục", "số liệu", "bang pdf"]
    assert [(await search.by_words(here, who["leader"], one, LATER))[1] for one in said] == [0] * 4
    assert (await search.by_words(here, who["leader"], "còn mở", LATER))[0][0].id == open_task.id
    everything = str(await at_work.everything())
    assert not [
        word
        for word in ("Làm rõ mục", "Gửi bản quét", "bang.PDF", "Đối chiếu")
        if word in everything
    ]
    assert not [one for one in here.files.rglob("*") if one.is_file()]
    [event] = await at_work.db.fetch("SELECT facts FROM events WHERE kind = 'archive.disposed'")
    [line] = await at_work.db.fetch("SELECT sha256 FROM archived_tasks")
    assert line["sha256"] in event["facts"]
    assert await chain.verify(at_work.db) is None
    assert not [one async for one in hashes.wrong_texts(at_work.db, lambda *_: None)]
    files = hashes.in_folder(here.files)
    assert not [one async for one in hashes.wrong_files(at_work.db, files, lambda *_: None)]
    back = await bring_back_into(here, written.path, LATER)
    assert (back.tasks, back.skipped) == (0, 1)


async def test_a_text_taken_away_without_a_list_is_found(at_work: Staffed) -> None:
    await over(at_work)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE texts SET body = NULL WHERE id = 1")
    [misfit] = [one async for one in hashes.wrong_texts(at_work.db, lambda *_: None)]
    assert (misfit.id, misfit.wrong) == (1, "changed")


async def test_a_list_called_off_keeps_all(at_work: Staffed, tmp_path: Path) -> None:
    here, who = at_work.office, at_work.who
    here.keeping = replace(here.keeping, years=1)
    await over(at_work)
    await packed(at_work, tmp_path / "archive")
    made = await disposal.propose(here, who["leader"], LATER, None)
    assert await disposal.due(here, LATER) == []
    await disposal.refuse(here, who["leader"], made.id, LATER, None)
    assert await disposal.due(here, LATER) == [1]
    assert await disposal.waiting(here) is None
    assert (await archive.preview(here, archive.Scope(2026))).task_ids == []


async def test_approved_and_called_off_at_once_is_one_of_the_two(
    at_work: Staffed, tmp_path: Path
) -> None:
    here, who, up = at_work.office, at_work.who, at_work.update
    for _ in range(3):
        await over(at_work)
    await packed(at_work, tmp_path / "archive")
    lists = [disposal.propose(here, who[one], LATER, up()) for one in ("leader", "admin")]
    ended = await asyncio.gather(*lists, return_exceptions=True)
    [made] = [one for one in ended if not isinstance(one, BaseException)]
    assert [one.kind for one in ended if isinstance(one, Refusal)] == [No.ALREADY_DONE]
    other = who["admin" if made.proposed_by_id == at_work.ids["leader"] else "leader"]
    ends = (disposal.approve, disposal.approve, disposal.refuse)
    ways = await asyncio.gather(
        *(end(here, other, made.id, LATER, up()) for end in ends), return_exceptions=True
    )
    assert [one.kind for one in ways if isinstance(one, Refusal)] == [No.ALREADY_DONE] * 2
    wiped = {row["title"] == "" for row in await at_work.db.fetch("SELECT title FROM tasks")}
    events = await at_work.db.fetch("SELECT id FROM events WHERE kind = 'archive.disposed'")
    assert (wiped, len(events)) == (({True}, 1) if 3 in ways else ({False}, 0))
    assert await chain.verify(at_work.db) is None


async def test_who_proposed_must_still_be_here_and_who_approves(
    at_work: Staffed, tmp_path: Path
) -> None:
    here, who, up = at_work.office, at_work.who, at_work.update
    await over(at_work)
    await packed(at_work, tmp_path / "archive")
    made = await disposal.propose(here, who["leader"], LATER, up())
    async with at_work.db.transaction() as tx:
        await people.end(tx, at_work.ids["leader"], LATER)
    await refused(
        No.PROPOSER_LEFT, at_work, disposal.approve(here, who["admin"], made.id, LATER, up())
    )
    for end in (disposal.approve, disposal.refuse):
        await refused(No.STRANGER, at_work, end(here, who["leader"], made.id, LATER, up()))
    await disposal.refuse(here, who["admin"], made.id, LATER, up())
    assert await disposal.waiting(here) is None


async def test_what_a_series_goes_on_with_stays(
    at_work: Staffed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disposals, "_MOST", 1)  # each text by itself
    here, who, up = at_work.office, at_work.who, at_work.update
    task = await over(at_work)
    await over(at_work)
    async with at_work.db.transaction() as tx:
        fields = '{"text_id": 1, "title": "Soạn báo cáo quý"}'
        await tx.execute(
            "INSERT INTO series (rule, starts_on, fields, assigner_id, entered_by_id, created_at)"
            " VALUES ('FREQ=WEEKLY', '2026-12-11', $2, $1, $1, $3)",
            task.assigner_id,
            fields,
            LATER,
        )
        await tx.execute("UPDATE tasks SET series_id = 1, occurs_on = '2026-12-11' WHERE id = 1")
    await packed(at_work, tmp_path / "archive")
    made = await disposal.propose(here, who["leader"], LATER, up())
    await disposal.approve(here, who["admin"], made.id, LATER, up())
    bodies = {
        row["id"]: row["body"]
        for row in await at_work.db.fetch("SELECT id, body FROM texts ORDER BY id")
    }
    assert bodies.pop(task.text_id) == "Soạn báo cáo quý"
    assert set(bodies.values()) == {None}


async def test_bytes_go_with_the_last_task_that_had_them_or_after_a_stop(
    at_work: Staffed, tmp_path: Path
) -> None:
    here, who, up = at_work.office, at_work.who, at_work.update
    shared = Paper(await keep(here, b"chung"), "chung.pdf", 5, "application/pdf", "file-2")
    made = [await at_work.assign(title=f"Việc {n}") for n in range(2)]
    for task in made:
        await note.write(here, who["staff"], task.id, "Gửi", [shared], office(8), up())
    left: list[set[str]] = [{shared.sha256}, set()]
    for year, task in enumerate(made):
        await finish(at_work, task)
        await packed(at_work, tmp_path / f"archive-{year}")
        listed = await disposal.propose(here, who["leader"], LATER, up())
        await disposal.approve(here, who["admin"], listed.id, LATER, up())
        assert {one.name for one in here.files.rglob("*") if one.is_file()} == left[year]
    await keep(here, b"chung")
    await upkeep(here, lambda: LATER, system_clock)
    assert not [one for one in here.files.rglob("*") if one.is_file()]


async def test_the_words_of_a_series_that_ended_go_with_its_last_task(
    at_work: Staffed, tmp_path: Path
) -> None:
    here, who, up = at_work.office, at_work.who, at_work.update
    task = await lives.begun(at_work, "Giao đồng chí Ân gửi lịch tiếp dân thứ Sáu hằng tuần")
    await finish(at_work, task)
    known = await series.get(at_work.db, 1)
    assert known is not None
    await steps.stop(here, who["leader"], 1, known.version, office(11), up())
    await packed(at_work, tmp_path / "archive")
    made = await disposal.propose(here, who["leader"], LATER, up())
    await disposal.approve(here, who["admin"], made.id, LATER, up())
    everything = str(await at_work.everything())
    assert "tiếp dân" not in everything
    assert await chain.verify(at_work.db) is None
