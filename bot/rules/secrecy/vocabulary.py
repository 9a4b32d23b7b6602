"""The words beside "mật" that make it a mark or something else: as keys with tone marks, as letters without."""

from bot.rules.secrecy.lookalikes import spelled


def keys(words: str) -> frozenset[str]:
    """Return each term as its letters followed by its tone marks; two words keep a space between them.

    `words` separates the terms with "|".
    """
    return frozenset(
        " ".join("".join(spelled(one)) for one in said.split()) for said in words.split("|")
    )


def letters(words: str) -> frozenset[str]:
    """Return each term as its letters, without tone marks."""
    return frozenset(" ".join(spelled(one)[0] for one in said.split()) for said in words.split("|"))


FILE_ENDINGS = (
    "pdf|docx?|docm|xlsx?|xlsm|pptx?|odt|ods|odp|rtf|txt|csv|jpe?g|png|heic|webp|gif|bmp|tiff?|zip"
    "|rar|7z|gz|tar|m4a|mp3|mp4|wav|ogg|mov|avi|mkv|dwg|xml|json|html?|eml|msg|md|psd|ai|vsdx?"
)
_PAPERS = (
    "văn bản|tài liệu|công văn|hồ sơ|báo cáo|tờ trình|kế hoạch|thông báo|quyết định|nghị quyết"
    "|kết luận|phụ lục|đề án|công điện|giấy mời|chỉ thị|biên bản|văn kiện|phiếu trình|phiếu gửi"
    "|dự thảo|bản sao|bản chụp|bản thảo|hướng dẫn|phương án|nội dung|số liệu|thông tin|danh sách"
    "|danh mục|phong bì|đề thi|điện báo|bức điện|công hàm|giấy tờ|bản đồ|sơ đồ|dữ liệu|chuyên đề"
    "|tờ khai|tệp|tập tin|file|fax|bản tin|tham luận"
)
_SHORT = (
    "cv|vb|tl|bc|kh|tb|qđ|nq|kl|hs|bb|ttr|pa|hd|gm|cđ|pl|ds|tlieu|tliệu|hsơ|cvan|cvăn|vban|bcao|hso"
)
_BESIDES = "bản|dấu|mức|loại|cấp|đóng|chế độ|điện|tin|fax|phiếu|thư|diện|mang tính|độ|mức độ|chữ|sổ|ct|tt|vật|ghi|đề"
_BESIDES += "|bìa|cuốn|quyển|xấp|chứng từ|dự toán|bản vẽ|hợp đồng|công trình|đề tài|nhiệm vụ|chuyên án|cộng tác viên|cuộc họp|phiên họp|mệnh lệnh"
CARRIERS = keys(f"{_PAPERS}|{_SHORT}|{_BESIDES}") | keys(_PAPERS.replace(" ", ""))
PAPERS_BARE = letters(f"{_PAPERS}|{_SHORT}")
WRITTEN_AS_ONE = {one.replace(" ", "") for one in PAPERS_BARE}
PAPERS_BARE |= WRITTEN_AS_ONE
TELL_OF_LOSS = letters(
    "báo cáo|bc|thông báo|tb|biên bản|bb|tờ trình|ttr|thông tin|tờ khai|hướng dẫn|hd|danh sách|ds"
    "|kế hoạch|kh|phương án|pa|nội dung|số liệu|dữ liệu"
)
"""Papers that may report a loss, so that any word may follow: "thong bao mat the"."""

LONG_PAPERS = tuple(one for one in sorted(WRITTEN_AS_ONE - TELL_OF_LOSS) if len(one) > 3)
"""Papers that report no loss, written as one word, as file names begin with them."""

OTHER_WORDS = keys("mất|mặt|mắt|mát")

