"""Which files are taken: by size, by ending, by what Telegram says they are."""

import pytest

from bot.refusals import No, Refusal
from bot.rules.file_limits import FileLimits

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("Báo cáo.PDF", "application/pdf"),
        ("anh.jpg", "image/jpeg"),
        ("ghi-am.ogg", "audio/ogg"),
        ("a.b.docx", "application/octet-stream"),
    ],
)
def test_what_is_taken(name: str, mime: str) -> None:
    FileLimits().check(name, mime, 20 * MB)


@pytest.mark.parametrize("name", ["chay.exe", "tep", "pdf", "bao-cao.pdf.exe"])
def test_what_is_not(name: str) -> None:
    with pytest.raises(Refusal) as caught:
        FileLimits().check(name, "application/octet-stream", 1)
    assert caught.value.kind is No.FILE_KIND


def test_an_office_sets_its_own() -> None:
    limits = FileLimits(1, ("image/*", "pdf"))
    limits.check("khong-duoi", "image/png", MB)
    with pytest.raises(Refusal) as caught:
        limits.check("a.pdf", "application/pdf", MB + 1)
    assert (caught.value.kind, caught.value.facts["limit"]) == (No.FILE_TOO_LARGE, 1)
    with pytest.raises(Refusal):
        limits.check("a.docx", "application/msword", 1)
