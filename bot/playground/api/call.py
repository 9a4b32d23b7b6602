"""One call of the bot: its parameters, read as JSON, form or multipart alike."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.playground.api.refused import bad_request


@dataclass(frozen=True)
class Upload:
    """A file sent with a form."""

    name: str
    mime: str
    content: bytes


class Call:
    """Parameters come as text or as JSON values; files by field name."""

    def __init__(self, params: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.params = params
        self.files = files or {}

    @classmethod
    async def read(cls, request: Request) -> "Call":
        """Raises Refused where the body cannot be read."""
        params: dict[str, Any] = dict(request.query_params)
        kind = request.headers.get("content-type", "")
        if kind.startswith("application/json"):
            return cls(params | _object(await request.body()))
        if kind.startswith("multipart/"):
            fields, files = await read_form(request)
            return cls(params | fields, files)
        try:
            form = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return cls(params | dict(form))

    def text(self, name: str, missing: str = "") -> str:
        """A string; anything else is written as JSON."""
        value = self.params.get(name, missing)
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, missing: int = 0) -> int:
        """A whole number; `missing` for none and for what is not one."""
        try:
            return int(self.params.get(name, missing))
        except (TypeError, ValueError):
            return missing

    def flag(self, name: str) -> bool:
        """False for none."""
        return self.params.get(name) in (True, "true", "True", "1")

    def json(self, name: str) -> Any:
        """A JSON value, or None for none. Raises Refused where it does not parse."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    @property
    def chat_id(self) -> int | None:
        """None where the call names none, or not by number."""
        return self.number("chat_id") or None


async def read_form(request: Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """The texts and the files of a multipart body, by field name."""
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.items():
            if isinstance(value, str):
                fields[name] = value
            else:
                mime = value.content_type or ""
                files[name] = Upload(value.filename or name, mime, await value.read())
    return fields, files


def _object(body: bytes) -> dict[str, Any]:
    try:
        params = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(params, dict):
        raise bad_request("can't parse JSON object")
    return params
