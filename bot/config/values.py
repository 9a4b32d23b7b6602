"""How the values of `config.toml` are written: hours, durations, addresses, lists."""

import re
from collections.abc import Mapping
from datetime import time, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_ONE_DAY = timedelta(days=1)
_LONGEST_PAUSE = timedelta(days=366)
_LONGEST_GATHERING = timedelta(minutes=15)
"""What is gathered for one message waits as long: news that comes later is no news."""


def split(value: object) -> object:
    """Return the items of a list that an environment variable writes with commas."""
    if not isinstance(value, str):
        return value
    return [item.strip(" \"'") for item in value.strip("[] ").split(",") if item.strip()]


def _token(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d+:[A-Za-z0-9_-]{20,}", value):
        return value
    raise ValueError


def _webhook_secret(value: object) -> object:
    """Refuse what a sample has in its place, too: everybody knows it."""
    if isinstance(value, str) and re.fullmatch(r"(?!replace-this-)[A-Za-z0-9_-]{16,256}", value):
        return value
    raise ValueError


def _hour(value: object) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        return time.fromisoformat(value.zfill(5))
    raise ValueError


def _hours(value: object) -> tuple[time, time]:
    hours = split(value)
    if not isinstance(hours, list | tuple) or len(hours) != 2:
        raise ValueError
    start, end = _hour(hours[0]), _hour(hours[1])
    if start >= end:
        raise ValueError
    return start, end


def _pause(value: object) -> timedelta:
    """Read "90m" or "3d"; a day or more is written in days, which count working days."""
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"(\d{1,8})([smhd])", value) if isinstance(value, str) else None
    pause = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
    is_days = found is not None and found[2] == "d"
    if not timedelta(0) < pause <= _LONGEST_PAUSE or (pause >= _ONE_DAY and not is_days):
        raise ValueError
    return pause


def _short_pause_or_none(value: object) -> timedelta:
    pause = timedelta(0) if value == "0s" else _pause(value)
    if pause > _LONGEST_GATHERING:
        raise ValueError
    return pause


def _path(value: object) -> object:
    if isinstance(value, str) and (not value.strip() or "\0" in value):
        raise ValueError
    return value


def _types(value: object) -> object:
    """Read types of documents in capitals: a variable of the environment has none."""
    given = value if isinstance(value, Mapping) else {"": value}
    read = {str(name).strip().upper(): years for name, years in given.items()}
    if len(read) < len(given) or not all(name.isalpha() for name in read):
        raise ValueError
    return read


def _kind(value: object) -> str:
    found = value.strip().lstrip(".").lower() if isinstance(value, str) else ""
    if not re.fullmatch(r"[a-z0-9]{1,10}|[a-z]+/([a-z0-9.+-]+|\*)", found):
        raise ValueError
    return found


def _address(*schemes: str) -> BeforeValidator:
    """Refuse what a path cannot be written after, too: a query or a mark in the page; and a space."""

    def check(value: object) -> object:
        is_one_word = isinstance(value, str) and not re.search(r"\s", value)
        parts = urlsplit(str(value)) if is_one_word else None
        if parts is None or parts.scheme not in schemes or not parts.hostname or parts.port == 0:
            raise ValueError
        if parts.query or parts.fragment:
            raise ValueError
        return value

    return BeforeValidator(check)


def _host(value: object) -> object:
    ip_address(str(value))
    return value


def _network(value: object) -> IPv4Network | IPv6Network:
    """Read a network such as 192.0.2.0/24, or an address as a network of that address alone."""
    return ip_network(str(value))


def _store(value: object) -> object:
    """Of a PostgreSQL address the port is looked at where there is one host, of a SQLite one the file."""
    if not isinstance(value, str) or not re.fullmatch(r"(sqlite:///|postgresql://)\S.*", value):
        raise ValueError
    parts = urlsplit(value)
    is_lasting = ":memory:" not in value and "\0" not in value
    if not is_lasting or ("," not in parts.netloc and parts.port == 0):
        raise ValueError
    return value


Token = Annotated[SecretStr, BeforeValidator(_token)]
WebhookSecret = Annotated[SecretStr, BeforeValidator(_webhook_secret)]
"""The letters Telegram allows, and enough of them."""
WebPath = Annotated[str, Field(pattern=r"^(/[A-Za-z0-9_-]+)+$", max_length=200)]
Place = Annotated[Path, BeforeValidator(_path)]
"""Of a file or a folder."""
Hour = Annotated[time, BeforeValidator(_hour)]
Hours = Annotated[tuple[time, time], BeforeValidator(_hours)]
Pause = Annotated[timedelta, BeforeValidator(_pause)]
ShortPauseOrNone = Annotated[timedelta, BeforeValidator(_short_pause_or_none)]
Pauses = Annotated[
    tuple[Pause, ...],
    Field(max_length=20),
    BeforeValidator(split),
]
TelegramId = Annotated[int, Field(gt=0, lt=2**52)]
TelegramIds = Annotated[tuple[TelegramId, ...], BeforeValidator(split)]
FileKinds = Annotated[
    tuple[Annotated[str, BeforeValidator(_kind)], ...],
    Field(min_length=1, max_length=100),
    BeforeValidator(split),
]
YearsByKind = Annotated[Mapping[str, Annotated[int, Field(ge=0, le=200)]], BeforeValidator(_types)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(max_length=200)]
WebAddress = Annotated[str, _address("http", "https")]
Host = Annotated[str, BeforeValidator(_host)]
Networks = Annotated[
    tuple[Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)], ...],
    Field(max_length=100),
    BeforeValidator(split),
]
ProxyAddress = Annotated[str, _address("http", "https", "socks5")]
StoreAddress = Annotated[str, BeforeValidator(_store)]
