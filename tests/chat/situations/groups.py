"""16. Trong nhóm"""

from storage.records import Reach
from tests.chat.scribe import Scribe


async def assigned_in_a_group(tell: Scribe) -> None:
    """Bot được thêm vào nhóm; giao việc, nhận và làm ngay trong nhóm"""
    group = await tell.group("leader", "staff", "mate")
    await tell.say("leader", "/viec", chat_id=group)
    await tell.say(
        "leader",
        "/giao Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu",
        chat_id=group,
    )
    await tell.press_in(group, "staff", "Giao việc")
    await tell.press_in(group, "leader", "Giao việc")
    await tell.press_in(group, "staff", "Đã nhận")
    await tell.say("staff", "/giao", chat_id=group)


async def files_in_a_group(tell: Scribe) -> None:
    """Nhiều tệp gửi một lúc vào nhóm mà bot chỉ thấy tin gọi mình"""
    group = await tell.group("leader", "staff")
    order = "/giao đồng chí Mạc Thiên Ân xử lý hai văn bản, hạn thứ Sáu"
    await tell.send_file("leader", "cv-12.pdf", order, chat_id=group, album="a")
    draft = tell.talk.emulator.messages.of_chat(group)[-1].id
    await tell.send_file("leader", "cv-13.pdf", chat_id=group, reply_to=draft)
    await tell.press_in(group, "leader", "Giao việc")


async def spoken_to_by_whom_it_does_not_know(tell: Scribe) -> None:
    """Người lạ, người chưa bấm Bắt đầu gọi bot trong nhóm"""
    group = await tell.group("leader", "staff", stranger=True)
    await tell.stranger("/viec", group)
    await tell.reach("staff", Reach.NEVER_STARTED)
    await tell.say("staff", "/viec", chat_id=group)


async def spoken_to_in_the_groups_name(tell: Scribe) -> None:
    """Quản trị viên của nhóm gửi ẩn danh"""
    group = await tell.group("leader", "staff")
    await tell.anonymous(group, "/viec")


async def reported_in_a_group(tell: Scribe) -> None:
    """Trả lời thẻ trong nhóm bằng lời báo cáo"""
    group = await tell.group("leader", "staff")
    await tell.say(
        "leader",
        "/giao Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu",
        chat_id=group,
    )
    await tell.press_in(group, "leader", "Giao việc")
    await tell.reply_in(group, "staff", "Xem riêng", "60% đã xong dự thảo")
    await tell.press_in(group, "staff", "Ghi là tiến độ")
