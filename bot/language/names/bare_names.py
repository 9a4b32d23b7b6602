"""Tell by its position whether a bare word is a given name or a word of the language."""

from bot.language.moments.weekdays import WEEKDAY
from bot.language.text.verbs import is_verb
from bot.language.text.words import Sentence, Word, vocabulary

NAMES_AS_WORDS = vocabulary("mai ba tu nam hai sau bay mot thu")
_COUNTING = vocabulary("thu thang ngay mung mong quy nam lan khoa so hang muoi chu ram cap kho")
_LOW_WORDS = vocabulary(
    "lam thao mo an thu mai ba tu nam hai le son ha hoa binh vi phong dang hung hop"
)
_AND = vocabulary("và va cùng cung với voi")
_ALSO_WORDS = NAMES_AS_WORDS | vocabulary(
    "lam thao mo an le son ha hoa binh vi phong dang hung hop chinh nghia tri tam phuc duong huong manh "
    "tuong quyen khiem linh thuyen nhi lan chau tien trung quang minh thanh thang vinh hanh duc cuong "
    "hai hien dung tuan kien toan hieu dat thinh quy thuy loi tan ngoc bich xuan dong ha thuong nhan "
    "tin luc luong ly canh khanh ban cong viet nam bac trong van thi khai giang diem bang anh em"
)
"""Names that, with some diacritics, are the first syllable of other words: Chính sách, Tâm lý."""
_COMPOUNDS = {
    "quyen": vocabulary("gop han"),
    "binh": vocabulary("chon luan xet"),
    "tuong": vocabulary("trinh tac tro"),
    "thuyen": vocabulary("chuyen"),
    "phuc": vocabulary("tra dap vu"),
    "chinh": vocabulary("sua ly trang"),
    "hop": vocabulary("nhat dong tac"),
    "huong": vocabulary("dan"),
    "thao": vocabulary("luan"),
    "nghia": vocabulary("vu"),
    "tri": vocabulary("thuc"),
    "lam": vocabulary("viec"),
    "khai": vocabulary("mac bao thac truong"),
    "linh": vocabulary("hoi"),
    "tam": vocabulary("dung hoan ung"),
}
"""Words after a name that make another word of it: quyên góp, chính lý."""
_STARTS_OF = {
    "tri": vocabulary("cu bao quan chinh bo gia vi trang duy"),
    "chinh": vocabulary("hanh tai dieu hoan buu"),
    "tam": vocabulary("trung quan"),
    "nghia": vocabulary("dinh chu y"),
    "an": vocabulary("cong du de phuong dap giao"),
    "thao": vocabulary("du hoi soan khan"),
    "thu": vocabulary("bi van"),
    "phuc": vocabulary("hanh khac"),
    "huong": vocabulary("dinh phuong"),
    "binh": vocabulary("trung"),
    "lac": vocabulary("lien"),
    "loc": vocabulary("sang"),
    "quyen": vocabulary("chinh tham uy"),
    "tuong": vocabulary("doi hien"),
    "khai": vocabulary("trien cong ke"),
    "hop": vocabulary("tong phoi phu ket truong lien thich tich to"),
}
"""Words before a name in small letters that make another word of it: bảo trì, hành chính, đề án."""
_CLAUSE_STARTS = frozenset(",.;:")


def may_stand_alone(sentence: Sentence, place: int, after: int, slot: bool) -> bool:
    """Tell by its position whether a bare word is a given name."""
    words = sentence.words
    word, follows = words[place], words[after]
    verb = is_verb(follows) and follows.folded not in _COMPOUNDS.get(word.folded, ())
    counted = after - place == 1 and place > 0 and words[place - 1].folded in _COUNTING
    counted = counted and not (place > 1 and word.capital and WEEKDAY.at(words, place - 2))
    counted = counted or (not word.capital and _ends_a_word(words, place, after))
    if counted and not (word.capital and verb and word.folded not in NAMES_AS_WORDS):
        return False
    ends = after >= sentence.length or follows.exact in ",;.:)&+"
    if after - place >= 2:
        return slot or word.capital or verb
    if follows.folded == "oi" or follows.exact == "à":
        return True
    if place == 0 and not slot:
        return _stands_at_the_head(sentence, after, verb)
    if slot:
        return word.capital or verb or ends or follows.folded in ("va", "cung")
    return _stands_within(sentence, place, verb)


def _stands_within(sentence: Sentence, place: int, verb: bool) -> bool:
    """Tell whether a name stands within the sentence: "..., Khiêm soạn" and, without diacritics, "..., khiem soan"."""
    word, before = sentence.words[place], sentence.words[place - 1].exact
    if word.capital:
        return verb or before not in (".", "!", "?")
    low = sentence.plain and word.folded not in _LOW_WORDS
    return low and verb and before in _CLAUSE_STARTS


def _stands_at_the_head(sentence: Sentence, after: int, verb: bool) -> bool:
    """Tell whether a name begins the sentence: "Khiêm soạn", "Vượng chăm cây", "mẫn tổng hợp", "Uyên và Trầm".

    False for "Chính sách".
    """
    word, follows = sentence.words[0], sentence.words[after]
    if follows.exact in (":", ",", "-", "–"):
        return True
    marked = word.exact != word.folded or not sentence.plain
    if word.capital:
        joined = follows.exact in _AND and sentence.words[after + 1].capital
        only_a_name = marked and word.folded not in _ALSO_WORDS
        return verb or joined or (only_a_name and follows.exact.isalpha())
    low = marked or (sentence.plain and word.folded not in _LOW_WORDS)
    return low and verb


def _ends_a_word(words: tuple[Word, ...], place: int, after: int) -> bool:
    """Tell whether the word ends another word, as the "tri" of "bao tri" (bảo trì), and is not the name Trí."""
    if after > place + 1:
        return False
    before = words[place - 1].folded if place else ""
    return before in _STARTS_OF.get(words[place].folded, ())
