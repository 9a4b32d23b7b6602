"""A clear mark stays one in every disguise of its letters, and what is none becomes none by it."""

import random
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from bot.rules.secrecy import UNSURE, secret_mark, vocabulary
from bot.rules.secrecy.lookalikes import _TABLE

MARKED = (
    "công văn mật số 12 của Ban Tổ chức",
    "tài liệu tuyệt mật về phương án",
    "TỐI MẬT - phương án số 2",
    "Độ mật: Tối mật",
    "báo cáo (Mật) gửi Thường trực",
    "Hỏa tốc, Mật: chuyển ngay",
    "MẬT",
    "cong van dong dau mat so 5",
    "tai lieu tuyet mat",
    "bao_cao_toi_mat.pdf",
    "CongVanMat_12.pdf",
)
ORDINARY = (
    "báo cáo mật độ xây dựng",
    "tập huấn bảo mật thông tin",
    "đổi mật khẩu hộp thư công vụ",
    "Mặt trận Tổ quốc phường",
    "toi mat dien thoai",
    "gap mat dau xuan",
)
UNSEEN = "\u200b\u200c\u200d\u2060\u2063\ufeff\u00ad\u034f\u061c\u180e\u200e\u202e\u2066\u3164\ufe0f\U000e0061"
SPACES = "\u00a0\u1680\u2002\u2003\u2007\u2009\u202f\u205f\u3000\t\n\v\f\r\u2028\u2029"
STROKES = "\u0332\u0335\u0336\u0337\u0489\u20dd\u20e0"
BRACKETS = [
    (chr(code), chr(code + 1))
    for code in range(0x2000, 0xFF70)
    if unicodedata.category(chr(code)) == "Ps" and unicodedata.category(chr(code + 1)) == "Pe"
]
QUOTES = [
    "''",
    '""',
    "“”",
    "‘’",
    "«»",
    "‹›",
    "„“",
    "‚‘",
    "‟”",
    "〝〞",
    "「」",
    "『』",
    "【】",
    "《》",
]


def unseen(text: str) -> Iterator[str]:
    for place in range(len(text) + 1):
        yield text[:place] + UNSEEN[place % len(UNSEEN)] + text[place:]
    for one in UNSEEN:
        yield one.join(text)


def spaced(text: str) -> Iterator[str]:
    yield from (text.replace(" ", one) for one in SPACES)


def apart(text: str) -> Iterator[str]:
    for form in ("NFD", "NFKD", "NFC"):
        yield unicodedata.normalize(form, text)


def struck(text: str) -> Iterator[str]:
    for one in STROKES:
        yield "".join(c + one * c.isalpha() for c in text)


def wide(text: str) -> Iterator[str]:
    name = text.endswith(".pdf")
    yield "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and not name else c for c in text)


def mathematical(text: str) -> Iterator[str]:
    for first in (0x1D400, 0x1D468, 0x1D4D0, 0x1D5A0, 0x1D5D4, 0x1D670):
        yield "".join(
            chr(first + ord(c) - 65) if "A" <= c <= "Z"
            else chr(first + 26 + ord(c) - 97) if "a" <= c <= "z" else c
            for c in unicodedata.normalize("NFD", text)
        )  # fmt: skip


def alike(text: str) -> Iterator[str]:
    """One letter after the other in each of the shapes that look like it, in the same case."""
    letters = unicodedata.normalize("NFD", text)
    for latin, shapes in _TABLE.items():
        for one in shapes:
            for letter in {latin, latin.upper()} & set(letters):
                if one.isupper() == letter.isupper() and (one.isupper() or one.islower()):
                    yield letters.replace(letter, one)


DISGUISES: tuple[Callable[[str], Iterator[str]], ...] = (
    *(unseen, spaced, apart, struck, wide, mathematical, alike),
)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_one_in_every_disguise(
    text: str, disguise: Callable[[str], Iterator[str]]
) -> None:
    passed = [one for one in disguise(text) if secret_mark(one) is None]
    assert not passed


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("text", ORDINARY)
def test_the_ordinary_is_so_too(text: str, disguise: Callable[[str], Iterator[str]]) -> None:
    stopped = [one for one in disguise(text) if secret_mark(one) is not None]
    assert not stopped


@pytest.mark.parametrize("word", ["Mật", "mật", "MẬT", "tối mật", "MAT", "mat"])
def test_any_brackets_and_quotation_marks(word: str) -> None:
    pairs = [*BRACKETS, *((one[0], one[1]) for one in QUOTES), ("(", ")"), ("[", "]"), ("{", "}")]
    passed = [
        (left, right)
        for left, right in pairs
        if secret_mark(f"kế hoạch {left}{word}{right} gửi anh Sơn") is None
    ]
    assert len(pairs) > 40
    assert not passed


@pytest.mark.parametrize(
    "text",
    ["Nguyễn Văn Mật", "mật khẩu", "công văn mật", "Thảo đã đọc Ước mơ của Đỗ Quỳnh Ưu ở Đắk Nông"],
)
def test_vietnamese_reads_the_same_in_either_form(text: str) -> None:
    forms = {secret_mark(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


def test_words_in_any_order_have_an_answer() -> None:
    """A rule looks at the words beside a mark: where a text ends so near that there are none, it must not fail."""
    chance = random.Random(5)
    known = sorted(
        {word for one in vars(vocabulary).values() if isinstance(one, frozenset) for word in one}
    )
    marks = ["mật", "Mật", "MẬT", "mat", "MAT", "tối mật", "tuyet mat", "mất", "bí mật nhà nước"]
    marks += [
        "BMNN",
        "M",
        "TM",
        "tậm",
        "☒",
        "dấu mật",
        "là mật",
        "có mật",
        "chữ mật",
        "thôn Kẻ Mật",
    ]
    signs = [
        " ",
        " ",
        ". ",
        ": ",
        ", ",
        " - ",
        "_",
        "",
        "\n",
        "\t",
        " (",
        ") ",
        ' "',
        "; ",
        "#",
        "/",
    ]
    answers = set()
    for _ in range(10_000):
        size = chance.randint(1, 6)
        said = "".join(
            chance.choice(marks if chance.random() < 0.4 else known) + chance.choice(signs)
            for _ in range(size)
        )
        answers.add(secret_mark(said + chance.choice(["", "", ".pdf"])))
    assert answers == {None, UNSURE, "Mật", "Tối mật", "Tuyệt mật"}
