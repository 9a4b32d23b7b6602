"""The sheet of handing over (biên bản bàn giao) as Word or Excel, of a merger or of one person's work."""

import asyncio
from collections.abc import Callable, Sequence

from bot.actions.mergers import handing_over
from bot.actions.mergers import record as merger_record
from bot.chat.buttons import button
from bot.chat.mergers.merger_words import KINDS
from bot.chat.messages import Button
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.mergers.handing_over import HandingOver
from bot.rules.mergers.wish import Kind


def _word(sheet: HandingOver) -> bytes:
    from bot.renderers.handing_over import paper  # noqa: PLC0415 - slow to load, seldom needed
    from bot.renderers.reporting.word import word  # noqa: PLC0415

    return word(paper(sheet))


def _excel(sheet: HandingOver) -> bytes:
    from bot.renderers.handing_over import workbook  # noqa: PLC0415 - slow to load, seldom needed

    return workbook(sheet)


_FORMS: dict[str, Callable[[HandingOver], bytes]] = {"docx": _word, "xlsx": _excel}


def buttons(kind: str, id_: int) -> Sequence[Button]:
    """Return the buttons that send a sheet: of a "merger", or of passing on all of a "person"."""
    labels = {"docx": "Biên bản Word", "xlsx": "Biên bản Excel"}
    return [button(label, f"sheet.{kind}", id_, 0, form) for form, label in labels.items()]


async def of_merger(turn: Turn) -> None:
    """The sheet of a merger was pressed."""
    record = await merger_record.get(turn.office, turn.who, turn.pressed.id)
    await turn.toast("Đang lập biên bản…")
    sheet = await handing_over.of_merger(
        turn.office, turn.who, turn.pressed.id, title(record), turn.now
    )
    await _send(turn, sheet)


async def of_person(turn: Turn) -> None:
    """The sheet of somebody's work was pressed."""
    await turn.toast("Đang lập biên bản…")
    sheet = await handing_over.of_person(turn.office, turn.who, turn.pressed.id, turn.now)
    await _send(turn, sheet)


async def _send(turn: Turn, sheet: HandingOver) -> None:
    ending = turn.pressed.value
    if ending not in _FORMS:
        raise Refusal(No.STALE)
    content = await asyncio.to_thread(_FORMS[ending], sheet)
    name = f"bien-ban-ban-giao-{turn.office.today(sheet.made_at):%Y%m%d}-{turn.pressed.id}.{ending}"
    caption = f"DỰ THẢO. Biên bản bàn giao, {len(sheet.tasks)} việc đang mở, {len(sheet.files)} tệp"
    await turn.speaker.send_file(turn.place.chat_id, content, name, caption)


def title(one: merger_record.Record) -> str:
    """Return "Hợp nhất Phòng A, Phòng B thành Phòng C", by the names of that day."""
    names = ", ".join(one.from_names)
    words = {
        Kind.UNITE: f"{KINDS[Kind.UNITE]} {names} thành {one.into_name}",
        Kind.ABSORB: f"{KINDS[Kind.ABSORB]} {names} vào {one.into_name}",
        Kind.SPLIT: f"Tách {one.into_name} từ {names}",
        Kind.DISSOLVE: f"{KINDS[Kind.DISSOLVE]} {names}, chuyển về {one.into_name}",
        Kind.MOVE: f"Chuyển {', '.join(one.people)} từ {names} sang {one.into_name}",
    }
    return words[Kind(one.merger.kind)]
