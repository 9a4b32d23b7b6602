"""Every refusal as a courteous answer, where it helps with an example of what works."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from bot.chat.cards import STATUS_WORDS
from bot.refusals import No, Refusal
from bot.rules.tasks.evidence import Lack
from storage.records import Evidence

Facts = Mapping[str, Any]

SHOWN_KINDS = 12
"""How many of the accepted kinds of files are shown: the first ones, which are the most usual."""

DEADLINE_EXAMPLE = "17h thứ Sáu, 25/12 hoặc cuối tháng"

_MISSING_EVIDENCE: dict[Evidence, Callable[[Facts], str]] = {
    Evidence.FILE: lambda _: "Việc này phải nộp kèm tệp. Đồng chí gửi tệp, ví dụ: bao-cao.pdf.",
    Evidence.SYMBOL: lambda facts: (
        f"Minh chứng còn thiếu {_all_of([_LACKING[lack] for lack in facts['missing']])}. "
        f"Đồng chí gõ thêm, ví dụ: {_LACKING_EXAMPLES[facts['missing'][0]]}."
    ),
}
_LACKING: dict[str, str] = {
    Lack.SYMBOL: "số, ký hiệu",
    Lack.DATE: "ngày",
    Lack.RECEIVER: "nơi nhận",
}
_LACKING_EXAMPLES: dict[str, str] = {
    Lack.SYMBOL: "Tờ trình 12-TTr/VPTU ngày 10/12/2026, gửi Thường trực",
    Lack.DATE: "ngày 10/12/2026, gửi Thường trực",
    Lack.RECEIVER: "gửi Thường trực",
}
_SENTENCES: dict[No, str | Callable[[Facts], str]] = {
    No.NOT_ALLOWED: lambda facts: (
        "Đồng chí chỉ giao được việc cho mình và người trong đơn vị mình phụ trách."
        if "lead_id" in facts
        else "Đồng chí không có quyền làm bước này. Gõ /trogiup để xem việc đồng chí làm được."
    ),
    No.STRANGER: "Chưa có tên đồng chí trong danh sách. Đồng chí liên hệ quản trị để được mời vào.",
    No.NOT_FOUND: lambda facts: (
        f"Không tìm thấy việc số {facts['number']}. Gõ /viec để xem việc của đồng chí."
        if "number" in facts
        else "Không tìm thấy nội dung này. Gõ /viec để xem việc của đồng chí."
    ),
    No.STALE: "Thẻ này đã cũ hoặc việc vừa thay đổi. Gõ /viec để xem lại.",
    No.ALREADY_DONE: "Bước này đã được ghi nhận.",
    No.WRONG_STATE: lambda facts: f"Việc này đang ở trạng thái: {STATUS_WORDS[facts['status']]}.",
    No.EMPTY: "Tin chưa có nội dung. Đồng chí gõ lại, ví dụ: đã gửi dự thảo cho phòng Tổng hợp.",
    No.EMPTY_FILE: "Tệp mới có hàng tiêu đề. Đồng chí điền các dòng bên dưới rồi gửi lại.",
    No.TOO_LONG: lambda facts: (
        f"Nội dung dài {facts['length']} ký tự, nhiều nhất là {facts['limit']}. "
        "Đồng chí rút gọn, phần chi tiết gửi bằng tệp."
    ),
    No.NO_DEADLINE_READ: f"Chưa đọc được hạn. Đồng chí gõ, ví dụ: {DEADLINE_EXAMPLE}.",
    No.DEADLINE_PAST: f"Hạn này đã qua hoặc không muộn hơn hạn cũ. Ví dụ: {DEADLINE_EXAMPLE}.",
    No.NO_EFFORT_READ: "Chưa đọc được số ngày công. Ví dụ: 2 ngày công, nửa ngày, 3 giờ.",
    No.NO_PERSON_READ: (
        "Chưa tìm thấy đồng chí này trong danh sách. "
        "Đồng chí gõ họ tên hoặc @tên, ví dụ: Mạc Thiên Ân."
    ),
    No.PERSON_LEFT: "Đồng chí này không còn công tác tại cơ quan. Đồng chí chọn người khác.",
    No.NO_PERCENT_READ: "Chưa đọc được tiến độ. Ví dụ: 60% đã xong dự thảo.",
    No.INCOMPLETE: "Thẻ còn thiếu thông tin, đồng chí bổ sung rồi bấm Giao việc.",
    No.BAD_INVITATION: "Liên kết mời không đúng hoặc đã hết hạn. Đồng chí xin liên kết mới.",
    No.INVITATION_USED: "Liên kết mời này đã được dùng. Đồng chí xin liên kết mới.",
    No.ACCOUNT_TAKEN: "Tài khoản Telegram này đã gắn với một đồng chí khác. Liên hệ quản trị.",
    No.NAMED_IN_SETTINGS: lambda facts: (
        f"Mã Telegram {facts['telegram_id']} là quản trị theo cài đặt. "
        "Bỏ mã này khỏi [access] admins rồi khởi động lại trước khi thu hồi."
    ),
    No.SECRET: "Tin có dấu hiệu bí mật nhà nước nên bot không lưu và không xử lý.",
    No.BAD_FILE: lambda facts: (
        f"Không đọc được {_file_part(facts)}. Đồng chí gửi tệp CSV hoặc Excel (.xlsx)."
    ),
    No.FILE_TOO_HEAVY: "Tệp này quá nặng để đọc. Đồng chí chỉ giữ bảng cần nhập, không quá 5 MB và 20.000 dòng, rồi gửi lại.",
    No.READERS_BUSY: "Bot đang đọc nhiều tệp khác nên chưa đọc được tệp này. Đồng chí gửi lại tệp sau ít phút.",
    No.MAY_BE_MARKED: lambda facts: (
        f"Dòng {', '.join(map(str, facts['lines'][:10]))} có chữ có thể là dấu Mật nên bot chưa lưu gì. "
        "Đồng chí gõ đủ dấu tiếng Việt ở đó rồi gửi lại tệp."
    ),
    No.PAST_PARENT: lambda facts: (
        f"Hạn phần việc không được quá hạn việc số {facts['number']}: "
        f"{facts['day']:%H:%M %d/%m/%Y}. Đồng chí chọn hạn khác."
    ),
    No.PART_LATER: lambda facts: (
        f"Hạn mới sớm hơn hạn phần việc số {facts['number']}: {facts['day']:%H:%M %d/%m/%Y}. "
        "Đồng chí chọn hạn khác, hoặc sửa hạn phần việc trước."
    ),
    No.TOO_MANY_PARTS: lambda facts: f"Mỗi lần chia nhiều nhất {facts['limit']} phần việc.",
    No.TOO_MANY_TASKS: lambda facts: (
        f"Mỗi tin giao nhiều nhất {facts['limit']} việc nên chưa ghi việc nào. "
        "Đồng chí chia thành nhiều tin rồi gửi lại."
    ),
    No.TOO_MANY_STEPS: lambda facts: (
        f"Danh mục có nhiều nhất {facts['limit']} bước. Việc lớn hơn thì bấm Khác, Chia việc."
    ),
    No.REQUEST_OPEN: "Việc này đang có đề nghị chờ ý kiến. Rút đề nghị: bấm Khác trên thẻ.",
    No.SAME_PERSON: "Đồng chí này đang làm việc đó rồi. Đồng chí chọn người khác.",
    No.ACTED_SINCE: "Đã có bước tiếp theo nên không hoàn tác được nữa. Đây là việc lúc này.",
    No.GRADED_LATE: "Chất lượng chỉ đổi được trong một ngày sau khi nghiệm thu.",
    No.SAME: "Nội dung này đã đúng như vậy, không có gì thay đổi. Đồng chí chọn giá trị khác.",
    No.LAST_FOLLOWER: (
        "Việc của cơ quan ngoài phải có người theo dõi. Đồng chí bấm Thêm theo dõi trước, rồi mới bớt."
    ),
    No.UNDO_LATE: "Chỉ hoàn tác được trong nửa phút. Đây là việc lúc này.",
    No.FILE_KIND: lambda facts: (
        "Bot không nhận loại tệp này. "
        f"Đồng chí gửi tệp {', '.join(facts['kinds'][:SHOWN_KINDS])}, ví dụ: bao-cao.pdf."
    ),
    No.FILE_GONE: "Không tải được tệp này từ Telegram. Đồng chí gửi lại tệp.",
    No.FILE_LOST: lambda facts: (
        f"Tệp {escape(facts['name'][:60])} không còn trên máy chủ. Đồng chí báo quản trị."
    ),
    No.NO_EVIDENCE: lambda facts: _MISSING_EVIDENCE[facts["evidence"]](facts),
    No.NO_ENTRY_RIGHT: (
        "Đồng chí chưa được nhập việc thay mặt. Lãnh đạo gõ, ví dụ: /thaymat Đoàn Thục Hạnh Nhi."
    ),
    No.NO_HOUR: lambda facts: (
        f"Đồng chí chọn giờ từ {facts['first']:%H:%M} đến {facts['last']:%H:%M}, "
        "ví dụ: /gionhac 8h15."
    ),
    No.SNOOZE_LATE: "Giờ này đã qua hoặc sau hạn của việc. Gõ /viec để xem việc, ví dụ: /viec 12.",
    No.NO_CALENDAR_DAY: (
        "Chưa đọc được ngày, hoặc ngày đã qua. Đồng chí gõ, ví dụ: /lich nghỉ 02/01/2026 nghỉ bù, hoặc "
        "/lich làm bù 10/01/2026."
    ),
    No.NO_REMARK: "Việc này không có ý kiến chỉ đạo nào chờ trả lời.",
    No.NO_FIGURE_READ: (
        "Chưa đọc được số liệu cần đính chính. Ví dụ: ngày nộp 10/12 vì đã gửi bản giấy."
    ),
    No.NO_REASON: "Đồng chí nêu thêm lý do, ví dụ: ngày nộp 10/12 vì đã gửi bản giấy.",
    No.NOTHING_TO_CORRECT: "Số liệu này chưa được báo, đã được báo lại hoặc đã đúng như vậy.",
    No.CORRECTION_OPEN: "Việc này đang có đề nghị đính chính chờ duyệt.",
    No.NOBODY_DECIDES: (
        "Không có ai khác để duyệt đính chính này. Đồng chí bấm Khác, Trao đổi để ghi lại."
    ),
    No.PARTS_OWED: lambda facts: (
        f"Chưa xong được: còn chờ phần phối hợp của {escape(_few(facts['names']))}. Nếu không cần chờ, "
        "bấm Khác rồi Chỉ cần chủ trì."
    ),
    No.NO_DAYS_READ: "Chưa đọc được ngày nghỉ. Đồng chí gõ, ví dụ: từ 9/12 đến 12/12.",
    No.DAYS_PAST: "Ngày nghỉ đã qua hoặc ngày cuối sớm hơn ngày đầu. Ví dụ: từ 9/12 đến 12/12.",
    No.AWAY_ALREADY: lambda facts: (
        f"Đã có lịch nghỉ {facts['first']:%d/%m} đến {facts['last']:%d/%m/%Y}. "
        "Đồng chí gõ /nghi để sửa lịch ấy."
    ),
    No.AWAY_REVERSED: "Ngày cuối đứng trước ngày đầu. Đồng chí gõ lại, ví dụ: nghỉ từ 9/12 đến 12/12.",
    No.OWN_DEPUTY: "Không tự xử lý thay chính mình được. Đồng chí chọn người khác.",
    No.DEPUTY_ELSEWHERE: "Người xử lý thay, người nhận bàn giao phải cùng cơ quan.",
    No.WORK_LEFT: "Đồng chí này còn việc đang mở. Bàn giao việc trước rồi mới kết thúc.",
    No.LAST_ADMIN: (
        "Đây là quản trị cuối cùng có tài khoản. Cần có quản trị khác trước rồi mới kết thúc."
    ),
    No.NO_DOCUMENT_READ: (
        "Chưa đọc được thông tin văn bản. Ví dụ: Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, "
        "nhận 21/11, 8 việc."
    ),
    No.DATES_CROSSED: lambda facts: (
        f"Ngày nhận {facts['received_on']:%d/%m/%Y} trước ngày ban hành "
        f"{facts['issued_on']:%d/%m/%Y}. Đồng chí gõ lại, ví dụ: nhận 21/11/2026."
    ),
    No.DOCUMENT_KNOWN: lambda facts: (
        f"Văn bản {escape(facts['symbol'][:60])} đã có. Gõ /vanban và số, ký hiệu để mở."
    ),
    No.NO_DOCUMENT_RIGHT: (
        "Nhập việc từ văn bản dành cho lãnh đạo, trưởng phòng và người được nhập thay. "
        "Lãnh đạo cho phép bằng /thaymat."
    ),
    No.TOO_MANY_ITEMS: lambda facts: (
        f"Mỗi lần nhập nhiều nhất {facts['limit']} việc, ở đây có {facts['count']}. "
        f"Đồng chí gửi {facts['limit']} việc đầu, giao xong thì bấm Nhập thêm việc."
    ),
    No.ITEMS_WRONG: "Còn mục chưa đúng nên chưa giao việc nào. Đồng chí sửa các mục có dấu ⚠️.",
    No.BAD_COLUMN: lambda facts: (
        f"Chưa rõ cột “{escape(facts['name'][:40])}”. Tệp cần cột “nội dung”, ngoài ra dùng được: "
        "chủ trì, phối hợp, theo dõi, hạn, sản phẩm."
    ),
    No.NO_UNIT_COLUMN: (
        "Tệp cần cột “đơn vị”, ngoài ra dùng được: đơn vị trên, tên tắt, tên cũ, người đứng đầu, cấp phó, "
        "biên chế. Mẫu: gõ /donvi, bấm Tải bảng Excel."
    ),
    No.NO_PRODUCT_READ: "Chưa rõ sản phẩm. Đồng chí bấm chọn hoặc gõ, ví dụ: báo cáo, tờ trình.",
    No.ARCHIVED: lambda facts: (
        f"Việc số {facts['number']} đã lưu trữ nên không thay đổi được nữa. Xem lại: "
        f"/viec {facts['number']}."
    ),
    No.NOTHING_TO_ARCHIVE: lambda facts: (
        "Chưa có việc nào để lưu trữ"
        + (f", {facts['waiting']} việc còn chờ việc liên quan kết thúc" if facts["waiting"] else "")
        + ". Đồng chí thử năm khác, ví dụ: /luutru 2026."
    ),
    No.UNIT_LIVES: lambda facts: (
        f"{escape(str(facts['name'])[:60])} đang hoạt động. Chỉ lưu trữ đơn vị đã giải thể, "
        "hoặc cả năm, ví dụ: /luutru 2026."
    ),
    No.SAME_APPROVER: (
        "Đồng chí đã đề nghị danh sách này nên không tự duyệt được. Nhờ một đồng chí khác gõ /luutru."
    ),
    No.PROPOSER_LEFT: (
        "Đồng chí đề nghị không còn công tác tại cơ quan. Đồng chí bấm Không tiêu hủy, rồi gõ /luutru "
        "để đề nghị lại."
    ),
    No.OTHER_PACKAGE: lambda facts: (
        f"Ở đây đã có một gói khác tên {facts['name']}. Chưa đưa lại việc nào, đồng chí kiểm tra "
        "mã gói trong biên bản."
    ),
    No.NO_SUCH_UNIT: "Chưa tìm thấy đơn vị này. Đồng chí gõ đủ tên, ví dụ: /luutru Phòng Quản trị.",
    No.WHICH_ITEM: lambda facts: (
        f"Danh sách có {facts['count']} mục. Đồng chí ghi số mục ở đầu dòng, "
        "ví dụ: 2. Trầm rà số liệu, hạn thứ Sáu."
    ),
    No.SERIES_OVER: "Việc này không còn kỳ nào nữa. Gõ /dinhky để xem việc định kỳ của đồng chí.",
    No.NO_CHANGE_READ: (
        "Chưa rõ cần đổi gì. Ví dụ: đổi thành thứ Sáu hằng tuần; giao đồng chí Trầm; "
        "nội dung: nộp báo cáo quý."
    ),
    No.NOT_YOURS: "Thẻ này đồng chí khác đang soạn, chỉ đồng chí ấy bấm và sửa được.",
    No.NOT_STARTED: "Đồng chí mở trò chuyện riêng với bot, bấm Bắt đầu, rồi làm lại bước này.",
    No.NOTHING_ASKED: "Thẻ đã đủ thông tin. Muốn sửa, đồng chí bấm Sửa hạn, Đổi người rồi trả lời.",
    No.UNIT_TAKEN: lambda facts: (
        f"“{escape(facts['name'][:60])}” đang là tên của {escape(facts['unit'][:60])}. "
        "Đồng chí chọn tên khác, ví dụ: Phòng Tổng hợp 2."
    ),
    No.UNIT_LOOP: lambda facts: (
        f"{escape(facts['name'][:60])} không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó."
    ),
    No.UNIT_GONE: "Đơn vị này không còn. Gõ /donvi để xem các đơn vị hiện có.",
    No.NO_UNIT_READ: lambda facts: (
        f"Chưa rõ đơn vị nào: {escape(', '.join(facts['names'][:3])[:120])}. "
        "Gõ cả đơn vị trên, ví dụ: Đảng ủy phường A › Văn phòng."
        if facts["names"]
        else "Chưa tìm thấy đơn vị này. Đồng chí gõ tên, ví dụ: Phòng Tổng hợp."
    ),
    No.MERGER_BLOCKED: "Chưa sắp xếp được: còn mục có dấu ⚠️. Đồng chí xem lại bản xem trước.",
    No.LIST_CHANGED: "Cơ quan đã thay đổi từ lúc đồng chí xem danh sách. Đồng chí gửi lại tệp.",
    No.MERGER_CHANGED: "Đơn vị đã thay đổi từ lúc đồng chí xem. Gõ /donvi để xem lại.",
    No.MERGER_BUILT_ON: "Không hoàn tác được nữa vì đã có việc, người hoặc đơn vị thay đổi theo.",
    No.NO_COPY: "Chưa chép được cơ sở dữ liệu nên chưa làm gì. Đồng chí báo người vận hành.",
    No.NO_TASKS_READ: "Chưa đọc được số việc. Ví dụ: 12, 15.",
    No.NO_COUNT_READ: "Chưa đọc được số biên chế. Ví dụ: 8.",
    No.FILE_TOO_LARGE: lambda facts: (
        f"Tệp lớn hơn {facts['limit']} MB nên bot không nhận được. Đồng chí nén hoặc chia nhỏ."
    ),
}


def _file_part(facts: Facts) -> str:
    """Return which part of a file could not be read: one line, or the whole file."""
    return f"dòng {facts['line']} của tệp" if facts.get("line") else "tệp này"


def _all_of(words: Sequence[str]) -> str:
    """Return "số, ký hiệu, ngày và nơi nhận"."""
    return " và ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _few(names: Sequence[str]) -> str:
    more = len(names) - 2
    return ", ".join(names[:2])[:60] + (f" và {more} nơi khác" if more > 0 else "")


def sentence(refusal: Refusal) -> str:
    """Return the refusal in words."""
    words = _SENTENCES[refusal.kind]
    return words if isinstance(words, str) else words(refusal.facts)
