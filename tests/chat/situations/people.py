"""12. Người dùng, nhập thay mặt"""

from tests.actions.list_import.people_list import WHOLE, csv_file
from tests.chat.scribe import Scribe

NEW = csv_file(",,Quách Duy Mẫn,Chuyên viên,Phòng Tổng hợp,staff")
WRONG = csv_file("x,,Quách Duy Mẫn,,Phòng Tổng hợp,staff", ",,,,Phòng Tổng hợp,boss")


async def invited(tell: Scribe) -> None:
    """Mời người vào"""
    await tell.say("staff", "/moi")
    await tell.say("admin", "/moi")
    await tell.say("admin", "/moi Không Có")
    await tell.say("admin", "/moi Ân")
    await tell.press("admin", tell.button("admin"))


async def many_to_invite(tell: Scribe) -> None:
    """Còn nhiều người chưa vào"""
    many = csv_file(*(f",,Lê Minh {chr(65 + n)},,Phòng Một,staff" for n in range(14)))
    await tell.send_file("admin", "danh-sach.csv", data=many)
    await tell.say("admin", "/moi")


async def revoked(tell: Scribe) -> None:
    """Thu hồi tài khoản"""
    await tell.say("admin", "/thuhoi")
    await tell.say("admin", "/thuhoi Ân")
    await tell.press("admin", tell.button("admin"))
    await tell.press("admin", "Thôi")
    await tell.say("admin", "/thuhoi Ân")
    await tell.press("admin", tell.button("admin"))
    await tell.press("admin", "Thu hồi")
    await tell.say("staff", "/viec")


async def a_list(tell: Scribe) -> None:
    """Nhập danh sách người"""
    await tell.send_file("admin", "danh-sach.csv", data=NEW)
    await tell.send_file("admin", "danh-sach.csv", data=WRONG)
    doubtful = csv_file(",,Quách Duy Mẫn,giu ho so mat,Phòng Tổng hợp,staff")
    await tell.send_file("admin", "danh-sach.csv", data=doubtful)
    many = csv_file(*(f"x{n},,Người {n},,Phòng Một,staff" for n in range(30)))
    await tell.send_file("admin", "danh-sach.csv", data=many)
    whole = ",,Trịnh Quang Lĩnh,Chánh Văn phòng,Thành ủy,leader,,Phòng Tổng hợp,Lĩnh"
    await tell.send_file("admin", "danh-sach.csv", data=csv_file(whole, header=WHOLE))


async def entry_rights(tell: Scribe) -> None:
    """Ai được nhập việc thay mặt"""
    await tell.say("leader", "/thaymat Giáp Văn Lộc Ninh")
    await tell.press("leader", "Thôi: Giáp Văn Lộc Ninh")
    await tell.say("admin", "/thaymat nhóm Thường trực: Lĩnh, Mơ")
    await tell.say("admin", "/thaymat Nhi thay Thường trực")
    await tell.say("admin", "/thaymat Không Có thay Lĩnh")
    await tell.say("staff", "/thaymat Ân")


async def position_and_role(tell: Scribe) -> None:
    """Sửa chức vụ, vai trò của một đồng chí"""
    await tell.say("admin", "/nguoi Mơ")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Chức vụ")
    await tell.say("admin", "Phó Chánh Văn phòng")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Chuyên viên")
    await tell.say("admin", "/nguoi Ân")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Trưởng phòng")
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.say("admin", "/nguoi Đăng")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "‹ Trở lại")
