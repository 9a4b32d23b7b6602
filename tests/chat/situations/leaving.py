"""14. Bàn giao, kết thúc công tác"""

from tests.chat.scribe import Scribe


async def handed_on_and_ended(tell: Scribe) -> None:
    """Trang của một người: bàn giao hết việc rồi kết thúc"""
    await tell.given()
    await tell.say("staff", "tôi soạn lịch công tác tuần, thứ Hai tuần sau")
    await tell.press("staff", "Giao việc")
    await tell.say("staff", "/nguoi")
    await tell.say("head", "/nguoi Không Có")
    await tell.say("head", "/nguoi")
    await tell.say("head", "/nguoi Ân")
    await tell.press("head", "Kết thúc")
    await tell.press("head", "Bàn giao")
    await tell.say("head", "đồng chí Trầm")
    await tell.press("head", "Bàn giao", tell.last("head"))
    await tell.go("leader", 1, "Lịch sử")
    await tell.press("head", "Kết thúc")
    await tell.press("head", "Kết thúc công tác")
    await tell.say("staff", "/viec")
    await tell.say("admin", "/nguoi Ân")


async def with_all_there_is(tell: Scribe) -> None:
    """Bàn giao cả việc định kỳ, việc phối hợp, việc theo dõi"""
    await tell.say(
        "leader",
        "Giao đồng chí Ngọc Trầm soạn báo cáo quý, phối hợp: đồng chí Mạc Thiên Ân, hạn thứ Sáu",
    )
    await tell.press("leader", "Giao việc")
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân thứ Sáu hằng tuần gửi lịch công tác")
    await tell.press("leader", "Giao việc")
    await tell.say("leader", "/nguoi Ân")
    await tell.press("leader", "Bàn giao")
    await tell.say("leader", "đồng chí Trầm")
    await tell.press("leader", "Bàn giao", tell.last("leader"))
    await tell.say("leader", "/dinhky")
    await tell.press("leader", "Định kỳ 1")
    await tell.press("leader", "Lịch sử")
