"""The way to Telegram: an aiohttp client under python-telegram-bot, and the bot built on it.

When Telegram answers in 50 ms the library's own client, httpx, manages a twentieth of the updates.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, ClassVar, cast

import aiohttp
from telegram import Bot, InputFile, User
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.clock import stopwatch
from bot.delivery.monitoring.metrics_protocol import Figures, NoFigures
from bot.delivery.telegram.answers import HookTold, Nonsense, TooLarge, answered, checked, refusal

os.environ.setdefault("PTB_TIMEDELTA", "true")  # or every RetryAfter warns that it will change

CONNECTIONS = 128
"""64 lanes coming in, 30 messages going out, the long poll, and room for files."""

READ_SECONDS = 20.0
WRITE_SECONDS = 20.0
CONNECT_SECONDS = 10.0
POOL_SECONDS = 30.0
UPLOAD_SECONDS = 120.0

LARGEST_ANSWER = 4 * 1024 * 1024
"""Bytes. A hundred updates of ordinary length are a twentieth of it; for longer ones fewer are asked for."""


class AiohttpRequest(BaseRequest):
    """Errors name their class alone: aiohttp's texts may hold the address, which holds the token.

    No answer is read further than LARGEST_ANSWER, unpacked, and none leads to another address.
    """

    def __init__(self, proxy: str | None = None) -> None:
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=_connector(self._proxy),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=None if _is_socks(self._proxy) else self._proxy,
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
        upload = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _given(read_timeout, READ_SECONDS),
            _given(write_timeout, UPLOAD_SECONDS if upload else WRITE_SECONDS),
            _given(connect_timeout, CONNECT_SECONDS),
            _given(pool_timeout, POOL_SECONDS),
        )
        status, body = await self._asked(
            method, url, LARGEST_ANSWER, timeout=timeout, **_body(request_data)
        )
        if status != HTTPStatus.OK:
            raise refusal(status, body)
        return status, body

    async def fetch(self, url: str, limit: int) -> bytes:
        """Return what is at an address; raises TooLarge for more than `limit` bytes."""
        timeout = _timeout(READ_SECONDS, WRITE_SECONDS, CONNECT_SECONDS, POOL_SECONDS)
        status, body = await self._asked("GET", url, limit, timeout=timeout)
        if status != HTTPStatus.OK:
            raise refusal(status, body)
        return body

    async def _asked(self, method: str, url: str, limit: int, **how: Any) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the client is not initialized")
        try:
            async with self._session.request(
                method, URL(url), allow_redirects=False, **how
            ) as response:
                status = response.status
                most = limit if status == HTTPStatus.OK else LARGEST_ANSWER
                return status, await _read(response, most)
        except aiohttp.ConnectionTimeoutError:
            raise TimedOut("connecting took too long") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from None
        except Exception as error:
            if _is_socks(self._proxy):
                raise NetworkError(f"connecting by proxy: {type(error).__name__}") from None
            raise

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Read an answer; unlike the library's own, log nothing of it: it may hold messages."""
        return answered(payload)


class Plain:
    """Parameters that are JSON already, where the library expects its RequestData."""

    contains_files = False
    multipart_data: ClassVar[dict[str, Any]] = {}

    def __init__(self, parameters: JSONDict) -> None:
        self.parameters = parameters


class TelegramBot(Bot):
    """The library's bot, able to call a method and take the answer as it came; such calls are timed.

    Every answer is looked at before the library or anybody else reads it.
    """

    def __init__(
        self,
        token: str,
        base_url: str,
        base_file_url: str,
        client: AiohttpRequest,
        figures: Figures | None = None,
    ) -> None:
        self._figures = figures or NoFigures()
        self._client = client
        super().__init__(token, base_url, base_file_url, client, client)

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
            result = await self._client.post(
                f"{self.base_url}/{method}",
                cast(RequestData, Plain(given)),
                read_timeout=read_timeout,
            )
            return checked(method, result)

    async def _post(self, endpoint: str, *given: Any, **more: Any) -> Any:
        """Look at the answer to every method of the library's that the program uses."""
        return checked(endpoint, await super()._post(endpoint, *given, **more))

    async def get_me(self, **given: Any) -> User:
        """Ask who the bot is; raises Nonsense for an answer that tells of another."""
        me = await super().get_me(**given)
        if me.id != int(self.token.partition(":")[0]):
            raise Nonsense("an answer to getMe of another bot")
        return me

    async def fetch(self, url: str, limit: int) -> bytes:
        """Return what is at an address of Telegram's; raises TooLarge for more than `limit` bytes."""
        return await self._client.fetch(url, limit)

    async def webhook_told(self) -> HookTold:
        """Return where Telegram sends updates, and how that goes."""
        return HookTold.model_validate(await self.call("getWebhookInfo"))

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
    return TelegramBot(token, base_url, base_file_url, AiohttpRequest(proxy_url), figures)


def _connector(proxy: str | None) -> aiohttp.BaseConnector:
    how: dict[str, Any] = {"limit": CONNECTIONS, "keepalive_timeout": 60, "ttl_dns_cache": 300}
    if proxy is not None and _is_socks(proxy):
        from aiohttp_socks import ProxyConnector  # noqa: PLC0415 - slow to load, seldom switched on

        return ProxyConnector.from_url(proxy, **how)
    return aiohttp.TCPConnector(**how)


def _is_socks(proxy: str | None) -> bool:
    return proxy is not None and proxy.startswith("socks")


async def _read(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """Return an answer, unpacked; raises TooLarge once it is longer than `limit` bytes."""
    if (response.content_length or 0) > limit:
        raise TooLarge(limit)
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > limit:
            raise TooLarge(limit)
    return bytes(body)


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
