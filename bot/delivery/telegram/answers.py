"""What Telegram answers, looked at before any of it is used: what is of another shape is a call that failed.

Only what the program uses is described; everything else may be anything.
"""

import json
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

MOST_UPDATES = 100
"""Of one answer to getUpdates; Telegram gives no more."""
_LONGEST_TEXT = 300


def _one_line(text: str) -> str:
    """Return words that log and database can take, whatever is in them."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:_LONGEST_TEXT]


def _is_true(value: bool) -> bool:
    if not value:
        raise ValueError("expected true")
    return value


_Positive = Annotated[int, Field(gt=0, lt=2**53, strict=True)]
_Count = Annotated[int, Field(ge=0, lt=2**53, strict=True)]
_Line = Annotated[str, Field(strict=True), AfterValidator(_one_line)]
_Address = Annotated[str, Field(pattern=r"^[!-~]{0,2000}$")]
_True = Annotated[bool, Field(strict=True), AfterValidator(_is_true)]


class Nonsense(NetworkError):  # noqa: N818 - an answer, and no error of ours
    """An answer that is none of Telegram's; nobody knows whether what was asked was done."""


class TooLarge(Nonsense):
    """An answer, or a file, of more bytes than are read."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class _Me(_Shape):
    id: _Positive
    is_bot: _True
    first_name: str
    username: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,64}$")]


class _Said(_Shape):
    message_id: _Positive


class FileTold(_Shape):
    """What getFile tells: the size in bytes and the path, each where Telegram knows it."""

    file_size: _Count | None = None
    file_path: Annotated[str, Field(min_length=1, max_length=1000)] | None = None


class HookTold(_Shape):
    """What getWebhookInfo tells: the address, "" for none; of the last failure when it was, in Unix time, and why."""

    url: _Address
    pending_update_count: _Count
    last_error_date: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    last_error_message: _Line | None = None


class _Parameters(_Shape):
    migrate_to_chat_id: Annotated[int, Field(lt=0, ge=-(2**52))] | None = None
    retry_after: Annotated[int, Field(gt=0)] | None = None


class _Refused(_Shape):
    ok: Literal[False]
    error_code: int
    description: _Line = ""
    parameters: _Parameters = _Parameters()


_SHAPES: Final[dict[str, TypeAdapter[Any]]] = {
    "getMe": TypeAdapter(_Me),
    "getUpdates": TypeAdapter(Annotated[list[Any], Field(max_length=MOST_UPDATES)]),
    "getFile": TypeAdapter(FileTold),
    "getWebhookInfo": TypeAdapter(HookTold),
    **dict.fromkeys(("sendMessage", "sendDocument", "sendPhoto"), TypeAdapter(_Said)),
    **dict.fromkeys(("editMessageText", "editMessageReplyMarkup"), TypeAdapter(_Said | _True)),
    **dict.fromkeys(("answerCallbackQuery", "deleteMessage"), TypeAdapter(_True)),
    **dict.fromkeys(("setMyCommands", "setWebhook", "deleteWebhook"), TypeAdapter(_True)),
}
"""What each method that the program calls answers."""

_REFUSALS: Final[dict[int, type[TelegramError]]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: InvalidToken,
    HTTPStatus.CONFLICT: Conflict,
}


def checked(method: str, result: Any) -> Any:
    """Return what a method answered as it is; raises Nonsense for what it cannot have answered."""
    try:
        _SHAPES[method].validate_python(result)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"]) or "result"
        raise Nonsense(f"an answer to {method} of another shape: {where}") from None
    return result


def answered(body: bytes) -> dict[str, Any]:
    """Return an answer of Telegram's to a call that went well; raises Nonsense for anything else."""
    answer = _read(body)
    if answer is None:
        raise Nonsense("not Telegram's answer")
    if answer["ok"] is not True or "result" not in answer:
        raise Nonsense("an answer without a result")
    return answer


def refusal(status: int, body: bytes) -> TelegramError:
    """Return why a call that was answered with this status was refused."""
    answer = _read(body)
    if answer is None:
        away = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return (NetworkError if away else Nonsense)(f"not Telegram's answer ({status})")
    try:
        refused = _Refused.model_validate(answer)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"])
        return Nonsense(f"a refusal ({status}) of another shape: {where}")
    if refused.error_code != status:
        return Nonsense(f"a refusal ({status}) that contradicts itself")
    return _in_words(status, refused)


def _in_words(status: int, refused: _Refused) -> TelegramError:
    given, why = refused.parameters, refused.description or f"refused ({status})"
    if status == HTTPStatus.BAD_REQUEST and given.migrate_to_chat_id is not None:
        return ChatMigrated(given.migrate_to_chat_id)
    if status == HTTPStatus.TOO_MANY_REQUESTS and given.retry_after is not None:
        return RetryAfter(min(given.retry_after, 10**9))  # no more than the library can count
    return _REFUSALS.get(status, NetworkError)(why)


def _read(body: bytes) -> dict[str, Any] | None:
    """Return an answer of Telegram's; None for what a proxy or a sign-in page says in its place."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and isinstance(answer.get("ok"), bool) else None
