"""Verbs that begin the work a person is told to do."""

from bot.folding import fold
from bot.language.text.words import Word, vocabulary

VERBS = vocabulary(
    "bố soạn làm lm viết chuẩn rà tham dự tổng kiểm ktra k lập gửi nộp trình báo bc xây hoàn in photo scan "
    "sửa liên theo chủ phối đăng mua đặt cập ơi xử phụ lo đọc xem thiết nhập gọi mời thống triển tiếp "
    "chỉnh bổ góp đôn nhận đi họp khắc phát trực trang quyết chốt kiểm sắp bàn giúp hướng đối trả "
    "tra nghiên đề quản thay thực tuyên ra rút dthảo dọn cài nâng sao lưu phê duyệt ký p cho phải cần "
    "đóng đổi tải dịch chụp bảo giao bàn mang đem dẫn đưa bật tắt mở dán đánh ghi chép niêm treo gắn lắp "
    "khảo phân xác trích sàng lọc dàn điểm dựng vận tháo hỏi truy chạy đăng xóa thu gom chốt lên chạy "
    "điều rửa tưới trồng bốc sơn vẽ thông kê hủy tiêu phỏng quay cắt chấm tách gộp nhân thử đẩy kéo dùng "
    "đến về ở ngồi trả cấp phụ hoàn khai bán thuê đặt nấu pha ráng coi gia số lái cố tranh khẩn nhớ hãy sẽ sưu trưng khôi lau quét mượn cân đo khóa mã giải phản vá đúc tuyển "
    "biên đếm hạch thanh chi bồi đào nghe quan hẹn chép xếp dời chuyển phục cứu khen nhấn điện nhắn "
    "rước đề ghé dò nối lọc trám bơm giặt ủi may học ôn ghép lược bám cùng rút hỗ cung hoãn sang sưởi bắt mời nghĩ tìm lấy chọn tạo soát gỡ nắm chăm chia truyền"
)
_PLAIN_VERBS = frozenset(fold(verb) for verb in VERBS) - vocabulary(
    "k p ra in di cho phai can ban dan den do ve o mo thu len dem kho ke giao phan hoi thao tach dieu pha "
    "bo khai tat cat keo xoa gan gia so lai co coi rang"
)


def is_verb(word: Word) -> bool:
    """Tell whether the word is a verb that begins somebody's work."""
    return word.exact in VERBS or (word.loose and word.folded in _PLAIN_VERBS)
