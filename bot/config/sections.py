"""The sections of `config.toml`. A field's description says what is allowed: the operator reads it."""

from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from bot.config.values import (
    FileKinds,
    Host,
    Hour,
    Hours,
    Name,
    Networks,
    Pause,
    Pauses,
    Place,
    ProxyAddress,
    ShortPauseOrNone,
    StoreAddress,
    TelegramIds,
    Token,
    WebAddress,
    WebhookSecret,
    WebPath,
    Words,
    YearsByKind,
)

_DAYS = "working days, 1 to 60"
_WORDS = "words of up to 200 characters"
_NETWORKS = 'networks such as ["192.0.2.0/24", "2001:db8::/32"]'
_TWO_HOURS = 'two hours in order, such as ["07:30", "11:30"]'


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @field_validator("*", mode="before")
    @classmethod
    def _true_is_no_number(cls, value: object, field: ValidationInfo) -> object:
        given = value.values() if isinstance(value, Mapping) else value
        several = given if isinstance(given, Collection) else [given]
        is_truth = any(isinstance(one, bool) for one in several)
        if is_truth and cls.model_fields[field.field_name or ""].annotation is not bool:
            raise ValueError
        return value


class Telegram(_Section):
    token: Token = Field(description="the token from @BotFather, such as 123456789:AAHdq...")
    base_url: WebAddress = Field(
        default="https://api.telegram.org/bot",
        description='an address such as "http://127.0.0.1:8081/bot"',
    )
    base_file_url: WebAddress = Field(
        default="https://api.telegram.org/file/bot",
        description='an address such as "http://127.0.0.1:8081/file/bot"',
    )
    proxy_url: ProxyAddress | None = Field(
        default=None, description='a proxy such as "http://host:3128" or "socks5://host:1080"'
    )
    mode: Literal["polling", "webhook"] = Field(
        default="polling", description='"polling" or "webhook"'
    )
    webhook_path: WebPath = Field(
        default="/telegram", description='a path such as "/telegram", of letters, digits, - and _'
    )
    webhook_secret: WebhookSecret | None = Field(
        default=None,
        description="16 to 256 letters, digits, - and _ that nobody can guess (openssl rand -hex 32)",
    )
    webhook_certificate: Place | None = Field(
        default=None, description="a file with the public certificate that Telegram is to trust"
    )
    webhook_connections: int = Field(default=40, ge=1, le=100, description="a number, 1 to 100")
    webhook_ranges: Networks = Field(
        default=(IPv4Network("149.154.160.0/20"), IPv4Network("91.108.4.0/22")),
        description=_NETWORKS,
    )
    messages_per_second: float = Field(
        default=30, ge=0, le=1000, description="a number from 0 (no limit) to 1000"
    )


class Storage(_Section):
    url: StoreAddress = Field(
        default="sqlite:///data/dondoc.db",
        description='"sqlite:///path/to/file.db" or "postgresql://user:password@host/database"',
    )
    files: Place = Field(default=Path("data/files"), description="a folder")


class Files(_Section):
    max_mb: int = Field(default=20, ge=1, le=2000, description="whole megabytes, 1 to 2000")
    kinds: FileKinds | None = Field(
        default=None, description='endings such as "pdf" or kinds such as "image/*"'
    )


class Office(_Section):
    name: Name = Field(default="Văn phòng", description="a name of 1 to 200 characters")
    timezone: ZoneInfo = Field(
        default=ZoneInfo("Asia/Ho_Chi_Minh"), description='a zone such as "Asia/Ho_Chi_Minh"'
    )
    morning: Hours = Field(default=(time(7, 30), time(11, 30)), description=_TWO_HOURS)
    afternoon: Hours = Field(default=(time(13), time(17)), description=_TWO_HOURS)
    waking: Hours = Field(default=(time(7, 15), time(17, 30)), description=_TWO_HOURS)
    brief: bool = Field(default=False, description="true or false")
    digest_at: Hour = Field(default=time(7, 30), description='an hour such as "07:30"')
    term_from: date = Field(
        default=date(2025, 7, 1), description="a day such as 2025-07-01, without quotes"
    )
    gather: ShortPauseOrNone = Field(
        default=timedelta(minutes=1),
        description='a pause up to 15 minutes, such as "1m"; "0s" for none',
    )


class Access(_Section):
    admins: TelegramIds = Field(
        default=(), description="a list of Telegram ids, such as [123456789]"
    )
    updates_a_minute: int = Field(
        default=120, ge=0, le=10_000, description="a number from 0 (no limit) to 10000"
    )
    invitation_days: int = Field(default=7, ge=1, le=90, description="whole days, 1 to 90")


