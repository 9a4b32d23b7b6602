"""The card of an entry: the document, each item as it was read, what is wrong, and the buttons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.actions.assigning.draft import Fields
from bot.actions.directives import directives
from bot.actions.directives.entry import Entry, Fault, Item, Wrong, faults
from bot.actions.series import days as series_days
from bot.chat import dates
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import URGENCY_WORDS, clip
from bot.chat.messages import Button, Message
from bot.chat.turn import Turn
from bot.language.names.people import Roster
from bot.rules import recurrence
from bot.rules.workdays import Workdays
from storage.records import Draft, Part

TITLE = 70
LONGEST = 3900
_COLUMNS = {
    "chu tri": "chủ trì",
    "phoi hop": "phối hợp",
    "theo doi": "theo dõi",
    "han": "hạn",
    "cap quyet": "cấp quyết",
}
ASK = (
    "Đồng chí gửi các việc, mỗi việc một dòng, nhiều nhất 20; hoặc gửi tệp CSV, Excel. Ví dụ:\n"
    "1. Ân soạn báo cáo tháng, trước thứ Sáu\n"
    "2. Trầm rà soát số liệu, trong 5 ngày làm việc; Mẫn phối hợp"
)
MEND = "Sửa: gửi lại mục kèm số, ví dụ: {number}. Trầm rà số liệu, hạn thứ Sáu. Bỏ mục: gõ bỏ {number}."
MORE = "Đúng thì bấm Giao. Sửa: gửi lại mục kèm số. Thêm: gửi tiếp."

Words = Callable[[Mapping[str, Any], Roster, Workdays], str]
WRONG: dict[Wrong, Words] = {
    Wrong.NO_TITLE: lambda *_: "thiếu nội dung việc",
    Wrong.TOO_LONG: lambda facts, *_: f"nội dung dài quá {facts['limit']} ký tự",
    Wrong.NO_LEAD: lambda *_: "thiếu người chủ trì",
    Wrong.UNKNOWN: lambda facts, *_: f"không có “{clip(facts['name'], 40)}” trong danh sách",
    Wrong.NAMESAKES: lambda facts, roster, _: f"chủ trì là ai: {_names(facts, roster)}?",
    Wrong.BODY: lambda facts, *_: f"“{clip(facts['name'], 40)}” chưa có trong danh sách",
    Wrong.NO_FOLLOWER: lambda *_: "cơ quan ngoài chủ trì thì ghi thêm ai theo dõi",
    Wrong.NO_DEADLINE: lambda *_: "thiếu hạn (không có hạn thì ghi: không thời hạn)",
    Wrong.WHICH_DEADLINE: lambda facts, _, days: f"hạn chưa rõ{_moments(facts['choices'], days)}",
    Wrong.PAST: lambda facts, _, days: f"hạn đã qua: {dates.short(facts['due_at'], days)}",
    Wrong.NOT_ALLOWED: lambda facts, *_: f"không giao được cho đồng chí {clip(facts['name'], 40)}",
    Wrong.LEFT: lambda *_: "đồng chí này không còn công tác",
    Wrong.UNREAD: lambda facts, *_: (
        f"cột {_COLUMNS[facts['column']]} chưa đọc được: “{clip(facts['value'], 40)}”"
    ),
    Wrong.TWICE: lambda facts, *_: f"trùng mục {facts['item']}",
    Wrong.ENTERED: lambda facts, *_: f"đã nhập là việc số {facts['task']}",
}


def _names(facts: Mapping[str, Any], roster: Roster) -> str:
    known = [roster.by_key[one] for one in facts["choices"] if one in roster.by_key]
    return ", ".join(clip(f"{one.name} ({one.unit})", 60) for one in known[:3])


def _moments(choices: Sequence[tuple[datetime, datetime, bool]], workdays: Workdays) -> str:
    said = [f"{workdays.local(one[0]):%d/%m}" for one in choices[:3]]
    return f": {' hay '.join(said)}?" if said else ", ghi ngày cụ thể"


async def card(turn: Turn, draft: Draft) -> Message:
    """Return an entry as it stands: what to send, or each item and whether it can be assigned."""
    entry = Entry.model_validate(draft.fields)
    roster = await turn.office.roster()
    wrong = await faults(turn.office.db, turn.who, entry, turn.now)
    head = [await _heading(turn, entry), *about(entry), *await _state(turn, entry, roster)]
    if not entry.items:
        text = "\n".join([*head, "", ASK])
    else:
        marked = [number for number, one in enumerate(wrong, 1) if one]
        text = "\n".join([*head, "", *_items(turn, entry, wrong, roster), "", _ask(marked)])
    buttons = await _buttons(turn, draft, entry, any(wrong), roster)
    return Message(text, rows(*buttons))


async def _heading(turn: Turn, entry: Entry) -> str:
    told = f"<b>Nhập việc từ văn bản {clip(entry.symbol, 60)}</b>"
    return told if entry.document_id else f"{told} (mới)"


def about(one: Any) -> list[str]:
    """Return what a document is, as lines: its kind and subject, its days, and who issued it."""
    name = " ".join(filter(None, [one.kind, f"về {one.title}" if one.title else ""]))
    days = [_day("ngày", one.issued_on), _day("nhận", one.received_on)]
    lines = [clip(name[:1].upper() + name[1:], 200), " · ".join(filter(None, days))]
    lines.append(f"Nơi ban hành: {clip(one.issuer, 100)}" if one.issuer else "")
    return [line for line in lines if line]


def _day(word: str, day: date | None) -> str:
    return f"{word} {day:%d/%m/%Y}" if day else ""


async def _state(turn: Turn, entry: Entry, roster: Roster) -> list[str]:
    """Return on whose behalf, how many of how many, and from which day spans are counted."""
    lines = []
    if entry.for_person_id or entry.for_group_id:
        lines.append(f"Thay mặt: {clip(await _whom(turn, entry, roster), 60)}")
    known = 0
    if entry.document_id:
        known = (await directives.document(turn.office, turn.who, entry.document_id)).entered
    if entry.items or known or entry.planned:
        planned = f" / dự kiến {entry.planned}" if entry.planned else ""
        lines.append(
            f"Đã nhập {known}{planned}" + (f" · lần này {len(entry.items)}" if entry.items else "")
        )
    if entry.received_on:
        day = f"ngày nhận {entry.received_on:%d/%m}" if entry.from_receipt else "ngày nhập"
        lines.append(f"Hạn theo số ngày tính từ {day}")
    return lines


async def _whom(turn: Turn, entry: Entry, roster: Roster) -> str:
    person = roster.by_key.get(entry.for_person_id or 0)
    groups = {group.id: group.name for group in await turn.office.groups()}
    return person.name if person else groups.get(entry.for_group_id or 0, "")


def _items(turn: Turn, entry: Entry, wrong: Sequence[Sequence[Fault]], roster: Roster) -> list[str]:
    """Return a line for each item; where all would be too long, those with something wrong come alone."""
    lines = [
        _item(turn, number, item, found, roster)
        for number, (item, found) in enumerate(zip(entry.items, wrong, strict=True), 1)
    ]
    if sum(map(len, lines)) <= LONGEST - 900:
        return lines
    marked = [line for line, found in zip(lines, wrong, strict=True) if found]
    kept = marked or lines
    while sum(map(len, kept)) > LONGEST - 900:
        kept = kept[:-1]
    return [*kept, f"(và {len(lines) - len(kept)} mục khác)"]


def _item(turn: Turn, number: int, item: Item, wrong: Sequence[Fault], roster: Roster) -> str:
    fields = item.fields
    mark = "⚠️ " if wrong else ""
    told = [clip(fields.title, TITLE) or "(chưa rõ việc)", *_people(fields, roster)]
    told += _deadline(turn, fields)
    told += [URGENCY_WORDS[fields.urgency]] if URGENCY_WORDS[fields.urgency] else []
    line = f"{mark}<b>{number}.</b> {' · '.join(told)}"
    if not wrong:
        return line
    workdays = turn.office.workdays
    said = "; ".join(WRONG[one.kind](one.facts, roster, workdays) for one in wrong)
    return f"{line}\n<i>{said[:1].upper()}{said[1:]}</i>"


def _people(fields: Fields, roster: Roster) -> list[str]:
    known = roster.by_key
    units = {unit.key: unit.name for unit in roster.units}
    lead = known.get(fields.lead_id or 0)
    names = [clip(lead.name, 40)] if lead else []
    if lead is None and fields.body_id in units:
        names = [f"{clip(units[fields.body_id], 40)} (cơ quan ngoài)"]
    helping = [
        known[one].name for one, part in fields.others if part is Part.SUPPORT and one in known
    ]
    helping += [units[one] for one in fields.units if one in units]
    names += [f"phối hợp: {clip(', '.join(helping), 60)}"] if helping else []
    follow = [known[one].name for one in fields.followers if one in known]
    return names + ([f"theo dõi: {clip(', '.join(follow), 60)}"] if follow else [])


def _deadline(turn: Turn, fields: Fields) -> list[str]:
    if fields.due_at is None:
        return ["không thời hạn"] if fields.open_ended else []
    rule = series_days.rule_of(turn.office, fields)
    often = [f"lặp lại {recurrence.in_words(rule)}"] if rule else []
    return [dates.deadline(fields.due_at, turn.office.workdays), *often]


def _ask(marked: Sequence[int]) -> str:
    return MEND.format(number=marked[0]) if marked else MORE


async def _buttons(
    turn: Turn, draft: Draft, entry: Entry, wrong: bool, roster: Roster
) -> list[list[Button]]:
    lines: list[list[Button]] = []
    if entry.items and not wrong:
        lines.append([_button(draft, f"Giao {len(entry.items)} việc", "confirm")])
    if not entry.items and not entry.document_id:
        lines.append([_button(draft, "Lưu, nhập việc sau", "confirm")])
    if entry.received_on and entry.items:
        label = "Tính từ ngày nhập" if entry.from_receipt else "Tính từ ngày nhận"
        lines.append([_button(draft, label, "clock", "" if entry.from_receipt else "receipt")])
    lines += pairs(await _on_behalf(turn, draft, entry, roster))
    last = [_button(draft, "Bỏ", "drop")]
    return [*lines, last if entry.items else [_button(draft, "Tệp mẫu", "sample"), *last]]


async def _on_behalf(turn: Turn, draft: Draft, entry: Entry, roster: Roster) -> list[Button]:
    """Return a button for each person or group that it can be entered for instead."""
    groups = {group.id: group.name for group in await turn.office.groups()}
    offered = []
    for right in await directives.rights_to_enter(turn.office.db, turn.who):
        whom = (right.for_person_id, right.for_group_id)
        person = roster.by_key.get(whom[0] or 0)
        name = person.name if person else groups.get(whom[1] or 0, "")
        if name and whom != (entry.for_person_id, entry.for_group_id):
            value = f"p{whom[0]}" if whom[0] else f"g{whom[1]}"
            offered.append(_button(draft, f"Thay mặt {name}", "for", value))
    if entry.for_person_id or entry.for_group_id:
        own = turn.who.leads_others
        offered += [_button(draft, "Không thay mặt ai", "for", "0")] if own else []
    return offered


def _button(draft: Draft, label: str, act: str, value: str = "") -> Button:
    return button(label, f"entry.{act}", draft.id, draft.version, value)
