"""Entering an absence: one sentence says everything, or buttons ask for the days and the deputy.

"nghỉ từ 9/12 đến 12/12, đồng chí Khiêm xử lý thay" -> preview -> Xác nhận
/nghi -> Báo nghỉ -> which days? -> who stands in? -> preview -> Xác nhận
"""

from datetime import date, datetime, timedelta
from html import escape

from pydantic import BaseModel, ConfigDict

from bot.actions import dialogs
from bot.actions.organisation import absence, absence_news
from bot.actions.organisation.absence import Wanted
from bot.chat import dates
from bot.chat.buttons import button, pairs, rows
from bot.chat.choice_buttons import person_label
from bot.chat.messages import Button, Message
from bot.chat.organisation import absence_card
from bot.chat.turn import Turn
from bot.language.readings import AbsenceReading
from bot.refusals import No, Refusal
from storage.records import Absence, Draft

KIND = "absence"
DONE = "Đã ghi lịch nghỉ"
SHOWN = 8
NOBODY = 0
ONE_DAY = timedelta(days=1)
EXAMPLE = "từ 9/12 đến 12/12"


class Said(BaseModel):
    """What is known so far; `decided` once a deputy is named, or the person said that nobody is.

    With an `absence_id` the dialog changes an absence that is already entered.
    """

    model_config = ConfigDict(frozen=True)

    person_id: int
    absence_id: int | None = None
    first: date | None = None
    last: date | None = None
    deputy_id: int | None = None
    decided: bool = False
    names: tuple[int, ...] = ()

    def dumped(self) -> dict[str, object]:
        return self.model_dump(mode="json", exclude_defaults=True)

    def told(self, reading: AbsenceReading, today: date) -> "Said":
        """Return what is known with a text's reading added; "đến 12/12" alone counts from today."""
        known: dict[str, object] = {}
        if reading.first or reading.last:
            first = reading.first or self.first or today
            known = {"first": first, "last": reading.last}
        if reading.deputy_id or reading.names:
            known |= {"deputy_id": reading.deputy_id, "names": reading.names}
            known |= {"decided": reading.deputy_id is not None}
        return self.model_copy(update=known)


async def begin(turn: Turn, reading: AbsenceReading) -> None:
    """Take what a sentence says of an absence, and ask for the rest."""
    _check_order(reading)
    if reading.is_doubtful:
        raise Refusal(No.NO_PERSON_READ)
    person = await absence.check(turn.office, turn.who, reading.person_id or turn.who.person_id)
    await _start(turn, Said(person_id=person.id).told(reading, turn.office.today(turn.now)))


def _check_order(reading: AbsenceReading) -> None:
    """Refuse days in the wrong order, such as "từ 12/12 đến 10/12", with AWAY_REVERSED."""
    if reading.is_reversed:
        raise Refusal(No.AWAY_REVERSED)


async def new(turn: Turn) -> None:
    """Begin an absence after "Báo nghỉ" was pressed, for oneself or on another person's page."""
    person = await absence.check(turn.office, turn.who, turn.pressed.id or turn.who.person_id)
    await turn.toast()
    await _start(turn, Said(person_id=person.id))


async def change(turn: Turn) -> None:
    """Begin to change the days or the deputy of an absence that is already entered."""
    found = await absence.one(turn.office, turn.who, turn.pressed.id, turn.now)
    said = Said(
        person_id=found.person_id,
        absence_id=found.id,
        first=found.from_day,
        last=found.until_day,
        deputy_id=found.deputy_id,
        decided=True,
    )
    await turn.toast()
    await _start(turn, _asked_again(said, turn.pressed.value))


async def _start(turn: Turn, said: Said) -> None:
    draft = await dialogs.begin(
        turn.office, turn.who, turn.place, KIND, said.dumped(), turn.now, turn.key
    )
    await turn.say(await prompt(turn, draft))


async def answered(turn: Turn, draft: Draft) -> None:
    """Take days or a deputy that were typed. A whole sentence about another person begins a new dialog."""
    reading = await absence.read(turn.office, turn.who, turn.text, turn.now)
    _check_order(reading)
    said = Said.model_validate(draft.fields)
    if reading.person_id not in {None, said.person_id}:
        await begin(turn, reading)
        return
    after = said.told(reading, turn.office.today(turn.now))
    if reading.is_doubtful or (said.last and not said.decided and after == said):
        raise Refusal(No.NO_PERSON_READ)
    if after == said:
        raise Refusal(No.NO_DAYS_READ)
    kept = await dialogs.keep(turn.office, draft, after.dumped(), turn.now, turn.key)
    await turn.say(await prompt(turn, kept))