AFTER = keys(
    "khẩu|khảu|khấu|độ|ong|mã|thiết|thư|gấu|mía|vụ|ngữ|danh|tông|báo|phục|nghị|đàm|ước|rỉ|ngọt"
    "|thám|hiệu|lệnh|khu|sơn"
)
"""Words behind "mật" that make it another word whatever stands before it, except with the words in CONTINUED."""
AFTER_ALONE = keys(
    "hoa|lợn|cá|rắn|trăn|bò|heo|dê|dịch|vàng|xanh|đen|ngưng|tử|ngầm|chỉ|chú|dụ|đạo|giáo|hội|kế|thất"
    "|tấu|sớ|sứ|tịch|truyền|nhân|cật|tụy|phái|dừa|thốt|bạc|trấp|tín|hàm|nhãn|vải|rừng|tràm|keo|chín|sánh"
)
"""Words behind "mật" that make it another word when no paper stands before it."""
_CONTINUED = (
    ("vu", "an viec"), ("bao", "cao ve chi"), ("danh", "sach muc gia"), ("hieu", "luc qua truong"),
    ("uoc", "tinh"), ("nghi", "quyet dinh phep"), ("phuc", "vu"), ("khu", "vuc pho"),
    ("thiet", "bi lap ke"), ("do", "khan"), ("thu", "ky vien tay truong muc hoi"),
    ("lenh", "dieu"), ("ma", "so"), ("dam", "bao"), ("ngu", "van"), ("son", "la tay"),
)  # fmt: skip
CONTINUED = {first: frozenset(more.split()) for first, more in _CONTINUED}
"""The words of AFTER that form a word with the next one, so that "mật" stays a mark: "tài liệu mật phục vụ họp"."""

BEFORE = keys(
    "bí|bảo|cơ|thân|trăng|cẩn|trù|nghiêm|chu|huyền|giải|túi|ống|gan|sỏi|viêm|tắc|mổ|cắt|nang|men|muối"
    "|axit|acid|ứ|đường|trà|bánh|kẹo|chè|nước|dưa|mít|chuối|khoai|lang|xoài|ổi|bưởi|ong|mía|rỉ|hũ|lọ|chai"
    "|lít|giọt|thìa|kg|lấy|nấu|quay|vắt|hút|nếm|uống|ngâm|ướp|pha|chấm|rót|phết|vỡ|tụy|phấn|ngọt|ngào"
    "|nhả|bôi|bán|mua|giá|can|thùng|cá|xôi|mứt|thạch|ớt|thịt|vịt|gà|cơm"
)
MEDICINE_AND_FOOD = keys(
    "ong|mía|gan|sỏi|viêm|sản lượng|phẫu thuật|siêu âm|tụy|tá tràng|dạ dày|nội soi|thu hoạch|đóng chai"
    "|ocop|xào|rim|nướng|luộc|món|căn tin|đặc sản|ẩm thực|bánh|bile|honey|sinh học|tiêu hóa|đun|chăn nuôi|phấn hoa|mùa mật"
)
"""Words of a text in which a lone "mật" is honey or bile."""

INFIX = letters("đến|đi|mới|nội bộ")
"""Words that may stand between a paper and its mark: "công văn đến mật"."""
GENERAL_PAPERS = keys("văn bản|tài liệu|thông tin|dấu|độ|bmnn|nhà nước|công văn|hồ sơ") | letters(
    "văn bản|tài liệu|công văn|hồ sơ"
)
"""Words for papers in general as well as for one paper."""
OF_ONE = keys("này|đó|kia|ấy|số|của|kèm|nay|so|cua|đã|vừa|gửi|từ|về|do|ngày")
"""Words right behind a mark that point to one paper."""
AT_HAND = keys("này|đây|kia|ấy|kèm|day|vừa|mới|bản số|ban so")
"""Words that point to one paper at hand."""
NOT = keys("không|ko|k|hk|hok|hem|hổng|khong|hông|hong|chẳng|chưa")
NOT_YET = keys("chưa|chua")
NO_DEGREE = keys(
    "không|thường|khong|thuong|ko|không có|bình thường|bình|binh|no|none|null|nil|false|0|công khai|normal|public"
)
"""Values of a label that name no degree."""

