"""The way to Telegram: an aiohttp client under python-telegram-bot, and the bot built on it.

When Telegram answers in 50 ms the library's own client, httpx, manages a twentieth of the updates.
It stays for SOCKS proxies, which aiohttp does not speak.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, ClassVar, cast

import aiohttp
from telegram import Bot, InputFile
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from yarl import URL

from bot.clock import stopwatch
from bot.delivery.figures import Figures, NoFigures

os.environ.setdefault("PTB_TIMEDELTA", "true")  # or every RetryAfter warns that it will change

CONNECTIONS = 128
"""64 lanes coming in, 30 messages going out, the long poll, and room for files."""

READ_SECONDS = 20.0
WRITE_SECONDS = 20.0
CONNECT_SECONDS = 10.0
POOL_SECONDS = 30.0
UPLOAD_SECONDS = 120.0


class AiohttpRequest(BaseRequest):
    """Errors name their class alone: aiohttp's texts may hold the address, which holds the token."""

    def __init__(self, proxy: str | None = None) -> None:
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=CONNECTIONS, keepalive_timeout=60, ttl_dns_cache=300
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the client is not initialized")
        upload = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _given(read_timeout, READ_SECONDS),
            _given(write_timeout, UPLOAD_SECONDS if upload else WRITE_SECONDS),
            _given(connect_timeout, CONNECT_SECONDS),
            _given(pool_timeout, POOL_SECONDS),
        )
        try:
            async with self._session.request(
                method, URL(url), timeout=timeout, **_body(request_data)
            ) as response:
                status, body = response.status, await response.read()
        except aiohttp.ConnectionTimeoutError:
            raise TimedOut("connecting took too long") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from None
        if status != HTTPStatus.OK and _answer(body) is None:
            raise NetworkError(f"not Telegram's answer ({status})")
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Read an answer; unlike the library's own, log nothing of it: it may hold messages."""
        answer = _answer(payload)
        if answer is None:
            raise NetworkError("not Telegram's answer")
        if answer["ok"] and "result" not in answer:
            raise NetworkError("an answer without a result")
        return answer


class Plain:
    """Parameters that are JSON already, where the library expects its RequestData."""

    contains_files = False
    multipart_data: ClassVar[dict[str, Any]] = {}

    def __init__(self, parameters: JSONDict) -> None:
        self.parameters = parameters

    @property
    def json_parameters(self) -> dict[str, str]:
        """For the library's own client, which sends forms."""
        texts = self.parameters.items()
        return {name: v if isinstance(v, str) else json.dumps(v) for name, v in texts}


class TelegramBot(Bot):
    """The library's bot, able to call a method and take the answer as it came; such calls are timed."""

    def __init__(self, *given: Any, figures: Figures | None = None) -> None:
        self._figures = figures or NoFigures()
        super().__init__(*given)

    async def call(
        self, method: str, read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE, **values: Any
    ) -> Any:
        """Call a method of the Bot API and return its raw result.

        `send_message` and its kind build a Message of each answer, at more cost than the request;
        of an answer we want the id, and updates are stored before they are read. What has no file
        goes as it is, without the library's look at each parameter.
        """
        given = {name: value for name, value in values.items() if value is not None}
        with self._timed(method):
            if any(isinstance(value, InputFile) for value in given.values()):
                return await self._post(method, given, read_timeout=read_timeout)
            request = self._request[0] if method == "getUpdates" else self.request
            return await request.post(
                f"{self.base_url}/{method}",
                cast(RequestData, Plain(given)),
                read_timeout=read_timeout,
            )

    def __repr__(self) -> str:
        """Name the bot without its token, which the library would show."""
        return f"TelegramBot[{self.id}]"

    async def initialize(self) -> None:
        try:
            with self._timed("getMe"):
                await super().initialize()
        except InvalidToken:
            raise InvalidToken("Telegram refuses the token") from None

    @contextmanager
    def _timed(self, method: str) -> Iterator[None]:
        begun = stopwatch()
        try:
            yield
        except TelegramError as error:
            self._figures.telegram(method, type(error).__name__, stopwatch() - begun)
            raise
        self._figures.telegram(method, "ok", stopwatch() - begun)


def build_bot(
    token: str,
    base_url: str,
    base_file_url: str,
    proxy_url: str | None = None,
    figures: Figures | None = None,
) -> TelegramBot:
    """Build the bot, not yet initialized; `proxy_url` is http://, https:// or socks5://."""
    request: BaseRequest = AiohttpRequest(proxy_url)
    if proxy_url is not None and proxy_url.startswith("socks"):
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, token and all
        request = HTTPXRequest(
            CONNECTIONS, READ_SECONDS, WRITE_SECONDS, CONNECT_SECONDS, POOL_SECONDS, proxy=proxy_url
        )
    return TelegramBot(token, base_url, base_file_url, request, request, figures=figures)


def _answer(body: bytes) -> JSONDict | None:
    """Return an answer of Telegram's; None for what a proxy or a sign-in page says in its place."""
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and isinstance(answer.get("ok"), bool) else None


def _given(value: ODVInput[float], default: float) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Map the library's four; aiohttp has none for writing, so the whole call is bounded instead."""
    parts = [part for part in (read, write, connect, pool) if part is not None]
    return aiohttp.ClientTimeout(
        total=sum(parts) if len(parts) == 4 else None,
        connect=None if pool is None or connect is None else pool + connect,
        sock_connect=connect,
        sock_read=read,
    )


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {
            "data": json.dumps(data.parameters).encode(),
            "headers": {"Content-Type": "application/json"},
        }
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)  # or names arrive as %C3%A1
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
