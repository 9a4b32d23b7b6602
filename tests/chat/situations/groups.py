"""15. Trong nhóm"""

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
    await tell.say("staff", "/giao", chat_id=group)


async def files_in_a_group(tell: Scribe) -> None:
    """Nhiều tệp gửi một lúc vào nhóm mà bot chỉ thấy tin gọi mình"""
    group = await tell.group("leader", "staff")
    order = "/giao đồng chí Mạc Thiên Ân xử lý hai văn bản, hạn thứ Sáu"
    await tell.send_file("leader", "cv-12.pdf", order, chat_id=group, album="a")
    draft = tell.talk.emulator.messages.of_chat(group)[-1].id
    await tell.send_file("leader", "cv-13.pdf", chat_id=group, reply_to=draft)
    await tell.press_in(group, "leader", "Giao việc")
