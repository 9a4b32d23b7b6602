"""The draft card of a task: what was read, what is missing, and the buttons to put it right."""

from bot.actions import dialogs, find
from bot.actions.assigning.draft import PAST_PARENT, Fields
from bot.actions.directives import citing
from bot.actions.series import days as series_days
from bot.chat import busy, choice_buttons, dates
from bot.chat.assigning import clarity_card, effort
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import PARTS, URGENCY_WORDS, clip
from bot.chat.messages import Button, Message
from bot.chat.tasks import evidence_words
from bot.chat.turn import Turn
from bot.language.names.people import Roster, RosterPerson
from bot.language.readings import Warn, Why
from bot.rules import recurrence, rights
from storage.records import DoneWhen, Draft, Part

TITLE = 400
_QUESTIONS: dict[str, str] = {
    "title": "Đồng chí giao việc gì? Ví dụ: soạn báo cáo tháng 12.",
    "lead": "Giao đồng chí nào? Bấm chọn hoặc gõ họ tên.",
    "follower": "Đồng chí nào theo dõi, báo cáo thay cơ quan ngoài? Bấm chọn hoặc gõ họ tên.",
    "others": "Ai phối hợp, ai theo dõi? Ví dụ: phối hợp phòng Quản trị, anh Lộc; Trầm theo dõi.",
    "deadline": "Hạn khi nào? Bấm chọn hoặc gõ, ví dụ: 17h thứ Sáu.",
    **clarity_card.QUESTIONS,
}
_ALONE = "<i>Chỉ đồng chí {name} bấm được. Muốn gõ thì trả lời (reply) tin này.</i>"
_PARTIAL = (
    "<i>Bot mới nhận 1 tệp của tin này: gửi các tệp còn lại bằng cách trả lời (reply) tin này.</i>"
)
_WARNINGS = {
    Warn.DAY_OFF: "là ngày nghỉ",
    Warn.OUTSIDE_HOURS: "ngoài giờ làm việc",
    Warn.PAST: "đã qua",
}
_WHY = {
    Why.SAME_WEEKDAY: "Hôm nay cũng là thứ này.",
    Why.PAST: "Thời điểm này đã qua.",
    Why.FAR: "Ngày này còn khá xa.",
    Why.DISAGREE: "Thứ và ngày không khớp nhau.",
    Why.IMPOSSIBLE: "Không có ngày giờ này.",
    Why.NO_DAY: "Các kỳ sau theo ngày của kỳ đầu.",
}


async def say(turn: Turn, draft: Draft) -> None:
    """Say a draft in a new message, which is its card from then on."""
    await dialogs.shown(turn.office, draft, await turn.say(await card(turn, draft)))


async def show_again(turn: Turn, draft: Draft) -> None:
    """Put a draft as it is now on the card it has."""
    placed = await turn.put(await card(turn, draft), draft.card_id)
    if placed != draft.card_id:
        await dialogs.shown(turn.office, draft, placed)


async def card(turn: Turn, draft: Draft) -> Message:
    """Return the draft as it stands, with its one question or the buttons to finish it."""
    fields = Fields.model_validate(draft.fields)
    roster = await turn.office.roster()
    asked = draft.waits_for
    heading = "Giao việc" if asked else _resting(fields)
    lines = [f"<b>{heading}</b>", clip(fields.title, TITLE) or "(chưa rõ việc)", ""]
    shared = turn.in_group  # others read it there, who may not see the document
    symbol = None if shared else await citing.symbol_of(turn.office.db, turn.who, fields)
    lines += [*await _behalf(turn, fields, roster), *_facts(turn, fields, roster, symbol)]
    lines += (
        [clarity_card.line(fields)] if asked is None and clarity_card.applies(fields, turn) else []
    )
    offering = clarity_card.buttons if asked in clarity_card.QUESTIONS else _buttons
    buttons = rows(*await offering(turn, draft, fields, roster.by_key))
    question = _QUESTIONS.get(asked or "", "")
    if buttons is None or len(buttons) == 1:
        question = question.replace("Bấm chọn hoặc gõ", "Đồng chí gõ")
    if question:
        lines += ["", f"<b>{_doubt(fields, asked or '')}{question}</b>"]
    if fields.body_offer and rights.may_enter_body(turn.who):
        lines += ["", f"“{clip(fields.body_offer, 60)}” là cơ quan ngoài? Bấm nút bên dưới."]
    if turn.in_group:
        lines += ["", _ALONE.format(name=clip(turn.member.name, 60))]
    return Message("\n".join(lines), buttons)