LOST = letters(
    "cấp lại|làm lại|in lại|tìm thấy|tìm được|thất lạc|khôi phục|trình báo|bị mất|làm mất|mất cắp"
    "|mất trộm|xin cấp|rơi mất|đánh rơi|hỏa hoạn|bão lũ"
)
AFTER_BARE = letters(
    "khẩu|độ|ong|mã|thiết|thư|gấu|mía|tông|ngữ|thám|rỉ"  # mật
    "|trận|bằng|đường|hàng|khác|nạ|trời|trăng|nước|tiền|trước|sau|dưới|ngoài|hồ nước|sân|đất|cắt|phẳng"
    "|chính|trái|mộc|mũi|mày|mỏ|dựng|biển|tốt|yếu|mạnh|xấu|tích|hạn chế|nhựa|ruộng|bàn ghế|nghiêng|cười|cầu"
    "|đối mặt|lợi|đẹp|công tác|bích|kính|trống|hướng"  # mặt
    "|điện|mạng|xe|thẻ|chìa|khóa|ví|cắp|trộm|liên lạc|liên hệ|an|cân đối|cân bằng|đoàn|uy tín|kiểm|quyền"
    "|việc|hiệu|chủ quyền|chủ động|chữ ký|phương hướng|phương tiện|sức|thời|nhiều|ít|rất|cả|hơn|thêm|khoảng"
    "|chừng|gần|mấy|bao nhiêu|bao lâu|bao công|bao giờ|bảy|hết|sạch|ngủ|giá|gốc|lòng|hứng|sóng|tín hiệu|dữ|file|giấy|dấu|con dấu|con trai"
    "|con gái|một|hai|nửa|ba|bốn|sáu|tám|chín|mười|trang|tờ rơi|phần|chức|rồi|tiêu|luôn|lúc|khi|cái|chiếc|cuốn"
    "|quyển|tài sản|tài khoản|tài liệu|hồ sơ|tiếng|công sức|phí|căn cước|chứng minh|chứng chỉ|chứng từ|chứng nhận|đăng ký|vé xe|vé máy|laptop"
    "|máy|usb|đồ đạc|bò|trâu|lúa|mùa|vốn|phép|rừng|tự do|tự chủ|tự tin|ăn|nết|dân|vệ sinh|đạo đức|nhà cửa"
    "|kết nối|trắng|đồng hồ|đồng bộ|hạt|cơ hội|số đỏ|số tiền|sổ tiết|sổ hộ|sổ hồng|sim|bóng|trí|tư cách|tư trang|bình tĩnh"
    "|trật|gì|nguồn|nội|nhân tính|nhà|toàn bộ|bản gốc|ngày tháng|hình ảnh"  # mất
    "|xích|lưới|người|thường xuyên|thâm|cận|lé|ngứa|mờ|cá chân|mẻ|tay|lạnh"  # mắt, mát
) - letters("nhà")
AFTER_BARE |= {one.replace(" ", "") for one in AFTER_BARE}
BEFORE_BARE = letters(
    "bị|bảo|thân|gặp|vắng|thay|tiền|bề|khuôn|khám|ra|trước|gõ|làm|đánh|chóng|mổ|trăng|túi|ống|gan|sỏi"
    "|nước|chớp|nhắm|ngoài|một|hai|bốn|mọi|nhiều|các|về|những|kính|gió|thoáng|dịu|rửa|đối|bộ|lộ|nóng|lật"
    "|ngày|vừa|đã|sắp|sẽ|chưa|không|cùng|phải|lại|đang|hay|sợ|nếu|khi|vì|tôi|em|anh|chị|ông|bà|bác|cụ"
    "|cháu|nhà|dân|cơ|giải|dưới|hơi|quá|rất|trời|máy|quên|đổi|có|cẩn|nếm|mía|rỉ|ong|lấy|tránh|mất|khăn"
    "|đau|đỏ|sáng|chiều|tối|họp|hạn|chống|vui|do|kem|đeo|tai|mũi|rơi"
)
GOES_ON = letters(
    "của|về|gửi|tuần|tháng|quý|quí|năm|ngày|hôm|sáng|chiều|nay|này|kia|đó|đây|ở|để|từ|đến|đi|kèm|theo|cho"
    "|và|hoặc|cấp tỉnh|cấp trên|chưa|đã|cần|được|thuộc|gói|mới|vừa|trình|bản|nhé|nha|nghe|ạ|à|đâu|chuyển"
    "|lưu|lập|in|scan|photo|anh|em|chị|sếp|thì|tỉnh|huyện|xã|phường|ban|sở|đảng|bộ|công an|quân|lên|xuống"
    "|vào|hỏa|khẩn|thượng|thường trực|cũ|đọc|xem|tới|tại|là|phòng|ủy|không|nhận|tổ|kính gửi|v|phải|liên quan"
    "|mang theo|nên|đang|vì|sẽ|qua|trên|đồng chí|đc|phục vụ|họp|kỳ họp|bên|công văn|phát tại|phát cho|thu lại|thu hồi"
)
"""Words behind a "mat" that may be a mark: "ho so mat cua ...", "cong van mat ngay ..."."""
COUNTED = letters(
    "trang|tờ|bản|cái|ngày|giờ|tuần|tháng|năm|phút|triệu|nghìn|ngàn|trăm|tỷ|đồng|người|chữ|dòng|lần|quyển"
    "|tập|con|chiếc|thẻ|bộ|ha|m|m2|km|bữa|buổi|tiếng|k|tr|hộ|xe|máy|file|h|phần|vụ"
)
