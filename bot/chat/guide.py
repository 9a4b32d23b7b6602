"""`/trogiup`, the answer to words that were not understood, and the command menu of each role."""

from collections.abc import Collection

from bot.chat.assigning.assign import HOW
from bot.chat.messages import Message
from bot.chat.turn import Turn
from storage.records import Role

NO_WORDS = "Tin này không có chữ. Đồng chí gõ nội dung, ví dụ: /viec để xem việc của mình."
MENU = {
    "viec": "Việc của tôi",
    "giao": "Giao việc bằng một câu",
    "giaodi": "Việc tôi đã giao",
    "quahan": "Việc quá hạn",
    "tonghop": "Tổng hợp tình hình",
    "baocao": "Báo cáo tuần, tháng, quý, năm",
    "phancong": "Ai bận, ai nhận đỡ được",
    "tim": "Tìm việc theo từ",
    "moi": "Mời người vào dùng bot",
    "thuhoi": "Thu hồi tài khoản (mất máy)",
    "thaymat": "Ai được nhập việc thay tôi",
    "nghi": "Báo nghỉ, người xử lý thay",
    "vanban": "Văn bản giao việc",
    "dinhky": "Việc lặp lại định kỳ",
    "nguoi": "Trang của một đồng chí, bàn giao",
    "donvi": "Cây đơn vị, sắp xếp đơn vị",
    "gionhac": "Giờ gửi tin Việc hôm nay",
    "rutgon": "Tin chỉ ghi số việc và hạn",
    "lichviec": "Đưa hạn việc vào lịch máy",
    "lich": "Lịch nghỉ lễ của cơ quan",
    "dulieu": "Dữ liệu bot lưu về tôi",
    "luutru": "Lưu trữ, tiêu hủy hồ sơ",
    "guitin": "Tình hình gửi tin",
    "neo": "Mốc để đối chiếu lịch sử",
    "trogiup": "Hướng dẫn",
}
MENU_FOR_STRANGERS = [("start", "Bắt đầu")]
MENU_IN_GROUPS = [
    ("giao", "Giao việc trong nhóm"),
    ("viec", "Việc của tôi (trả lời riêng)"),
    ("tonghop", "Tổng hợp (trả lời riêng)"),
]
_FOR_ALL = ("viec", "tim", "quahan", "dinhky", "nghi", "gionhac", "lichviec", "trogiup")
_FOR_LEADING = (
    *("tonghop", "phancong", "baocao", "viec", "giao", "giaodi", "vanban", "dinhky"),
    *("quahan", "tim", "nghi", "gionhac", "lichviec", "trogiup"),
)


def menu(roles: Collection[Role]) -> list[tuple[str, str]]:
    """Return the commands that people of these roles are shown, each with what it does."""
    names = list(_FOR_ALL)
    if {Role.LEADER, Role.HEAD} & set(roles):
        names = list(_FOR_LEADING)
    if {Role.ADMIN, Role.HEAD} & set(roles):
        names.insert(-1, "moi")
    if set(roles) - {Role.STAFF}:
        names[-1:-1] = ["nguoi", "donvi"]
    if Role.ADMIN in roles:
        names[-1:-1] = ["thuhoi", "lich", "luutru", "guitin", "neo"]
    return [(name, MENU[name]) for name in names]


async def show(turn: Turn) -> None:
    """Answer `/trogiup` with the commands of this person's roles, and an example to those who assign."""
    commands = [f"/{name} · {what}" for name, what in menu(turn.who.roles)]
    lines = ["<b>Đồng chí dùng được</b>", *commands]
    if turn.who.leads_others:
        lines += ["", "<b>Giao việc</b>", HOW]
    lines += ["", "Nhận việc, báo tiến độ, nộp kết quả: bấm nút ngay trên thẻ việc."]
    await turn.say("\n".join(lines))


async def unknown(turn: Turn) -> None:
    """Answer a command that does not exist."""
    await turn.say("Không có lệnh này. Gõ /trogiup để xem các lệnh, ví dụ: /viec")


def not_understood(turn: Turn) -> Message:
    """Return the answer to words that were not understood, with an example that works."""
    example = HOW if turn.who.leads_others else "Xem việc của mình: /viec. Tìm việc: /tim báo cáo"
    return Message(f"Chưa rõ ý đồng chí.\n{example}")
