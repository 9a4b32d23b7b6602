"""Reports that are sent regularly: switched on or off by button, and worded when they are due."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.actions.reporting import report_plan
from bot.actions.reporting.report import gather
from bot.chat.buttons import button, rows
from bot.chat.messages import Delivery, Message
from bot.chat.reporting.report import message, pressed_for
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.reporting.periods import Kind, Period
from storage.records import Outgoing

NAMES = {Kind.WEEK: "Sáng thứ Hai", Kind.MONTH: "Ngày cuối tháng"}


async def show(turn: Turn) -> None:
    """Show which reports are sent regularly."""
    await turn.show(await _page(turn))


async def switch(turn: Turn) -> None:
    """Switch one report on or off, as the button says."""
    kind, _, on = turn.pressed.value.partition("_")
    if kind not in set(Kind):
        raise Refusal(No.STALE)
    await report_plan.switch(turn.office, turn.who, Kind(kind), on == "on", turn.now, turn.key)
    await turn.show(await _page(turn), "Đã đổi")


async def due(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Word a report that is due, with its files as buttons; None for a person who no longer leads anybody."""
    if not receiver.who.leads_others:
        return None
    facts = told[0].facts
    first, last = date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"])
    period = Period(Kind(facts["kind"]), first, last)
    report = await gather(office, receiver.who, period, None, now)
    return Delivery(receiver.chat_id, message(report, pressed_for(period)))


async def _page(turn: Turn) -> Message:
    chosen = await report_plan.wanted(turn.office, turn.who)
    offered = [
        button(
            f"{'✅ ' if kind in chosen else ''}{name}",
            "report.plan",
            value=f"{kind}_{'off' if kind in chosen else 'on'}",
        )
        for kind, name in NAMES.items()
    ]
    text = (
        "<b>Báo cáo gửi định kỳ</b>\n"
        "Sáng thứ Hai: báo cáo tuần trước. Ngày cuối tháng: báo cáo tháng. Bấm để bật, bấm lại để tắt."
    )
    return Message(text, rows(offered, [button("‹ Chọn kỳ", "report.menu")]))
