"""1. Bắt đầu và hướng dẫn"""

from bot.chat.flood_guard import Haste
from bot.chat.secrecy import doubtful_mark
from tests.chat.scribe import Scribe
from tests.chat.talk import ACCOUNTS, Heard


async def start(tell: Scribe) -> None:
    """Bấm Bắt đầu: lãnh đạo, trưởng phòng, chuyên viên, quản trị"""
    for name in ("leader", "head", "staff", "admin"):
        await tell.say(name, "/start")


async def help_for_each(tell: Scribe) -> None:
    """Hướng dẫn cho từng vai trò"""
    for name in ("leader", "head", "staff", "admin"):
        await tell.say(name, "/trogiup")
    await tell.say("staff", "/help")


async def nobody_known(tell: Scribe) -> None:
    """Người chưa có trong danh sách"""
    await tell.stranger("/start")
    await tell.stranger("/viec")
    await tell.stranger_presses()


async def not_understood(tell: Scribe) -> None:
    """Bot chưa hiểu"""
    await tell.say("leader", "chào bot")
    await tell.say("staff", "chào bot")
    await tell.say("staff", "/khongco")
    await tell.say("leader", "/giao")
    await tell.sticker("staff")


async def in_haste(tell: Scribe) -> None:
    """Gửi hoặc bấm nhanh hơn người ta có thể"""
    await tell.say("staff", "/gionhac")
    card = tell.find("staff", "08:00")
    tell.talk.handlers.haste = Haste(1)
    await tell.say("staff", "/viec")
    await tell.say("staff", "/viec")
    tell.talk.handlers.haste = Haste(1)
    for _ in range(2):
        await tell.press("staff", "08:00", card)


async def secret(tell: Scribe) -> None:
    """Tin có dấu hiệu bí mật nhà nước"""
    await tell.say("leader", "Giao đồng chí Ân xử lý công văn Tuyệt mật số 5")


async def doubtful(tell: Scribe) -> None:
    """Tin viết thiếu dấu, có thể là dấu Mật: bot hỏi trước khi lưu"""
    order = "Giao dong chi An tim ho so mat cua phong, truoc 17h thu Sau"
    await tell.say("leader", order)
    asked = tell.find("leader", doubtful_mark.NONE)
    await tell.press("leader", doubtful_mark.NONE)
    await tell.press("leader", doubtful_mark.NONE, asked)
    await tell.say("leader", order)
    await tell.press("leader", doubtful_mark.MARKED)
    said = await tell.say("leader", "ho so mat")
    message = tell.talk.emulator.messages.find(ACCOUNTS["leader"], said)
    assert message is not None
    message.deleted = True
    await tell.press("leader", doubtful_mark.NONE)
    await tell.say("leader", "ho so mat", to=Heard(tell.talk.said("leader")[0], "", {}))


async def nothing_to_show(tell: Scribe) -> None:
    """Mỗi lệnh khi chưa có việc nào"""
    for command in ("/viec", "/giaodi", "/quahan", "/tonghop", "/tim báo cáo", "/tim", "/thaymat"):
        await tell.say("leader", command)
    await tell.say("staff", "/tonghop")