class Rungs(_Section):
    """The ladder of one urgency; what is not given is that of `bot.rules.reminders.reminders.LADDERS`."""

    yellow_before: int | None = Field(
        default=None, ge=0, le=60, description="working days, 0 (never) to 60"
    )
    before: Pauses | None = Field(
        default=None,
        description='at most 20 pauses such as "30s", "90m", "2h", under a day, or "1d", up to 366 days',
    )
    red_special_after: int | None = Field(default=None, ge=1, le=60, description=_DAYS)
    climb_every: int | None = Field(default=None, ge=1, le=60, description=_DAYS)
    stale_after: int | None = Field(default=None, ge=1, le=60, description=_DAYS)
    receive_within: Pause | None = Field(
        default=None, description='a pause such as "30m" or "4h", under a day, or "1d"'
    )


class Reminders(Rungs):
    at: Hour = Field(default=time(7, 30), description='an hour such as "07:30"')


class Repeats(_Section):
    ahead: int = Field(default=10, ge=0, le=60, description="working days, 0 to 60")
    day_off: Literal["before", "after", "keep"] = Field(
        default="before", description='"before", "after" or "keep"'
    )


class Language(_Section):
    before_day: Literal["inclusive", "exclusive"] = Field(
        default="inclusive", description='"inclusive" or "exclusive"'
    )


class Report(_Section):
    """What stands around the text of a report, see `bot.rules.letterhead.Letterhead`."""

    above: Words = Field(default="", description=_WORDS)
    place: Words = Field(default="", description=_WORDS)
    symbol: Words = Field(default="", description=_WORDS)
    authority: Words = Field(default="", description=_WORDS)
    title: Words = Field(default="Chánh Văn phòng", description=_WORDS)
    signer: Words = Field(default="", description=_WORDS)


class Web(_Section):
    """What the program serves over HTTP: nothing without a port."""

    host: Host = Field(
        default="127.0.0.1", description='an address of this machine, such as "127.0.0.1"'
    )
    port: int | None = Field(default=None, ge=1, le=65535, description="a port, 1 to 65535")
    address: WebAddress | None = Field(
        default=None, description='where people reach it, such as "https://dondoc.example.vn"'
    )
    trusted_proxies: Networks = Field(
        default=(IPv4Network("127.0.0.0/8"), IPv6Network("::1")), description=_NETWORKS
    )
    certificate: Place | None = Field(default=None, description="a file with a certificate in PEM")
    key: Place | None = Field(default=None, description="a file with the certificate's key in PEM")


class Monitor(_Section):
    """Health and figures for an operator's tools: nothing without a port."""

    host: Host = Field(
        default="127.0.0.1", description='an address of this machine, such as "127.0.0.1"'
    )
    port: int | None = Field(default=None, ge=1, le=65535, description="a port, 1 to 65535")


class Retention(_Section):
    """How many days what no task needs is kept."""

    updates: int = Field(default=6, ge=2, le=6, description="whole days, 2 to 6")
    drafts: int = Field(default=90, ge=7, le=3650, description="whole days, 7 to 3650")
    messages: int = Field(default=90, ge=7, le=3650, description="whole days, 7 to 3650")


class Archive(_Section):
    folder: Place = Field(default=Path("data/archive"), description="a folder")
    years: int = Field(default=10, ge=0, le=200, description="whole years, 0 (for ever) to 200")
    years_by_kind: YearsByKind = Field(
        default={},
        description="whole years, 0 (for ever) to 200, for types of documents, such as { KL = 70, CV = 5 }",
    )


class Backup(_Section):
    """Where sealed copies go and how many stay; nothing is copied by itself without a folder."""

    folder: Place | None = Field(default=None, description="a folder")
    at: Hour = Field(default=time(2), description='an hour such as "02:00"')
    key: Place | None = Field(
        default=None, description="a file that `dondoc backup --new-key FILE` wrote"
    )
    recipient: str | None = Field(
        default=None, pattern="^age1[0-9a-z]+$", description="a public key of age (age1...)"
    )
    daily: int = Field(default=7, ge=1, le=400, description="days, 1 to 400")
    weekly: int = Field(default=5, ge=0, le=400, description="weeks, 0 to 400")
    monthly: int = Field(default=12, ge=0, le=400, description="months, 0 to 400")


class Audit(_Section):
    anchor_at: Hour | None = Field(default=None, description='an hour such as "17:00"')


class Clock(_Section):
    offset_file: Place | None = Field(default=None, description="a file")


class Log(_Section):
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description='"debug", "info", "warning" or "error"'
    )
    format: Literal["text", "json"] = Field(default="text", description='"text" or "json"')