async def _behalf(turn: Turn, fields: Fields, roster: Roster) -> list[str]:
    groups = {group.id: group.name for group in await turn.office.groups()}
    person = roster.by_key.get(fields.for_person_id or 0)
    name = person.name if person else groups.get(fields.for_group_id or 0)
    return [f"Thay mặt: {clip(name)}"] if name else []


def _resting(fields: Fields) -> str:
    """Return the heading of a draft that asks nothing: whole, offered or left unfinished."""
    if fields.missing is None:
        return "Chưa giao: xem lại rồi bấm Giao việc"
    if fields.source is None:
        return "Chưa giao: còn thiếu"
    return f"Tin chuyển tiếp từ {clip(fields.source, 60)}. Giao thành việc?"


def _facts(turn: Turn, fields: Fields, roster: Roster, symbol: str | None) -> list[str]:
    known = roster.by_key
    lines = [f"Chủ trì: {_lead(fields, roster)}"]
    for part, label in PARTS.items():
        names = [known[id_].name for id_, said in fields.others if said is part and id_ in known]
        if part is Part.SUPPORT:
            names += [unit.name for unit in roster.units if unit.key in fields.units]
        lines += [f"{label}: {clip(', '.join(names))}"] if names else []
    if fields.unknown:
        lines.append(f"Không có trong danh sách: {clip(', '.join(fields.unknown), 60)}")
    if fields.done_when is DoneWhen.ALL_PARTS:
        lines.append("Xong khi đủ các phần phối hợp")
    lines.append(f"Hạn: {_deadline(turn, fields)}{effort.beside(fields.effort)}")
    if fields.recurrence and not fields.once and not fields.open_ended:
        lines.append(f"Lặp lại: {_repeats(turn, fields)}")
    if fields.parent_id:
        lines.insert(0, f"Phần của việc số {fields.parent_id}")
    product = clip(fields.product, 60) if fields.product else None
    if handed := ", ".join(filter(None, [product, evidence_words.REQUIRED.get(fields.evidence)])):
        lines.append(f"Sản phẩm: {handed}")
    if fields.decider_id in known:
        lines.append(f"Cấp quyết: {clip(known[fields.decider_id].name)}")
    if symbol:
        lines.append(f"Theo văn bản: {clip(symbol, 60)}")
    if fields.papers:
        lines.append("Tệp: " + clip(", ".join(paper.name for paper in fields.papers)))
    if fields.partial:
        lines.append(_PARTIAL)
    if URGENCY_WORDS[fields.urgency]:
        lines.append(f"Độ khẩn: <b>{URGENCY_WORDS[fields.urgency]}</b>")
    return lines


def _repeats(turn: Turn, fields: Fields) -> str:
    """Return the rule in words, with the day of the first one once that is known."""
    rule = series_days.rule_of(turn.office, fields)
    if rule is None or fields.due_at is None:
        return recurrence.in_words(fields.recurrence or "")
    first = turn.office.workdays.local(fields.due_at)
    return f"{recurrence.in_words(rule)}; kỳ đầu {first:%d/%m/%Y}"


def _lead(fields: Fields, roster: Roster) -> str:
    if fields.lead_id is None and fields.body_id is not None:
        names = [unit.name for unit in roster.units if unit.key == fields.body_id]
        return clip(", ".join(names)) + " (cơ quan ngoài)"
    lead = roster.by_key.get(fields.lead_id or 0)
    return _name(lead) if lead else "(chưa rõ)"


def _name(one: RosterPerson) -> str:
    return clip(", ".join(part for part in (one.name, one.unit) if part))


def _deadline(turn: Turn, fields: Fields) -> str:
    if fields.due_at is None:
        return "không thời hạn" if fields.open_ended else "(chưa rõ)"
    workdays = turn.office.workdays
    text = dates.deadline(fields.due_at, workdays)
    text += f" ({dates.left(fields.due_at, turn.now, workdays)})"
    return text + (f", {_WARNINGS[Warn(fields.warning)]}" if fields.warning else "")


