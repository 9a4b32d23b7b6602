"""Every mark beside every paper, in every shape in which offices write both; and what is ordinary in the same shapes."""

import unicodedata
from collections.abc import Iterator

import pytest

from bot.rules.secrecy import secret_mark

PAPERS = [
    "công văn",
    "văn bản",
    "kế hoạch",
    "tờ trình",
    "quyết định",
    "đề án",
    "giấy mời",
    "phụ lục",
    "chỉ thị",
    "CV",
    "KH",
]
MARKS = ("mật", "tối mật", "tuyệt mật")
TEXTS = (
    "{p} {m} số 12",
    "{p} số 12 {m}",
    "{p} ({m})",
    "{p} - {m}",
    "{p} đóng dấu {m}",
    "{p} độ {m}",
    "{p}, {m}, gửi anh Tư",
    "gửi chị {p} {m} của Ban Nội chính",
    "{M}\n{p}",
    "{p}\n{M}",
    "{p}\t{M}",
    "{M} - {p}",
    "{p} số 45-CV/TU [{M}] về nhân sự",
    "Hỏa tốc, {m}: {p} số 8",
    "({M} - Khẩn) {p}",
    "{p} này là {m}",
    "Anh Hà chuyển {p} {m} của Công an tỉnh trước 17h",
)
WITHOUT_TONES = ("{p} {m} số 12", "{p} số 12 {m}", "{p} ({m})", "{p} đóng dấu {m}", "{M} - {p}")
FILES = ("{p} {m}", "{p} số 05 {m}", "{p} ({m})", "05 {p} {m}", "{p} hỏa tốc {m}")
ORDINARY = [
    "mất điện",
    "mất nước",
    "mất sóng",
    "mất ví",
    "mất xe máy",
    "mất chìa khóa",
    "mất con dấu",
    "mất giấy tờ",
    "mất trộm",
    "mất an toàn",
    "mất đoàn kết",
    "mất kiểm soát",
    "mất dữ liệu",
    "mất đất sản xuất",
    "mất mùa",
    "mặt bằng",
    "mặt trận",
    "mặt đường",
    "mặt hàng",
    "mặt nước",
    "mặt cắt",
    "mắt kính",
    "mật độ dân số",
    "mật khẩu",
    "mật mã",
    "mật ong",
    "mật thiết",
    "tiền mặt",
    "gặp mặt",
    "họp mặt",
    "vắng mặt",
    "thay mặt",
    "bề mặt",
    "khám mắt",
    "nước mắt",
    "bảo mật",
    "thân mật",
    "sỏi mật",
    "trăng mật",
    "bị mất",
    "làm mất",
    "khuôn mặt",
]
AROUND = (
    "{}",
    "tối {}",
    "tối qua {}",
    "mức độ {}",
    "báo cáo {}",
    "thông báo {}",
    "kiểm tra {}",
    "dân {}",
    "nguy cơ {}, báo cáo sớm",
    "giao chị Hoa báo cáo {} trước thứ Sáu",
)
AS_FILES = ("{}", "BC {}", "BC {} 2026", "thong bao {}")


def bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return (
        "".join(c for c in apart if unicodedata.category(c) != "Mn")
        .replace("đ", "d")
        .replace("Đ", "D")
    )


def cased(text: str) -> Iterator[str]:
    yield from (text, text.upper(), text[0].upper() + text[1:])


def named(stem: str) -> Iterator[str]:
    """Yield the names that people give a file: with spaces, "_", "-", in capitals, each word with a capital."""
    for one in (stem, bare(stem)):
        titles = [word[:1].upper() + word[1:] for word in one.split()]
        for name in (one, one.replace(" ", "_"), one.replace(" ", "-"), one.upper()):
            yield f"{name}.pdf"
        yield f"{'_'.join(titles)}.docx"
        yield f"{''.join(titles)}.docx"
        yield f"12{''.join(titles)}.docx"


@pytest.mark.parametrize("paper", PAPERS)
def test_a_mark_in_every_shape(paper: str) -> None:
    said = [
        text for mark in MARKS for form in TEXTS for text in cased(_filled(form, paper, mark))
    ] + [
        text
        for mark in MARKS
        for form in WITHOUT_TONES
        for text in cased(bare(_filled(form, paper, mark)))
    ]
    files = [name for mark in MARKS for form in FILES for name in named(_filled(form, paper, mark))]
    assert not [text for text in said + files if secret_mark(text) is None]


def _filled(form: str, paper: str, mark: str) -> str:
    return form.format(p=paper, m=mark, M=mark.upper())


@pytest.mark.parametrize("around", AROUND)
def test_the_ordinary_in_every_shape(around: str) -> None:
    said = [
        text
        for thing in ORDINARY
        for one in (around.format(thing), bare(around.format(thing)))
        for text in cased(one)
    ]
    assert not [text for text in said if secret_mark(text) is not None]


@pytest.mark.parametrize("form", AS_FILES)
def test_the_ordinary_as_files_are_named(form: str) -> None:
    names = [name for thing in ORDINARY for name in named(form.format(thing))]
    assert not [name for name in names if secret_mark(name) is not None]
