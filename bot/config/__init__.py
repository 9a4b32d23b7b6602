"""`config.toml` and the environment, read into one frozen model.

Every key can be set by an environment variable, which wins: `telegram.token` is
`DONDOC_TELEGRAM__TOKEN`; a list is written with commas.
"""

import stat
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import PrivateAttr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config.file import ConfigError, check_environment, explain, one_line, read_toml, source
from bot.config.sections import (
    Access,
    Archive,
    Audit,
    Backup,
    Clock,
    Files,
    Language,
    Log,
    Monitor,
    Office,
    Reminders,
    Repeats,
    Report,
    Retention,
    Rungs,
    Storage,
    Telegram,
    Web,
)

__all__ = ["Config", "ConfigError", "load"]
DEFAULT_FILE = Path("config.toml")


class Config(BaseSettings):
    """All settings; `config.example.toml` says what each is for."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        env_prefix="DONDOC_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        enable_decoding=False,
    )

    telegram: Telegram
    storage: Storage = Storage()
    files: Files = Files()
    office: Office = Office()
    access: Access = Access()
    reminders: Reminders = Reminders()
    reminders_urgent: Rungs = Rungs()
    reminders_very_urgent: Rungs = Rungs()
    reminders_flash: Rungs = Rungs()
    repeats: Repeats = Repeats()
    language: Language = Language()
    report: Report = Report()
    web: Web = Web()
    monitor: Monitor = Monitor()
    retention: Retention = Retention()
    archive: Archive = Archive()
    backup: Backup = Backup()
    audit: Audit = Audit()
    clock: Clock = Clock()
    log: Log = Log()

    _file: Path = PrivateAttr(DEFAULT_FILE)

    @property
    def file(self) -> Path:
        """Where the settings were read from."""
        return self._file

    def read_from(self, file: Path) -> "Config":
        """Note where the settings were read from."""
        self._file = file
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def load(path: Path | None = None) -> Config:
    """Read the settings from a file, by default `config.toml` in the current folder.

    Raises ConfigError, whose one line names the file or variable, the key, the value and what is
    allowed, and never shows the token.
    """
    file = path or DEFAULT_FILE
    check_environment(Config.model_fields)
    tables = read_toml(file)
    try:
        config = Config(**tables).read_from(file)
    except ValidationError as error:
        # A key that is missing may be there under a wrong name: that name tells more.
        first = min(error.errors(), key=lambda found: found["type"] == "missing")
        raise ConfigError(explain(first, Config, file)) from None
    if config.clock.offset_file and not _is_loopback(config.telegram.base_url):
        raise ConfigError(
            f"{file}: clock.offset_file = {str(config.clock.offset_file)!r}: only allowed when the"
            " host of telegram.base_url is this machine (127.0.0.1)"
        )
    _check_hours(config, file)
    _check_web(config, file)
    _check_webhook(config, file)
    _check_certificates(config, file)
    return config


def _check_hours(config: Config, file: Path) -> None:
    """Raise ConfigError for an hour at which nothing is sent, or hours of work in two halves at once.

    What is told when nothing is sent would come a day late, or never.
    """
    first, last = config.office.waking
    noon, again = config.office.morning[1], config.office.afternoon[0]
    if again < noon:
        raise ConfigError(
            f"{source(('office', 'afternoon'), file)}: office.afternoon begins at '{again:%H:%M}':"
            f" expected an hour after office.morning, which ends at {noon:%H:%M}"
        )
    hours = {
        ("office", "digest_at"): config.office.digest_at,
        ("reminders", "at"): config.reminders.at,
    }
    if config.audit.anchor_at is not None:
        hours["audit", "anchor_at"] = config.audit.anchor_at
    for keys, hour in hours.items():
        if not first <= hour <= last:
            raise ConfigError(
                f"{source(keys, file)}: {'.'.join(keys)} = '{hour:%H:%M}': expected an hour within"
                f" office.waking, {first:%H:%M} to {last:%H:%M}"
            )


def _check_web(config: Config, file: Path) -> None:
    """Raise ConfigError for a setting of [web] without the one that it needs."""
    _check_both(config, file, "port", "address")
    _check_both(config, file, "certificate", "key")


def _check_both(config: Config, file: Path, *keys: str) -> None:
    given = {key: getattr(config.web, key) for key in keys}
    there = [key for key, value in given.items() if value is not None]
    if len(there) == 1:
        (key,) = set(given) - set(there)
        allowed = Web.model_fields[key].description
        raise ConfigError(
            f"{source(('web', there[0]), file)}: web.{there[0]} = {_shown(given[there[0]])} needs"
            f" web.{key} too: expected {allowed}"
        )


def _shown(value: object) -> str:
    return one_line(repr(str(value) if isinstance(value, Path) else value))


def _check_webhook(config: Config, file: Path) -> None:
    """Raise ConfigError where Telegram could not send updates, or anybody could in its name."""
    if config.telegram.mode != "webhook":
        return
    wanted = f"{source(('telegram', 'mode'), file)}: telegram.mode = 'webhook' needs"
    if config.telegram.webhook_secret is None:
        allowed = Telegram.model_fields["webhook_secret"].description
        raise ConfigError(f"{wanted} telegram.webhook_secret: expected {allowed}")
    if config.web.address is None:
        allowed = Web.model_fields["port"].description
        raise ConfigError(f"{wanted} web.port and web.address: expected {allowed}")
    local = _is_loopback(config.telegram.base_url)
    if not config.web.address.startswith("https://") and not local:
        raise ConfigError(
            f"{source(('web', 'address'), file)}: web.address = {config.web.address!r}: Telegram"
            " sends updates to https:// alone"
        )


def _check_certificates(config: Config, file: Path) -> None:
    """Raise ConfigError for a file of a certificate or its key that is not there."""
    files = {
        ("telegram", "webhook_certificate"): config.telegram.webhook_certificate,
        ("web", "certificate"): config.web.certificate,
        ("web", "key"): config.web.key,
    }
    for keys, given in files.items():
        if given is not None and (wrong := _wrong_with(given)):
            raise ConfigError(f"{source(keys, file)}: {'.'.join(keys)} = {_shown(given)}: {wrong}")


def _wrong_with(path: Path) -> str | None:
    """Return why a path is no file that is there."""
    try:
        return None if stat.S_ISREG(path.stat().st_mode) else "this is not a file"
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such file"
    except OSError as why:
        return f"it cannot be looked at: {why.strerror}"


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
