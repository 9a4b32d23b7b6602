"""An office's list of tasks sent as a file: looked through, every doubt said, then one press takes it in.

a file with the headings "nội dung", "chủ trì", "hạn", ... -> by whom? (an admin's, of several leaders)
-> preview -> Nhập 12 việc, Thôi
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from html import escape

from bot.actions import dialogs
from bot.actions.files import pending_file
from bot.actions.list_import import import_tasks, task_file
from bot.actions.list_import.import_tasks import Looked
from bot.actions.list_import.task_file import ReadList
from bot.chat.buttons import button, rows
from bot.chat.list_import import import_words
from bot.chat.list_import.list_files import SHOWN, at_most, rows_of
from bot.chat.messages import Keyboard, Message
from bot.chat.progress import Counted
from bot.chat.turn import Turn
from bot.clock import stopwatch
from bot.readers.row import Row
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.records import Draft, Role

DOUBTS_NAME = "dong-chua-ro.txt"
AT_A_TIME = timedelta(minutes=1)
"""How long one press takes rows in; the inbox gives an update two minutes."""
NO_LEADER = (
    "Chưa có lãnh đạo toàn cơ quan để đứng tên người giao. Nhập danh sách người trước, "
    "có một đồng chí vai trò leader ở đơn vị đầu cây."
)


async def received(turn: Turn, listed: Sequence[Row], file_id: str) -> None:
    """A list came: who leads the office gives its tasks; of several, whoever sent it says who."""
    found = await asyncio.to_thread(task_file.read, listed, turn.now)
    givers = [turn.who] if import_tasks.leads_all(turn.who) else []
    known = [] if givers else await import_tasks.givers(turn.office, turn.now)
    if not givers and not known:
        await turn.say(NO_LEADER)
        return
    draft = await pending_file.lay(
        turn.office, turn.who, turn.place, pending_file.TASKS, file_id, "", turn.now, turn.key
    )
    if len(known) > 1:
        offered = [
            button(one.member.name, "tasks.by", draft.id, draft.version, str(one.member.id))
            for one in known[:SHOWN]
        ]
        stop = button("Thôi", "list.stop", draft.id, draft.version)
        text = f"Danh sách {len(found.rows)} dòng. Các việc này do đồng chí nào giao?"
        await turn.say(Message(text, rows(*([one] for one in offered), [stop])))
        return
    who = givers[0] if givers else known[0].who
    await _preview(turn, draft, found, who)


async def choose_giver(turn: Turn) -> None:
    """Whose tasks they are was pressed."""
    draft, who = await _current(turn), await _giver(turn)
    found = await _found(turn, draft)
    await turn.toast("Đang đọc…")
    await _preview(turn, draft, found, who)


async def confirm(turn: Turn) -> None:
    """It is taken in, batch by batch; after a stop in between it goes on, and makes nothing twice."""
    draft, who = await _current(turn), await _giver(turn)
    found = await _found(turn, draft)
    await turn.toast("Đang nhập…")
    counted = Counted(turn, "Nhập việc", len(found.rows))
    made, begun, is_over = 0, stopwatch(), True
    taken = import_tasks.take(turn.office, who, found.rows, turn.now, turn.member.id)
    async for count in taken:
        made += count
        await counted.more(import_tasks.BATCH)
        if stopwatch() - begun > AT_A_TIME.total_seconds():
            is_over = False
            break
    await import_tasks.finish(turn.office, turn.who, who.person_id, made, turn.now, turn.key, draft)
    await counted.over(await _done(turn, draft, who, made, is_over))


async def _done(turn: Turn, draft: Draft, who: Standpoint, made: int, is_over: bool) -> Message:
    """Return what was taken in, and a button for the rest of a list that takes long."""
    done = f"Đã nhập <b>{made}</b> việc."
    if is_over:
        own = who.person_id == turn.member.id
        return Message(f"{done} {'Xem: /giaodi' if own else 'Người giao được báo.'}")
    file = draft.fields["file"]
    rest = await pending_file.lay(
        turn.office, turn.who, turn.place, pending_file.TASKS, file, "", turn.now, None
    )
    return Message(f"{done} Danh sách còn nữa.", _buttons(rest, who, "Nhập tiếp"))


async def _preview(turn: Turn, draft: Draft, found: ReadList, who: Standpoint) -> None:
    """Read every row as it would be taken in, and say what comes of it."""
    looked: list[Looked] = []
    counted = Counted(turn, "Đọc danh sách", len(found.rows))
    async for batch in import_tasks.look(turn.office, who, found.rows, turn.now):
        looked += batch
        await counted.more(len(batch))
    roster = await turn.office.roster()
    doubts = import_words.not_read(found.doubtful)
    doubts += import_words.doubts(looked, roster, turn.office.workdays)
    if len(doubts) > SHOWN:
        text = "\r\n".join(doubts).encode("utf-8-sig")
        await turn.speaker.send_file(turn.place.chat_id, text, DOUBTS_NAME, "Các dòng chưa rõ")
    ready = sum(one.is_ready for one in looked)
    giver = roster.by_key[who.person_id].name
    first, *rest = import_words.summary(looked, found.unused, len(found.doubtful))
    said = [first, f"Người giao: {giver}", *rest, *doubts]
    lines = [escape(line, quote=False) for line in said]
    lines[0] = f"<b>Chưa nhập.</b> {lines[0]}"
    last = "Đúng thì bấm Nhập." if ready else "Sửa tệp rồi gửi lại."
    await counted.over(
        Message(at_most(lines, last), _buttons(draft, who, f"Nhập {ready} việc" if ready else ""))
    )


def _buttons(draft: Draft, who: Standpoint, label: str) -> Keyboard:
    value = (draft.id, draft.version, str(who.person_id))
    take = [button(label, "tasks.take", *value)] if label else []
    return [[*take, button("Thôi", "list.stop", draft.id, draft.version)]]


async def _current(turn: Turn) -> Draft:
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    if draft.kind != pending_file.TASKS:
        raise Refusal(No.STALE)
    return draft


async def _found(turn: Turn, draft: Draft) -> ReadList:
    listed = await rows_of(turn, draft.fields["file"])
    return await asyncio.to_thread(task_file.read, listed, turn.now)


async def _giver(turn: Turn) -> Standpoint:
    """Return whose tasks the pressed button says they are: one's own, or to an admin a leader's."""
    offered = {turn.member.id: turn.who} if import_tasks.leads_all(turn.who) else {}
    if Role.ADMIN in turn.who.roles:
        known = await import_tasks.givers(turn.office, turn.now)
        offered |= {one.member.id: one.who for one in known}
    value = turn.pressed.value
    if not value.isdecimal() or int(value) not in offered:
        raise Refusal(No.NOT_ALLOWED)
    return offered[int(value)]