def _doubt(fields: Fields, asked: str) -> str:
    if asked == "lead" and fields.lead_words:
        return f"Không có “{clip(fields.lead_words, 60)}” trong danh sách. "
    if asked == "deadline" and fields.deadline_why == PAST_PARENT:
        return f"Hạn phần việc không được quá hạn việc số {fields.parent_id}. "
    if asked == "deadline" and fields.deadline_why:
        said = _WHY.get(Why(fields.deadline_why))
        return f"{said} " if said else ""
    return ""


async def _buttons(
    turn: Turn, draft: Draft, fields: Fields, known: dict[int, RosterPerson]
) -> list[list[Button]]:
    drop = button("Bỏ", "draft.drop", draft.id, draft.version)
    offered_body = _body(turn, draft, fields)
    if draft.waits_for is None and fields.missing:
        label = "Giao thành việc" if fields.source else "Điền tiếp"
        return [[_ask(draft, label, "nothing"), drop]]
    if draft.waits_for is None:
        return [
            offered_body,
            [
                button("Giao việc", "draft.confirm", draft.id, draft.version),
                *(
                    [_ask(draft, "Bổ sung", fields.to_ask)]
                    if clarity_card.asks(fields, turn)
                    else []
                ),
            ],
            [_ask(draft, "Sửa hạn", "deadline"), _ask(draft, "Đổi người", "lead")],
            _supporting(draft, fields),
            _once(draft, fields),
            [_ask(draft, "Sửa nội dung", "title"), drop],
        ]
    last = [drop] if fields.missing else [_ask(draft, "Quay lại", "nothing"), drop]
    if draft.waits_for == "deadline":
        workdays = turn.office.workdays
        if fields.within:
            days = choice_buttons.within_buttons(draft, fields.within, turn.now, workdays)
        else:
            days = choice_buttons.deadline_buttons(
                draft, fields.deadline_choices, turn.now, workdays
            )
        return [*pairs(days), last]
    if draft.waits_for == "lead":
        likely = [known[id_] for id_ in fields.lead_choices if id_ in known]
        offered = likely or await find.often_assigned(turn.office, turn.who)
        labels = await busy.labels(turn, offered, fields.due_at)
        chosen = [[_choose(draft, one, labels[one.key])] for one in offered]
        return [offered_body, *chosen, last]
    if draft.waits_for == "follower":
        often = await find.often_assigned(turn.office, turn.who)
        mine = [known[turn.who.person_id]] if turn.who.person_id in known else []
        people = {one.key: one for one in (*mine, *often)}.values()
        named = [(one, choice_buttons.person_label(one.name, one.unit)) for one in people]
        return [*[[_choose(draft, one, label, "draft.follower")] for one, label in named], last]
    return [last]


def _body(turn: Turn, draft: Draft, fields: Fields) -> list[Button]:
    """Return the button that enters a body outside which the draft names, to who may do so."""
    if not fields.body_offer or not rights.may_enter_body(turn.who):
        return []
    label = f"Cơ quan ngoài: {fields.body_offer}"
    return [button(label, "draft.body", draft.id, draft.version)]


def _supporting(draft: Draft, fields: Fields) -> list[Button]:
    """Return how to correct who supports, and what closes the task; none where nobody does."""
    if not (fields.others or fields.units or fields.unknown):
        return []
    waits = fields.done_when is DoneWhen.ALL_PARTS
    switch = "Chỉ cần chủ trì" if waits else "Chờ đủ phối hợp"
    return [
        _ask(draft, "Sửa phối hợp", "others"),
        button(switch, "draft.switch", draft.id, draft.version),
    ]


def _once(draft: Draft, fields: Fields) -> list[Button]:
    """Return the choice between one time and again and again, where the words say how often."""
    if not fields.recurrence or fields.open_ended:
        return []
    label = "Lặp lại" if fields.once else "Chỉ một lần"
    return [button(label, "draft.once", draft.id, draft.version)]


def _ask(draft: Draft, label: str, field: str | None) -> Button:
    field = field or "nothing"
    return button(label, "draft.ask", draft.id, draft.version, field)


def _choose(draft: Draft, one: RosterPerson, label: str, kind: str = "draft.lead") -> Button:
    return button(label, kind, draft.id, draft.version, str(one.key))
