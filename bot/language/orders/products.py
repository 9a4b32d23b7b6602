"""The product of a task: báo cáo, tờ trình, kế hoạch ... (rõ sản phẩm)."""

from bot.language.readings import ProductReading
from bot.language.text.words import Phrases, Sentence, any_of, vocabulary

_PRODUCTS = Phrases(
    {
        "Tờ trình": "tờ trình|ttr",
        "Dự thảo": "dự thảo|bản dự thảo",
        "Báo cáo": "báo cáo|bc|báo cáo tổng hợp|bản báo cáo",
        "Kế hoạch": "kế hoạch|kh",
        "Quyết định": "quyết định|qđ",
        "Công văn": "công văn|cv",
        "Khác": (
            "thông báo|giấy mời|gm|chương trình|đề án|hướng dẫn|biên bản|nghị quyết|chỉ thị|"
            "danh sách|lịch công tác|kết luận|quy chế|quy định|bài phát biểu|đề cương|kịch bản|"
            "phương án|hợp đồng|dự toán|slide|bảng kê|tb"
        ),
    }
)
_MAKING = vocabulary(
    "soạn soan làm lam lm viết viet lập lap dự du thảo thao tham mưu muu xây dựng xay dung hoàn thiện "
    "hoan thien chuẩn bị chuan bi nộp nop trình trinh gửi gui phát phat hành hanh ban báo bao cáo cao "
    "một mot cái cai bản ban tờ các cac giúp giup cho anh chị em dùm a ký ky duyệt thành xong bộ ra nốt "
    "chỉnh sửa hoàn tất xử lý ly bổ sung cập nhật gấp gap gởi rà soát lại đề xuất văn bản cv công cong "
    "trả lời"
)
_NUMBERED = any_of("số|số:")


def find_product(sentence: Sentence, taken: frozenset[int]) -> ProductReading | None:
    """Return the first product named that is no cited document, by its official name.

    A product that is being made ("soạn báo cáo"), or a draft, goes before others.
    """
    first: ProductReading | None = None
    for place in _PRODUCTS.places(sentence):
        found = None if place in taken else _PRODUCTS.at(sentence.words, place)
        if found is None or _is_cited(sentence, found[1]):
            continue
        product = ProductReading(found[0], sentence.span(place, found[1]))
        if found[0] == "Dự thảo" or _is_made(sentence, place):
            return product
        first = first or product
    return first


def _is_cited(sentence: Sentence, after: int) -> bool:
    number = _NUMBERED.at(sentence.words, after)
    return number is not None and sentence.words[number[1]].value >= 0


def _is_made(sentence: Sentence, place: int) -> bool:
    return place == 0 or sentence.words[place - 1].exact in _MAKING
