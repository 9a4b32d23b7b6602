"""The words by which a question says what it asks for, as patterns over folded text."""

import re

from bot.language.moments.date_range_forms import COUNT, DAY_WORDS, NUMBERS, words_in
from bot.language.questions.inquiry import Rank, State
from bot.language.readings import Urgency
from bot.language.text.courtesy import form
from bot.language.text.words import vocabulary

SELF = "(?:toi|em|minh|anh|chi|e|a)"
_DECIDING = (
    "(?:quyet dinh|quyet|phe duyet|duyet|nghiem thu|cho y kien|y kien|xem xet|xu ly|ky|giai quyet)"
)


_JUDGING = "(?:quyet dinh|phe duyet|duyet|nghiem thu|cho y kien|y kien|ky)"


STATES: dict[State, re.Pattern[str]] = {
    State.TO_DECIDE: form(
        rf"(?:cho|can|doi) {SELF}(?: {_DECIDING})+"
        rf"|{SELF} (?:dang |con |can )*(?:phai|can|chua|no|chua kip) {_DECIDING}"
        rf"|cho {_DECIDING} cua {SELF}|(?:nam|dang|con dang) cho {SELF}(?=\W*$)"
    ),
    State.DONE_LATE: form(
        "(?:hoan thanh|xong|nop|lam xong|gui|trinh|bao cao) (?:viec |nhung |ma |bi |lai )*"
        "(?:qua han|tre han|tre|cham han|cham|muon)"
    ),
    State.DONE_ON_TIME: form(
        "(?:hoan thanh |xong |lam xong |nop )?(?:dung han|dung thoi han|dung tien do|kip han|dung hen)"
    ),
    State.STALE: form(
        "(?:lau )?(?:roi )?(?:chua|khong|chang|ko) (?:thay |duoc |co |ai )*cap nhat"
        "|lau (?:roi |ngay )?(?:khong|chua|ko) (?:thay |co |ai )*(?:bao cao|bao|tin|dong tinh)(?: tien do| gi)?"
        "|im (?:re|ru|bat)|im lang(?: lau)?|im hoi lang tieng|bat tin|im lim|khong dong tinh"
    ),
    State.UNREPORTED: form(
        "(?:con )?(?:chua|khong|ko) (?:thay |co |gui |nop |ai )*bao(?: cao)?(?: ket qua| tien do| lai| gi)?"
    ),
    State.UNRECEIVED: form(
        "chua (?:ai |co ai |co nguoi |nguoi nao |duoc |xac nhan |bam )*(?:tiep nhan|nhan)(?: viec)?"
    ),
    State.RETURNED: form(
        "(?:bi |da )*(?:tra lai|tra ve|bac|khong dat)|(?:phai )?(?:lam lai|nop lai|sua lai)"
    ),
    State.SUBMITTED: form(
        f"(?:da (?:nop|trinh|gui) )?(?:va |ma |nhung )?(?:dang )?(?:cho|doi) (?:duoc )?{_DECIDING}"
        f"|(?:da (?:nop|trinh|gui) )?(?:va |ma |nhung )?chua (?:duoc |ai |thay )*{_JUDGING}"
        "|da nop(?: ket qua)?"
    ),
    State.EXTENDING: form(
        "(?:xin|de nghi|cho) (?:duoc )?(?:gia han|lui han|doi han|them thoi gian|gian han)"
    ),
    State.EXTENDED: form(
        "(?:da |duoc |bi )*(?:gia han|lui han|doi han)(?: nhieu lan| may lan| roi| nhieu)?"
    ),
    State.BLOCKED: form(
        "(?:dang |bi |gap |co )*(?:vuong mac|vuong|kho khan|be tac|tac|ach tac|ach(?: lai)?|un tac|nghen|mac ket|tro ngai|truc trac"
        "|ket(?! (?:qua|luan|thuc|hop|nap|toan|noi)))(?:,? vuong mac)?"
        "|(?:dang |bi |con )+mac(?: mu)?(?:,? can (?:thao )?go)?"
    ),
    State.PAUSED: form("(?:dang |bi )*(?:tam dung|tam hoan|dung lai|tam ngung)"),
    State.UNDATED: form("(?:khong|chua) (?:co |ro |dat |an dinh )*(?:thoi han|han|ky han)"),
    State.OVERDUE: form(
        "(?:con |dang |bi )*(?:no |be |tri |i ach )?(?:qua (?:thoi |ky )?han|tre han|tre hen|tre nai|cham tre|cham han|cham tien do|lo han|qh|tre|cham)"
        r"|con no|no viec|no|(?<=viec\s)do(?=\W*$)|do(?= (?:nhung|may|bao nhieu|gi|viec|cai)(?!\w))"
    ),
    State.OPEN: form(
        "chua (?:lam |xu ly )?(?:xong|hoan thanh|ket thuc|giai quyet|xu ly)(?: xong| dut diem)?|ton dong|con ton|dang mo|con dang do|do dang"
    ),
    State.DUE: form(
        "(?:sap |gan )?(?:den|toi|het) han|han chot|sap (?:den|toi)"
        "|(?:phai|can|se|chua|co trach nhiem) (?:lam )?(?:nop|xong|lam xong|lam|hoan thanh|trinh|gui|bao cao|giai quyet|ket thuc)"
        "|nop(?= (?:gi|nhung|viec))|han"
    ),
    State.DONE: form(
        "(?:da |vua |duoc )*(?:hoan thanh|lam xong|giai quyet xong|xong|ket thuc)(?: duoc| roi)?|da lam"
    ),
}
ALONE = {
    "tre": "trễ", "cham": "chậm", "han": "hạn", "ket": "kẹt", "gap": "gấp", "khan": "khẩn",
    "do": "đỏ", "nghen": "nghẽn", "ban": "bận", "nang": "nặng", "bac": "bác", "vuong": "vướng", "giao": "giao", "ai": "ai", "toi": "tôi", "nhat": "nhất", "no": "nợ",
}  # fmt: skip
"""Spellings with diacritics of words that have a meaning by themselves: "trẻ em" (children) are not late."""

