"""`/guitin`: how delivery stands, for the admin; whom the bot cannot reach, for those above them."""

from datetime import datetime

from bot.actions.messaging import delivery_health
from bot.chat import dates
from bot.chat.buttons import button, rows
from bot.chat.cards import clip
from bot.chat.messages import Message
from bot.chat.turn import Turn
from storage.records import Reach, Role, Unreached

SHOWN = 15
REASONS = {
    "blocked": "đã chặn bot",
    "never_started": "chưa bấm Bắt đầu",
    "chat_gone": "không còn trò chuyện",
    "refused": "Telegram từ chối",
    "flooded": "Telegram yêu cầu chờ",
    "timed_out": "hết giờ chờ",
    "network": "mất mạng",
    "server": "máy chủ Telegram lỗi",
}
OUTCOMES = {"put_off": "Hoãn", "unreachable": "Không tới", "failed": "Gửi hỏng"}
_REACH = {Reach.BLOCKED: "đã chặn bot", Reach.NEVER_STARTED: "chưa bấm Bắt đầu"}


async def command(turn: Turn) -> None:
    """`/guitin`."""
    if Role.ADMIN in turn.who.roles:
        await turn.say(await _health(turn))
    elif turn.who.leads_others:
        await show_unreached(turn)
    else:
        await turn.say("Lệnh này dành cho quản trị và trưởng phòng. Xem việc của mình: /viec")


async def _health(turn: Turn) -> Message:
    found = await delivery_health.delivery(turn.office, turn.who, turn.now)
    missing = await delivery_health.unreached(turn.office, turn.who)
    health = found.health
    oldest = f", cũ nhất từ {_at(turn, health.oldest)}" if health.oldest else ""
    lines = [
        f"<b>Tình hình gửi tin</b> · tính đến {_at(turn, turn.now)}",
        f"Đang chờ gửi: <b>{health.waiting}</b>{oldest}",
        f"Đang hoãn, sẽ gửi lại: <b>{health.put_off}</b>",
        f"Một ngày qua: gửi <b>{health.sent}</b>, gộp vào tin khác <b>{health.folded}</b>, "
        f"hỏng <b>{health.failed}</b>",
        *(
            f"{_outcome(outcome)}, {_reason(why)}: {times} lần"
            for outcome, why, times in found.reasons
        ),
        f"Chưa liên lạc được: <b>{len(missing)}</b> đồng chí",
    ]
    broken = [button("Tin gửi hỏng", "ledger.failed")] if health.failed else []
    absent = [button("Chưa liên lạc được", "ledger.unreached")] if missing else []
    return Message("\n".join(lines), rows([*broken, *absent]))


async def show_failed(turn: Turn) -> None:
    """Show the newest messages that were given up, without a word of them."""
    found = await delivery_health.failures(turn.office, turn.who)
    await turn.toast()
    lines = [
        f"{_at(turn, one.settled_at)} · {clip(one.name, 60)} · "
        f"{f'việc {one.task_id}' if one.task_id else one.kind} · {_reason(one.reason or '')}"
        for one in found
    ]
    await turn.say(
        "\n".join(["<b>Tin gửi hỏng gần đây</b>", *lines] if lines else ["Không có tin hỏng."])
    )


async def show_unreached(turn: Turn) -> None:
    """Show whom the bot cannot reach, and what they are missing."""
    found = await delivery_health.unreached(turn.office, turn.who)
    await turn.toast()
    if not found:
        await turn.say("Bot liên lạc được với mọi đồng chí có tin chờ.")
        return
    lines = [_person(turn, one) for one in found[:SHOWN]]
    more = [f"Và {len(found) - SHOWN} đồng chí khác"] if len(found) > SHOWN else []
    heading = f"<b>Chưa liên lạc được: {len(found)}</b>"
    how = "Nhờ các đồng chí này mở bot và bấm Bắt đầu: mọi điều đã chờ sẽ đến trong một tin."
    await turn.say("\n".join([heading, *lines, *more, how]))


def _person(turn: Turn, one: Unreached) -> str:
    tasks = f", {one.tasks} việc" if one.tasks else ""
    return (
        f"{clip(one.name, 60)}: {_REACH.get(one.reach, '')} · {one.messages} tin chờ{tasks} · "
        f"từ {_at(turn, one.since)}"
    )


def _at(turn: Turn, moment: datetime) -> str:
    return dates.short(moment, turn.office.workdays)


def _outcome(outcome: str) -> str:
    return OUTCOMES.get(outcome, outcome)


def _reason(reason: str) -> str:
    return REASONS.get(reason, f"lỗi {clip(reason, 40)}" if reason else "không rõ")
