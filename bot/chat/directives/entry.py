"""Entering many tasks of one document: a sentence, a list or a file, one press for all or none.

"Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, nhận 21/11, 8 việc" -> list -> preview -> Giao 8 việc
"""

from bot.actions import dialogs
from bot.actions.assigning import assign
from bot.actions.directives import directives, enter_directive, entry_file, entry_items, entry_lines
from bot.actions.directives.entry import KIND, Entry, Source
from bot.chat.cards import clip
from bot.chat.directives import directive_page, entry_card
from bot.chat.list_import.list_files import LIMIT, rows_of
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.language.readings import BehalfReading, DocumentHead
from bot.refusals import No, Refusal
from storage.records import Draft

ANOTHERS = (
    "Văn bản này đã có đồng chí khác nhập, phần đầu giữ như đã có; điều đồng chí ghi khác còn trong "
    "<b>Lịch sử</b>"
)
SAMPLE_NAME = "viec-theo-van-ban.csv"
SAMPLE = """\
nội dung,chủ trì,phối hợp,theo dõi,hạn,sản phẩm,độ khẩn,nơi nhận,cấp quyết
Soạn báo cáo kết quả thực hiện kết luận,Mạc Thiên Ân,Ông Thị Ngọc Trầm,,11/12/2026,Báo cáo,,Thường trực,Trịnh Quang Lĩnh
Rà soát dữ liệu đảng viên,Lục Gia Khiêm,Phòng Quản trị,Quách Duy Mẫn,trong 5 ngày làm việc,Danh sách,khẩn,,
Theo dõi việc đăng ký học tập,Từ Bảo Uyên,,,không thời hạn,,,,
"""


async def sentence(turn: Turn, text: str) -> bool:
    """Begin an entry if a text is one.

    A symbol alone is none: somebody asks for that document.
    """
    if not await is_one(turn, text):
        return False
    await begin(turn, text)
    return True


async def is_one(turn: Turn, text: str) -> bool:
    """Tell whether a text speaks of a document and of nothing else; a list may stand below."""
    _, rest = await assign.behalf_of(turn.office, turn.who, text)
    said, items = entry_lines.with_head(rest)
    head = entry_lines.head_of(turn.office, said, turn.now)
    if head is None or head.symbol is None:
        return False
    return bool(items or head.received_on or head.planned)


async def begin(turn: Turn, text: str) -> None:
    """Begin an entry by order: whatever a text says of a document will do, but its symbol is needed."""
    behalf, rest = await assign.behalf_of(turn.office, turn.who, text)
    said, items = entry_lines.with_head(rest)
    head = entry_lines.head_of(turn.office, said, turn.now)
    if head is None:
        raise Refusal(No.NO_DOCUMENT_READ)
    await _begin(turn, head, behalf, [_source(turn, one.text) for one in items])


async def new(turn: Turn) -> None:
    """A document that nobody has entered yet was asked for, and is to be entered."""
    await turn.toast()
    await begin(turn, turn.pressed.value)


def _source(turn: Turn, text: str) -> Source:
    return Source(text=text, at=turn.now, message_id=_message_id(turn))


def _message_id(turn: Turn) -> int | None:
    return turn.message.message_id if turn.message else None


async def _begin(
    turn: Turn, head: DocumentHead, behalf: BehalfReading | None, sources: list[Source]
) -> None:
    if turn.message and turn.message.document:
        sources += await _rows(turn)
    draft = await enter_directive.begin(
        turn.office, turn.who, turn.place, head, behalf, sources, turn.now, turn.key
    )
    await say(turn, draft)


async def say(turn: Turn, draft: Draft) -> None:
    """Say an entry in a new message, which is its card from then on."""
    await dialogs.shown(turn.office, draft, await turn.say(await entry_card.card(turn, draft)))


