"""Fetches what people sent, from Telegram's server or from the folder of a server that the office runs itself."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from bot.delivery.telegram.answers import FileTold, Nonsense, TooLarge
from bot.delivery.telegram.http_client import TelegramBot


async def fetched(bot: TelegramBot, file_id: str, limit: int) -> bytes:
    """Return a file whole.

    Raises BadRequest where Telegram has it no more, TooLarge for more than `limit` bytes, Nonsense for another file than
    the one told of, else what the library raises.
    """
    told = FileTold.model_validate(await bot.call("getFile", file_id=file_id))
    if told.file_path is None:
        raise Nonsense("a file without a path")
    if (told.file_size or 0) > limit:
        raise TooLarge(limit)
    try:
        data = await _content(
            bot, told.file_path, limit if told.file_size is None else told.file_size
        )
    except TooLarge:
        if told.file_size is None:
            raise
        raise Nonsense("a file is larger than was told") from None
    if told.file_size not in {None, len(data)}:
        raise Nonsense("a file came in part")
    return data


async def _content(bot: TelegramBot, path: str, limit: int) -> bytes:
    if path.startswith("/"):
        return await asyncio.to_thread(_local, Path(path), bot.token, limit)
    if not path.isprintable() or not {"", ".", ".."}.isdisjoint(path.split("/")):
        raise Nonsense("a file with a strange path")
    return await bot.fetch(f"{bot.base_file_url}/{quote(path)}", limit)


def _local(path: Path, token: str, limit: int) -> bytes:
    """Return a file of a Bot API server on this machine, which keeps a bot's files in a folder named by its token.

    Nothing else on this machine is read, whatever an answer says.
    """
    try:
        found = path.resolve(strict=True)
        if token not in found.parts or not found.is_file():
            raise Nonsense("a file with a strange path")
        with found.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError):
        raise Nonsense("a file that is not there") from None
    if len(data) > limit:
        raise TooLarge(limit)
    return data