async def choose_days(turn: Turn) -> None:
    """Keep the days that were pressed."""
    value = turn.pressed.value
    if len(value) != 16 or not value.isdecimal():
        raise Refusal(No.STALE)
    await _keep(turn, {"first": _day(value[:8]), "last": _day(value[8:])})


async def choose_deputy(turn: Turn) -> None:
    """Keep the deputy that was pressed, or that nobody is to stand in."""
    named = int(turn.pressed.value) if turn.pressed.value.isdecimal() else NOBODY
    await _keep(turn, {"deputy_id": named or None, "decided": True, "names": ()})


async def ask_again(turn: Turn) -> None:
    """Ask again for the days or the deputy shown in the preview."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    said = _asked_again(Said.model_validate(draft.fields), turn.pressed.value)
    kept = await dialogs.keep(turn.office, draft, said.dumped(), turn.now, turn.key)
    await turn.show(await prompt(turn, kept))


def _asked_again(said: Said, what: str) -> Said:
    if what == "deputy":
        return said.model_copy(update={"deputy_id": None, "decided": False, "names": ()})
    return said.model_copy(update={"first": None, "last": None})


async def _keep(turn: Turn, known: dict[str, object]) -> None:
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    said = Said.model_validate(draft.fields).model_copy(update=known)
    kept = await dialogs.keep(turn.office, draft, said.dumped(), turn.now, turn.key)
    await turn.show(await prompt(turn, kept))


async def confirm(turn: Turn) -> None:
    """Enter the absence of the preview; the same press handled again shows what it entered."""
    if await dialogs.was_applied(turn.office, turn.key):
        draft = await dialogs.own(turn.office, turn.who, turn.pressed.id)
        again = await outcome(turn, draft, f"{DONE}.") if draft else None
        if again is not None:
            await turn.show(again, DONE)
            return
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    said = Said.model_validate(draft.fields)
    if said.first is None or said.last is None:
        raise Refusal(No.STALE)
    wanted = Wanted(said.person_id, said.first, said.last, said.deputy_id)
    done = await _enter(turn, draft, said, wanted)
    await turn.show(await absence_card.page(turn, done, f"{DONE}."), DONE)


async def outcome(turn: Turn, draft: Draft, heading: str = "") -> Message | None:
    """Return the present state of the absence that a draft was about; None where it entered none.

    Refuses as `absence.one` does for an absence that is over.
    """
    said = Said.model_validate(draft.fields)
    absence_id = said.absence_id
    if absence_id is None and draft.ended_at is not None:
        absence_id = await absence.entered_at(turn.office, said.person_id, draft.ended_at)
    if absence_id is None:
        return None
    found = await absence.one(turn.office, turn.who, absence_id, turn.now)
    return await absence_card.page(turn, found, heading)


async def _enter(turn: Turn, draft: Draft, said: Said, wanted: Wanted) -> Absence:
    office, who, now, key = turn.office, turn.who, turn.now, turn.key
    if said.absence_id is None:
        return await absence.enter(office, who, wanted, now, key, draft)
    return await absence.change(office, who, said.absence_id, wanted, now, key, draft)


async def prompt(turn: Turn, draft: Draft) -> Message:
    """Return the next question, or the preview once everything is known."""
    said = Said.model_validate(draft.fields)
    stop = button("Thôi", "ask.stop", draft.id, draft.version)
    known = (await turn.office.roster()).by_key
    name = escape(known[said.person_id].name) if said.person_id in known else ""
    if said.first is None or said.last is None:
        return Message(_which_days(said, name), rows(*pairs(_days(turn, draft, said)), [stop]))
    if not said.decided:
        asked = f"Ai xử lý thay đồng chí <b>{name}</b> {dates.span(said.first, said.last)}?"
        text = f"{asked}\nBấm chọn hoặc gõ họ tên, ví dụ: đồng chí Khiêm."
        return Message(text, rows(*await _deputies(turn, draft, said), [stop]))
    yes = button("Xác nhận", "ask.away_sure", draft.id, draft.version)
    again = [
        button("Đổi ngày", "ask.away_again", draft.id, draft.version, "days"),
        button("Đổi người thay", "ask.away_again", draft.id, draft.version, "deputy"),
    ]
    return Message(await _preview(turn, said, name), rows([yes, stop], again))


def _which_days(said: Said, name: str) -> str:
    if said.first is not None:
        return (
            f"Đồng chí <b>{name}</b> nghỉ từ {dates.written(said.first)} đến hết ngày nào? "
            "Bấm chọn hoặc gõ, ví dụ: đến 12/12."
        )
    return (
        f"Đồng chí <b>{name}</b> nghỉ từ ngày nào đến ngày nào? Bấm chọn hoặc gõ, ví dụ: {EXAMPLE}."
    )


def _days(turn: Turn, draft: Draft, said: Said) -> list[Button]:
    """Return the usual days: today, tomorrow, up to the end of this week, next week."""
    today = turn.office.today(turn.now)
    friday = today + ONE_DAY * ((4 - today.weekday()) % 7)
    monday = today + ONE_DAY * (7 - today.weekday())
    if said.first is not None:
        week = said.first + ONE_DAY * ((4 - said.first.weekday()) % 7)
        spans = {
            "Một ngày": (said.first, said.first),
            "Đến thứ Sáu": (said.first, week),
            "Đến thứ Sáu tuần sau": (said.first, week + ONE_DAY * 7),
        }
    else:
        spans = {
            "Hôm nay": (today, today),
            "Ngày mai": (today + ONE_DAY, today + ONE_DAY),
            "Đến hết thứ Sáu": (today, friday),
            "Cả tuần sau": (monday, monday + ONE_DAY * 4),
        }
    return [
        button(label, "ask.away_days", draft.id, draft.version, f"{first:%Y%m%d}{last:%Y%m%d}")
        for label, (first, last) in spans.items()
    ]


async def _deputies(turn: Turn, draft: Draft, said: Said) -> list[list[Button]]:
    roster = (await turn.office.roster()).by_key
    likely = [one.id for one in await absence.likely(turn.office, said.person_id)]
    shown = [one for one in said.names or likely if one in roster][:SHOWN]
    found = [
        button(
            person_label(roster[one].name, roster[one].unit),
            "ask.away_deputy",
            draft.id,
            draft.version,
            str(one),
        )
        for one in shown
    ]
    nobody = button("Không cử ai", "ask.away_deputy", draft.id, draft.version, str(NOBODY))
    return [*([one] for one in found), [nobody]]


async def _preview(turn: Turn, said: Said, name: str) -> str:
    assert said.first is not None
    assert said.last is not None
    roster = (await turn.office.roster()).by_key
    count = await absence_news.open_count(turn.office, said.person_id)
    lines = [
        f"<b>Lịch nghỉ của đồng chí {name}</b>",
        dates.days(said.first, said.last, turn.office.workdays),
    ]
    if said.deputy_id in roster:
        deputy = escape(roster[said.deputy_id].name)
        lines += [f"Xử lý thay: <b>{deputy}</b>"]
        lines += await _also_away(turn, said.deputy_id, said.first, said.last)
        lines += [
            "",
            f"Việc đang mở: {count}. Thẻ, lời nhắc, việc chờ ý kiến đến đồng chí {deputy}.",
        ]
    else:
        lines += ["Không cử ai: cấp trên xử lý thay.", "", f"Việc đang mở: {count}."]
    lines += [f"Đồng chí {name} vẫn là người chủ trì; ai làm thay bước nào, lịch sử ghi rõ."]
    return "\n".join(lines)


async def _also_away(turn: Turn, deputy_id: int, first: date, last: date) -> list[str]:
    found = await absence_news.deputy_away(turn.office, deputy_id, first, last, turn.now)
    return [
        f"⚠️ Đồng chí ấy cũng nghỉ {dates.span(one.from_day, one.until_day)}: "
        "những ngày ấy người thay của đồng chí ấy, hoặc cấp trên, xử lý."
        for one in found
    ]


def _day(value: str) -> date:
    try:
        return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day of the office
    except ValueError:
        raise Refusal(No.STALE) from None
