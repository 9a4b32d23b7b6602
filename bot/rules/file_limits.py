"""Which files the office accepts."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from bot.refusals import No, Refusal

KINDS = (
    *("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "jpg", "png", "zip", "mp3", "mp4"),
    *("odt", "rtf", "txt", "ods", "csv", "jpeg", "heic", "webp", "tif", "tiff", "rar", "7z"),
    *("ogg", "oga", "m4a", "wav", "mov"),
)


@dataclass(frozen=True)
class FileLimits:
    """The limits for files: the largest size in MB, and the allowed endings ("pdf") or MIME types ("image/*")."""

    max_mb: int = 20
    kinds: tuple[str, ...] = KINDS

    @property
    def max_bytes(self) -> int:
        return self.max_mb * 1024 * 1024

    def check(self, name: str, mime: str, size: int) -> None:
        """Refuse FILE_TOO_LARGE for a file over the size limit, and FILE_KIND for a kind not allowed."""
        if size > self.max_bytes:
            raise Refusal(No.FILE_TOO_LARGE, limit=self.max_mb)
        ending = name.rpartition(".")[2].lower() if "." in name else ""
        if not any(_is_kind(kind, ending, mime.lower()) for kind in self.kinds):
            raise Refusal(No.FILE_KIND, kinds=self.kinds)


def _is_kind(kind: str, ending: str, mime: str) -> bool:
    return fnmatchcase(mime, kind) if "/" in kind else ending == kind