SOON = form("sap|gan|den han|toi han|het han")
"""Words for tasks that fall due without a day named: within the next three days."""
_AT_WHICH_STEP = "(?:dang )?(?:(?:den|toi|o) )?(?:khau|buoc|giai doan|chang) nao(?: roi)?"
STATUS = form(
    "(?:da |lam |thuc hien )*(?:xong|nop|gui|hoan thanh|trinh) (?:duoc )?chua"
    "|(?:bao gio|khi nao|hom nao) (?:thi )?(?:moi )?(?:xong|nop|co|hoan thanh|trinh)"
    "|(?:da )?co (?:ket qua|san pham) (?:gi )?chua"
    "|(?:lam |thuc hien |trien khai |tien hanh |xu ly )*(?:den|toi) dau(?: roi)?"
    "|(?:nhu )?the nao(?: roi)?|ra sao(?: roi)?|sao roi|tinh hinh|tinh trang"
    rf"|{_AT_WHICH_STEP}"
    r"|(?<!cham\s)(?<!cao\s)(?<!dung\s)tien do"
    "|ai (?:dang |la nguoi |se )*(?:lam|chu tri|phu trach|theo doi|thuc hien|giu|xu ly|duoc giao|lo)"
    "|(?:dang )?giao (?:cho )?ai|nguoi nao (?:dang )?lam|ntn"
)
"""Words that ask how far a task is, and who has it."""
WHEN = form("(?:bao gio|khi nao|hom nao)(?: thi)?(?: moi)?")
FINISHED = form("(?:lam )?xong|nop|hoan thanh|trinh|ket thuc")
"""Words after WHEN: the question asks for the day of it."""
ALL_OF_US = form("(?:ca |toan )?(?:co quan|van phong) (?:minh|ta|chung ta)")
ALL_ALONG = form(
    "(?:ca|may|nhieu|hang|suot) (?:tuan|thang|ngay|hom|bua)(?: (?:nay|qua|roi|lien))*|tu (?:tuan|thang) truoc"
)
"""How long nothing was heard. These words name no days for the tasks."""
OVER = form(
    rf"(?:(?P<more>tren |hon |qua |vuot |>\s*)|tu |it nhat |toi thieu |(?<=tre\s)|(?<=han\s))"
    rf"(?P<count>{COUNT}) (?P<unit>ngay|tuan|hom|bua)(?: lam viec)?(?: tro len)?"
)
"""Late by more than, or by at least, so many days."""
OVER_BY_NOW = form(
    r"(?:da|(?<!phai\s)hoan thanh|(?<!phai\s)xong|giao|phan cong|dung han|nop tre|xong tre)"
)
URGENCIES = {
    Urgency.FLASH: form("hoa toc"),
    Urgency.VERY_URGENT: form("thuong khan|rat khan|rat gap"),
    Urgency.URGENT: form("khan cap|khan|gap"),
}
GIVEN = form(
    "(?:da |vua |moi |duoc )*(?:giao|phan cong)(?: xuong| di| ra)?(?: cho)?|moi (?:giao|nhan)|viec moi"
)
GIVES = form("(?:da |vua |moi |dang )*(?:giao|phan cong)")
"""After a name: this person assigned."""
OWN_UNIT = form("(?:phong|don vi|ban|to|ben) (?:toi|minh|em|ta|chung toi|chung ta|chung minh)")
SELF_GIVES = form(
    rf"(?:do )?{SELF} (?:da |vua |moi |co )*(?:giao|phan cong)(?: cho)?"
    r"|(?<!duoc\s)giao[\s|]+cua (?:toi|em|minh)"
)
SELF_HAS = form(
    r"(?:cua|do|cho) (?:toi|em|minh)|(?<!anh\s)(?:toi|em|minh)(?= (?:phai|con|co|dang|no|tre|nop|duoc|can|se|chua|"
    "cham|lam|bi|tuan|thang|hom|ngay|mai|da)(?!\\w))"
)
_PEOPLE_ASKED = (
    "(?:nhung |cac )?(?:nguoi|dua|dong chi|can bo|chuyen vien|anh em|d/c|dc) nao|nhung ai|co ai|ai"
)
_OF_THE_MOST = "(?:co|dang|bi|de|con|nhieu|cham|tre|lam|giu|om)(?!\\w)"
SHARE = form("(?:ty|ti) (?:le|trong)(?: phan tram)?|(?:bao nhieu|may) phan tram")
HAS_TIME = form(
    rf"(?:{_PEOPLE_ASKED})[ |]*(?:(?:dang|con|hien|co the|it viec)[ |]+)*"
    "(?:ranh(?: roi| viec| tay)?|trong viec|nhan (?:them |duoc )+(?:viec)?)(?: hon| nhat| nhieu)*"
)
WHOLE_UNIT = form("(?:ca|toan)(?: bo)? (?:phong|don vi|ban|to)")
ABOUT = form(
    "(?:cac |nhung |may )?(?:viec|nhiem vu|cong viec) (?:ve|lien quan(?: den| toi)?|noi ve)"
)
"""At the start of a question: tasks are sought by their subject."""
UNITS_ASKED = form("(?:nhung |cac )?(?:don vi|phong ban|phong|ban|ben|co quan|bo phan|to) nao")
PEOPLE_ASKED = form(_PEOPLE_ASKED)
RANKED = {
    Rank.UNITS: form(rf"(?:nhung |cac )?(?:don vi|phong ban|phong|bo phan)(?= {_OF_THE_MOST})"),
    Rank.PEOPLE: form(rf"(?:nhung |cac )?(?:nguoi|can bo|chuyen vien)(?= {_OF_THE_MOST})"),
}
"""With MOST these words ask without a question word: "đơn vị có nhiều việc quá hạn nhất"."""
MOST = form("(?:nhieu |cao |lon |dong )?(?<!cap\\s)(?<!chu\\s)nhat|xep hang|nhieu hon ca|dung dau")
LEAST = form("(?:it|thap)(?: viec)?(?= nhat)|it viec nhat")
LOADED = form(
    "(?:dang |phai |co |lam |om |ganh |giu |(?:dam )?nhan |dam duong |phu trach |duoc giao )*(?:nhieu )?(?:viec|nhiem vu)(?: nhieu)?"
    "|ban|qua tai|nang(?: viec)?"
)
CITED = form(
    "(?:cong van|cv|chi thi|thong bao|ket luan|nghi quyet|quyet dinh|to trinh|van ban)"
    r"(?: so)? (\d{1,5})(?![-/]|\s*(?:ngay|viec))"
)
"""A document named by its number alone."""
TASKS = form("viec|nhiem vu|cong viec|dau viec|nhung gi|gi")
NUMBERED = form(
    r"(?:cong viec|viec|nhiem vu|nv|v|task)\s*(?:so\s*|thu )?#?(\d{1,9})|#(\d{1,9})"
    rf"|(?:viec|nhiem vu) so ({'|'.join(NUMBERS)})"
)
_CLOSING = "(?: (?:vay|the|day|a|em|anh|chi|nhi|nua|roi|do|z|e|ha|ta))"
ASKS = form(
    "(?:viec|nhiem vu|nhung|ket qua|cac) (?:gi|nao)|nhung gi|(?:may|bao nhieu) (?:viec|nhiem vu|dau viec)"
    rf"|{_AT_WHICH_STEP}|gi(?={_CLOSING}*\W*$)|(?:co|con|cai|nop|trinh|lam|xong) gi|(?:den|toi) dau|the nao|ra sao|sao roi"
)
LISTS = form(
    "(?:nhung|cac|danh sach|so) (?:viec|nhiem vu)|(?:viec|nhiem vu)(?! (?:nay|do|kia|ay|tren|duoi))"
)
"""At the start of a question: a list is wanted even if no word asks."""
LEADING = form("con|the con|the|vay|vay con|con nhu|va|roi|thi")
"""At the start of a question that follows on from the one before."""
_FORMS = (
    *(
        *STATES.values(),
        *URGENCIES.values(),
        *RANKED.values(),
        STATUS,
        OVER,
        GIVEN,
        OWN_UNIT,
        SELF_GIVES,
        SELF_HAS,
    ),
    *(SHARE, HAS_TIME, WHOLE_UNIT, UNITS_ASKED, PEOPLE_ASKED, MOST, LEAST, LOADED),
)
QUESTION_WORDS = DAY_WORDS.union(*(words_in(one) for one in _FORMS))
"""The folded words that carry meaning in a question; many of them are names as well."""
FILLERS: frozenset[str] = vocabulary(
    "việc nào gì những các có không ko còn đang đã rồi của cho ai là bị được ở trong theo tại vào về đến tới "
    "từ hiện nay bao nhiêu mấy số lượng danh sách xem tổng toàn cơ quan ạ a em anh chị ta thế bên đấy mn người nay giờ cái nhé nhỉ vậy thế "
    "thì sao đi ơi với và nữa đó này kia ấy lại cũng vẫn luôn giùm giúp hãy biết hỏi rõ chưa hôm nhiều ít lần "
    "nhiệm vụ công đồng chí người chuyên viên cán bộ phòng đơn vị hoàn thành hạn ngày làm thực hiện xử lý kết "
    "quả do bởi mà nhưng tôi mình chúng ta phải cần sẽ nên cả tất mọi như vừa mới thấy lâu gần đây chờ nộp xong "
    "quá trễ chậm nhất hơn trên dưới khoảng cỡ hay hoặc để khi lúc thời gian thuộc liên quan cụ thể giao nhận "
    "văn bản đầu mối hết vụ chuyện ôm gánh giữ tháo gỡ quyết định duyệt trở đâu đ c đc dc e z v r k ntn nhe nha hả hở chứ à ừ dạ vâng thưa đề nghị"
)
"""Words of a question that are not used to search for tasks."""
