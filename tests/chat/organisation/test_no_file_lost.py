"""Whatever a file comes with and in the midst of, it is in a task or said to be in none."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.actions.assigning.draft import KIND
from bot.actions.directives.directives import EDITING
from bot.actions.directives.entry import KIND as ENTRY
from bot.actions.series.dialog import KIND as SERIES
from bot.chat import dialog_registry, routes
from bot.chat.mergers import mergers
from bot.chat.organisation import absence_draft, hand_over_all, posts, unit_editing
from bot.chat.tasks import asking
from bot.rules.tasks.lifecycle import Move
from storage.assigning import drafts
from tests.chat.talk import ACCOUNTS, Talk

NOWHERE = ("chưa vào việc nào", "Không đọc được tệp này")
"""Said of a file: it is in no task, or it is not the list that is waited for."""
SYMBOL = "Thông báo kết luận {n}-TB/VPTU ngày 20/11/2026, nhận 21/11, 2 việc"
ABOUT_A_TASK: Mapping[str, Mapping[str, Any]] = {
    **{move: {} for move in asking.ASKS},
    Move.EDIT: {"field": "title"},
}
ERRANDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    absence_draft.KIND: ("staff", {"person_id": 4}),
    hand_over_all.KIND: ("head", {"person_id": 4}),
    mergers.KIND: ("admin", {"wish": {"kind": "unite", "units": [3]}}),
    posts.KIND: ("admin", {"person": 4}),
    unit_editing.KIND: ("admin", {"unit_id": 3, "what": "short"}),
}
BEGUN_BY: Mapping[str, tuple[str, ...]] = {
    KIND: ("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý",),
    ENTRY: (SYMBOL,),
    EDITING: (SYMBOL, "[Lưu, nhập việc sau]", "[Sửa văn bản]"),
    SERIES: (
        *("ngày 25 hằng tháng Ân nộp báo cáo tháng", "[Giao việc]", "/dinhky", "[Định kỳ 1]"),
        "[Đổi từ kỳ tới]",
    ),
}
CAPTIONS = (
    *("", "60%, đã trình 12-TTr/VPTU", "đến thứ Tư tuần sau", "thôi", "việc nào quá hạn?"),
    *("việc 99 được 40%", "Trầm", "gì đó chẳng rõ là gì"),
)


async def is_kept(talk: Talk, name: str) -> bool:
    """Tell whether a task or the draft of one has the file."""
    files = await talk.at_work.db.fetch("SELECT 1 FROM files WHERE name = $1", name)
    rows = await talk.at_work.db.fetch("SELECT fields FROM drafts WHERE ended_at IS NULL")
    papers = [one for row in rows for one in json.loads(row["fields"]).get("papers", [])]
    return bool(files) or name in [one["name"] for one in papers]


async def fate(talk: Talk, who: str, caption: str) -> tuple[bool, int]:
    """Send a file; tell whether it was kept, and how often it was said to be nowhere."""
    before = len(talk.heard(who))
    await talk.send_file(who, "a.pdf", b"%PDF\0" + caption.encode(), caption)
    said = [one.text for one in talk.heard(who)[before:]]
    assert said, "nothing was answered"
    return await is_kept(talk, "a.pdf"), sum(any(no in one for no in NOWHERE) for one in said)


async def begin(talk: Talk, kind: str) -> str:
    """Let a dialog of this kind wait for a message; return who is asked."""
    if kind in BEGUN_BY:
        for said in BEGUN_BY[kind]:
            if said.startswith("["):
                await talk.press("leader", said.strip("[]"))
            else:
                await talk.say("leader", said.format(n=len(talk.heard("leader"))))
        return "leader"
    who, fields = ERRANDS.get(kind) or ("staff", ABOUT_A_TASK[kind])
    if kind in ABOUT_A_TASK:
        await talk.at_work.assign()
        await talk.deliver()
    async with talk.at_work.db.transaction() as tx:
        await drafts.start(
            tx,
            person_id=talk.at_work.ids[who],
            chat_id=ACCOUNTS[who],
            topic_id=None,
            kind=kind,
            task_id=1 if kind in ABOUT_A_TASK else None,
            waits_for="words",
            fields=fields,
            at=talk.now,
        )
    return who


def test_every_dialog_is_here() -> None:
    assert set(ABOUT_A_TASK) == set(asking.ASKS)
    assert set(ERRANDS) == set(dialog_registry.ERRANDS)
    assert set(BEGUN_BY) == set(routes.ANSWERED)


@pytest.mark.parametrize("kind", [*ABOUT_A_TASK, *ERRANDS, *BEGUN_BY])
async def test_in_the_midst_of_a_dialog(talk: Talk, kind: str) -> None:
    for caption in CAPTIONS:
        who = await begin(talk, kind)
        kept, said = await fate(talk, who, caption)
        assert said == (0 if kept else 1), caption
        await _forget(talk)


@pytest.mark.parametrize("command", routes.COMMANDS)
async def test_with_a_command(talk: Talk, command: str) -> None:
    for who in ("staff", "leader", "admin"):
        kept, said = await fate(talk, who, f"/{command}")
        assert said == (0 if kept else 1), who
        await _forget(talk)


@pytest.mark.parametrize("who", ["staff", "leader", "admin"])
async def test_with_plain_words(talk: Talk, who: str) -> None:
    for caption in (
        *CAPTIONS,
        "mai tôi nghỉ cả ngày",
        SYMBOL.format(n=12),
        "Ân soạn báo cáo quý, thứ Sáu",
    ):
        kept, said = await fate(talk, who, caption)
        assert said == (0 if kept else 1), caption
        await _forget(talk)


@pytest.mark.parametrize(
    ("caption", "times"), [("việc 1 được 40%", 0), ("đến thứ Tư tuần sau, Trầm thay", 1)]
)
async def test_handled_again_after_a_restart(talk: Talk, caption: str, times: int) -> None:
    await talk.at_work.assign()
    if times:
        await begin(talk, absence_draft.KIND)
    await fate(talk, "staff", caption)
    before = len(talk.heard("staff"))
    await talk.handle_again()
    said = [one.text for one in talk.heard("staff")[before:]]
    assert said
    assert sum(any(no in one for no in NOWHERE) for one in said) == times


async def _forget(talk: Talk) -> None:
    """Let nothing of what was tried stand in the way of the next."""
    async with talk.at_work.db.transaction() as tx:
        await tx.execute("UPDATE drafts SET ended_at = updated_at WHERE ended_at IS NULL")
        await tx.execute("UPDATE files SET name = 'old', sha256 = 'old'")
