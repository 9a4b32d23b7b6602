"""17. Lịch làm việc của cơ quan"""

from tests.chat.scribe import Scribe


async def days_off(tell: Scribe) -> None:
    """Quản trị xem và sửa ngày nghỉ, ngày làm bù"""
    await tell.say("staff", "/lich")
    await tell.say("admin", "/lich")
    await tell.say("admin", "/lich nghỉ 18/12/2026")
    await tell.say("admin", "/lich làm bù 19/12/2026")
    await tell.say("admin", "/lich")
    await tell.say("admin", "/lich bỏ 19/12/2026")
    await tell.say("admin", "/lich nghỉ ngày mai kia")
    await tell.given()
    await tell.say("admin", "/lich nghỉ 10/12/2026")
    good = "ngày,làm việc,ghi chú\n24/12/2026,nghỉ,nghỉ bù\n26/12/2026,làm bù,\n"
    await tell.send_file("admin", "lich.csv", data=good.encode())
    await tell.press("admin", "Ghi vào lịch")
    await tell.send_file("admin", "lich.csv", data=good.replace("24", "23").encode())
    await tell.press("admin", "Thôi")
    await tell.send_file("admin", "lich.csv", data=good.replace("nghỉ,", "x,").encode())
    await tell.send_file("admin", "lich.csv", data=good.replace("24/12/2026", "mai").encode())
    await tell.send_file("admin", "lich.csv", data=good.replace("làm bù", "chắc").encode())
    await tell.send_file("admin", "lich.csv", data=good.replace("nghỉ bù", "ho so mat").encode())