async def more(turn: Turn) -> None:
    """More tasks of a document were to be entered."""
    draft = await enter_directive.go_on(
        turn.office, turn.who, turn.place, turn.pressed.id, turn.now, turn.key
    )
    await turn.toast()
    await say(turn, draft)


async def answered(turn: Turn, draft: Draft) -> None:
    """A message came while tasks of a document are entered: items, a file, or a word to stop."""
    if turn.gives_up:
        await dialogs.stop(turn.office, draft, turn.now, turn.key)
        await turn.say(dropped(draft))
        return
    if turn.message and turn.message.document:
        rows = await _rows(turn)
        changed = await entry_items.take_rows(
            turn.office, turn.who, draft, rows, turn.now, turn.key
        )
    else:
        changed = await entry_items.answer(
            turn.office, turn.who, draft, turn.text, _message_id(turn), turn.now, turn.key
        )
    await say(turn, changed)


async def _rows(turn: Turn) -> list[Source]:
    sent = turn.message.document if turn.message else None
    if sent is None:
        return []
    if (sent.file_size or 0) > LIMIT:
        raise Refusal(No.FILE_TOO_LARGE, limit=LIMIT // 1024 // 1024)
    turn.file.settled = True
    return entry_file.read(await rows_of(turn, sent.file_id), turn.now)


async def confirm(turn: Turn) -> None:
    """One press, and all tasks are on their way; or the document alone is kept."""
    press = turn.pressed
    entered = await enter_directive.confirm(
        turn.office, turn.who, press.id, press.version, turn.now, turn.key
    )
    done = f"Đã giao {len(entered.tasks)} việc" if entered.tasks else "Đã lưu văn bản"
    said = f"{done}. {ANOTHERS}" if entered.differs else done
    await turn.show(await directive_page.page(turn, entered.document_id, 0, said), done)


async def count_from(turn: Turn) -> None:
    """From which day spans are counted was switched."""
    draft = await current(turn)
    receipt = turn.pressed.value == "receipt"
    changed = await entry_items.count_from(
        turn.office, turn.who, draft, receipt, turn.now, turn.key
    )
    await turn.show(await entry_card.card(turn, changed))


async def enter_for(turn: Turn) -> None:
    """On whose behalf all is entered was pressed."""
    draft, value = await current(turn), turn.pressed.value
    number = int(value[1:]) if value[1:].isdecimal() else None
    person, group = (number if value.startswith(kind) else None for kind in "pg")
    changed = await enter_directive.enter_for(
        turn.office, turn.who, draft, person, group, turn.now, turn.key
    )
    await turn.show(await entry_card.card(turn, changed))


async def sample(turn: Turn) -> None:
    """The sample of a file, with the mark by which Excel knows its letters."""
    await turn.toast()
    content = SAMPLE.encode("utf-8-sig")
    await turn.speaker.send_file(turn.place.chat_id, content, SAMPLE_NAME, "Tệp mẫu")


async def drop(turn: Turn) -> None:
    """The entry is given up."""
    draft = await current(turn)
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.show(dropped(draft), "Đã bỏ")


async def over(turn: Turn, draft: Draft) -> Message:
    """Return what became of an entry: its document, or that it was given up."""
    entry = Entry.model_validate(draft.fields)
    head = DocumentHead(symbol=entry.symbol, issued_on=entry.issued_on)
    known = await directives.with_symbol(turn.office, turn.who, head)
    return await directive_page.page(turn, known[0].id) if known else dropped(draft)


def dropped(draft: Draft) -> Message:
    """Return what is left of an entry that was given up."""
    entry = Entry.model_validate(draft.fields)
    return Message(f"Đã bỏ, chưa giao việc nào từ văn bản {clip(entry.symbol, 60)}.")


async def current(turn: Turn, kind: str = KIND) -> Draft:
    """Return the dialog of the pressed button, if it is of this kind and as the button shows it."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    if draft.kind != kind:
        raise Refusal(No.STALE)
    return draft
