"""Settings: what loads, which source wins, and the one line about what cannot be used."""

import re
import tomllib
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import Config, ConfigError, load
from bot.config.sections import Files, Telegram, Web
from bot.rules.file_limits import KINDS
from bot.rules.reminders.reminders import LADDERS
from bot.rules.retention import Keeping
from bot.runtime.build_office import ladders_of
from storage.records import Urgency

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
MINIMAL = f'[telegram]\ntoken = "{TOKEN}"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refused(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load(path)
    line = str(caught.value)
    assert "\n" not in line
    assert "AAHdq" not in line.replace("such as 123456789:AAHdq...", "")
    return line


def test_the_example_loads_and_names_every_key() -> None:
    load(EXAMPLE)
    written = EXAMPLE.read_text(encoding="utf-8")
    given = tomllib.loads(re.sub(r"(?m)^# (?=\w+ = )", "", written))
    assert {name: set(keys) for name, keys in given.items()} == {
        name: set(field.annotation.model_fields)  # type: ignore[union-attr]
        for name, field in Config.model_fields.items()
    }


def test_the_example_says_what_the_defaults_are() -> None:
    assert load(EXAMPLE).files == Files(kinds=KINDS)
    assert ladders_of(load(EXAMPLE)) == LADDERS
    assert load(EXAMPLE).web == Web()
    assert load(EXAMPLE).telegram.webhook_ranges == Telegram.model_fields["webhook_ranges"].default


def test_each_urgency_has_its_ladder(file: Path) -> None:
    file.write_text(
        f'{MINIMAL}[reminders]\nat = "08:00"\nstale_after = 9\n'
        "[reminders_flash]\nyellow_before = 0\n"
    )
    ladders = ladders_of(load(file))
    assert ladders[Urgency.NORMAL] == replace(LADDERS[Urgency.NORMAL], at=time(8), stale_after=9)
    assert ladders[Urgency.FLASH] == replace(LADDERS[Urgency.FLASH], at=time(8), yellow_before=0)
    assert ladders[Urgency.URGENT] == replace(LADDERS[Urgency.URGENT], at=time(8))


def test_which_files_are_taken(file: Path) -> None:
    file.write_text(f'{MINIMAL}[files]\nmax_mb = 5\nkinds = [".PDF", "image/*"]\n')
    assert load(file).files == Files(max_mb=5, kinds=("pdf", "image/*"))


def test_defaults(file: Path) -> None:
    file.write_text(MINIMAL)
    config = load(file)
    assert config.telegram.token.get_secret_value() == TOKEN
    assert ladders_of(config) == LADDERS
    assert config.office.waking == (time(7, 15), time(17, 30))
    assert config.storage.url == "sqlite:///data/dondoc.db"


def test_the_token_is_never_shown(file: Path) -> None:
    file.write_text(MINIMAL)
    config = load(file)
    assert TOKEN not in repr(config) + str(config) + str(config.model_dump())


def test_settings_cannot_be_changed(file: Path) -> None:
    file.write_text(MINIMAL)
    config = load(file)
    with pytest.raises(ValidationError):
        config.office.name = "khác"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("written", "pause"),
    [
        ("30s", timedelta(seconds=30)),
        ("90m", timedelta(minutes=90)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
    ],
)
def test_durations(file: Path, written: str, pause: timedelta) -> None:
    file.write_text(MINIMAL + f'[reminders]\nbefore = ["{written}"]\n')
    assert load(file).reminders.before == (pause,)


def test_the_environment_wins(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(MINIMAL + "[access]\nadmins = [1]\n[log]\nlevel = 'error'\n")
    monkeypatch.setenv("DONDOC_ACCESS__ADMINS", "7, 8")
    monkeypatch.setenv("DONDOC_REMINDERS__BEFORE", '["1d", "5m"]')
    monkeypatch.setenv("DONDOC_OFFICE__MORNING", "08:00,12:00")
    monkeypatch.setenv("DONDOC_TELEGRAM__PROXY_URL", "")
    monkeypatch.setenv("DONDOC_WEB__TRUSTED_PROXIES", "10.0.0.0/8, fc00::/7,::1")
    config = load(file)
    assert config.access.admins == (7, 8)
    assert config.reminders.before == (timedelta(days=1), timedelta(minutes=5))
    assert config.office.morning == (time(8), time(12))
    assert [str(one) for one in config.web.trusted_proxies] == ["10.0.0.0/8", "fc00::/7", "::1/128"]
    assert config.log.level == "error"
    assert config.telegram.proxy_url is None


def test_a_byte_order_mark_is_no_obstacle(file: Path) -> None:
    file.write_text(MINIMAL, encoding="utf-8-sig")
    assert load(file)


@pytest.mark.parametrize(
    ("section", "line", "says"),
    [
        (
            "telegram",
            'mode = "webook"',
            """telegram.mode = 'webook': expected "polling" or "webhook\"""",
        ),
        ("telegram", 'mode = "webhook"', "telegram.mode = 'webhook' needs telegram.webhook_secret"),
        (
            "telegram",
            'mode = "webhook"\nwebhook_secret = "sixteen_letters_"',
            "telegram.mode = 'webhook' needs web.port and web.address",
        ),
        (
            "telegram",
            'mode = "webhook"\nwebhook_secret = "sixteen_letters_"\n[web]\nport = 8090\n'
            'address = "http://d.vn"',
            "web.address = 'http://d.vn': Telegram sends updates to https:// alone",
        ),
        ("telegram", 'webhook_secret = "geheim"', "telegram.webhook_secret = ***: expected 16 to"),
        (
            "telegram",
            'webhook_secret = "replace-this-with-letters-of-your-own"',
            "telegram.webhook_secret = ***: expected 16 to 256 letters, digits, - and _",
        ),
        ("telegram", 'webhook_path = "telegram"', "telegram.webhook_path = 'telegram'"),
        ("telegram", 'webhook_path = "/a?b"', "telegram.webhook_path = '/a?b'"),
        ("telegram", "webhook_connections = 101", "telegram.webhook_connections = 101"),
        ("telegram", 'base_url = "api.telegram.org"', "telegram.base_url = 'api.telegram.org'"),
        ("telegram", 'base_url = "http://[::1"', "telegram.base_url"),
        ("telegram", 'proxy_url = "ftp://u:geheim@h"', "telegram.proxy_url = 'ftp://***@h'"),
        ("telegram", "messages_per_second = -1", "telegram.messages_per_second = -1"),
        ("telegram", "messages_per_second = nan", "telegram.messages_per_second = nan"),
        ("telegram", 'tokn = "x"', "telegram.tokn: no such key; expected token, base_url"),
        ("storage", 'url = "mysql://u:geheim@h/d"', "storage.url = 'mysql://***@h/d'"),
        ("storage", 'url = "mysql://u:ge@heim/@h/d"', "storage.url = 'mysql://***@h/d'"),
        ("storage", f'url = "mysql://u:{"geheim" * 30}@h/d"', "storage.url = 'mysql://***@h/d'"),
        ("storage", 'url = "sqlite:///"', "storage.url = 'sqlite:///'"),
        (
            "storage",
            'url = "postgresql://u:geheim@h:x/d"',
            "storage.url = 'postgresql://***@h:x/d'",
        ),
        (
            "storage",
            'url = "postgresql://u:g/geheim@h/d"',
            "storage.url = 'postgresql://***@h/d'",
        ),
        (
            "storage",
            'url = "postgresql://u:g@geheim@h:0/d"',
            "storage.url = 'postgresql://***@h:0/d'",
        ),
        (
            "storage",
            'url = "postgresql://h:0/d?user=u&password=geheim&sslmode=require"',
            "storage.url = 'postgresql://h:0/d?user=u&password=***&sslmode=require'",
        ),
        (
            "storage",
            f'url = "mysql://u:geheim{"x" * 120}@h/d"',
            "storage.url = 'mysql://***@h/d'",
        ),
        ("storage", 'url = "sqlite:///:memory:"', "storage.url = 'sqlite:///:memory:'"),
        ("storage", "files = 5", "storage.files = 5"),
        ("files", "max_mb = 0", "files.max_mb = 0"),
        ("files", "kinds = []", "files.kinds"),
        ("files", 'kinds = ["*"]', "files.kinds = '*'"),
        ("office", 'timezone = "Hanoi"', "office.timezone = 'Hanoi'"),
        ("office", 'morning = ["11:30", "07:30"]', "office.morning"),
        ("office", 'morning = ["07:30"]', "office.morning"),
        ("office", "morning = 5", "office.morning = 5"),
        ("office", 'digest_at = "25:00"', "office.digest_at = '25:00'"),
        ("office", "digest_at = 730", "office.digest_at = 730"),
        (
            "office",
            'afternoon = ["10:00", "17:00"]',
            "office.afternoon begins at '10:00': expected an hour after office.morning, which ends at 11:30",
        ),
        ("office", 'gather = "16m"', "office.gather = '16m': expected a pause up to 15 minutes"),
        ("storage", 'files = " "', "storage.files = ' ': expected a folder"),
        ("storage", r'files = "\u0000"', r"storage.files = '\x00': expected a folder"),
        ("storage", r'url = "sqlite:///a\u0000"', r"storage.url = 'sqlite:///a\x00': expected"),
        ("clock", r'offset_file = "\u0000"', r"clock.offset_file = '\x00': expected a file"),
        (
            "web",
            f'certificate = "{"c" * 5000}"\nkey = "k.pem"',
            "it cannot be looked at: File name too long",
        ),
        (
            "office",
            'digest_at = "21:30"',
            "office.digest_at = '21:30': expected an hour within office.waking, 07:15 to 17:30",
        ),
        ("office", 'waking = ["08:00", "17:00"]', "office.digest_at = '07:30': expected an hour"),
        ("reminders", 'at = "06:00"', "reminders.at = '06:00': expected an hour within office"),
        ("access", 'admins = ["@an"]', "access.admins = '@an'"),
        ("access", "admins = [-5]", "access.admins = -5"),
        ("access", "invitation_days = 0", "access.invitation_days = 0"),
        ("reminders", 'before = ["3 ngày"]', "reminders.before = '3 ngày'"),
        ("reminders", 'before = ["0s"]', "reminders.before = '0s'"),
        ("reminders", 'before = ["99999999w"]', "reminders.before"),
        ("reminders", 'before = ["36h"]', "reminders.before = '36h'"),
        ("reminders_urgent", 'receive_within = "24h"', "receive_within = '24h': expected a pause"),
        ("reminders", 'before = ["1w"]', "reminders.before = '1w'"),
        ("reminders", "yellow_before = -1", "reminders.yellow_before = -1"),
        ("reminders", "climb_every = 0", "reminders.climb_every = 0: expected working days"),
        ("reminders_flash", 'receive_within = "x"', "reminders_flash.receive_within = 'x'"),
        ("reminders", "before = [3]", "reminders.before = 3"),
        (
            "web",
            'host = "dondoc.vn"',
            "web.host = 'dondoc.vn': expected an address of this machine",
        ),
        ("web", "port = true", "web.port = True: expected a port, 1 to 65535"),
        ("access", "admins = [true]", "access.admins = [True]: expected a list of Telegram ids"),
        ("archive", "years_by_kind = { KL = -1 }", "archive.years_by_kind = -1: expected whole"),
        ("archive", "years_by_kind = { KL = true }", "archive.years_by_kind = {'KL': True}: exp"),
        ("archive", "years_by_kind = { KL = 70, kl = 5 }", "archive.years_by_kind = {'KL': 70, "),
        ("archive", 'years_by_kind = { "12-KL" = 5 }', "archive.years_by_kind = {'12-KL': 5}: "),
        ("web", 'trusted_proxies = ["nginx"]', "web.trusted_proxies = 'nginx': expected networks"),
        ("web", 'trusted_proxies = ["10.1.2.3/8"]', "web.trusted_proxies = '10.1.2.3/8': expected"),
        ("web", "trusted_proxies = [true]", "web.trusted_proxies = [True]: expected networks"),
        (
            "telegram",
            'webhook_ranges = ["149.154.160.0-149.154.175.255"]',
            "telegram.webhook_ranges = '149.154.160.0-149.154.175.255': expected networks such as",
        ),
        ("web", "port = 0", "web.port = 0: expected a port, 1 to 65535"),
        (
            "web",
            'address = "dondoc.vn"',
            "web.address = 'dondoc.vn': expected where people reach it",
        ),
        ("web", 'address = "https://d.vn /x"', "web.address = 'https://d.vn /x': expected where"),
        ("web", 'address = " https://d.vn"', "web.address = ' https://d.vn': expected where"),
        ("web", 'address = "https://d.vn\\t"', "web.address = 'https://d.vn"),
        ("web", 'address = "https://d.vn?a=1"', "web.address = 'https://d.vn?a=1': expected"),
        ("web", 'address = "https://d.vn#a"', "web.address = 'https://d.vn#a': expected"),
        (
            "web",
            'certificate = "c.pem"\nkey = "k.pem"',
            "web.certificate = 'c.pem': there is no such",
        ),
        ("telegram", 'webhook_certificate = "c.pem"', "webhook_certificate = 'c.pem': there is no"),
        (
            "web",
            "port = 8090",
            "web.port = 8090 needs web.address too: expected where people reach",
        ),
        ("web", 'certificate = "c.pem"', "web.certificate = 'c.pem' needs web.key too"),
        ("web", 'address = "https://d.vn"', "web.address = 'https://d.vn' needs web.port too"),
        ("language", 'before_day = "maybe"', '"inclusive" or "exclusive"'),
        ("log", 'level = "loud"', '"debug", "info", "warning" or "error"'),
        ("lg", 'level = "info"', "lg: no such section; expected telegram, storage"),
    ],
)
def test_a_wrong_value_is_named(file: Path, section: str, line: str, says: str) -> None:
    head = MINIMAL if section == "telegram" else f"{MINIMAL}[{section}]\n"
    file.write_text(f"{head}{line}\n", encoding="utf-8")
    said = refused(file)
    assert said.startswith(f"{file}: ")
    assert says in said
    assert "geheim" not in said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "telegram.token is missing (or DONDOC_TELEGRAM__TOKEN)"),
        (b"[telegram]\n", "telegram.token is missing"),
        (b'[telegram]\ntoken = "short"\n', "telegram.token = ***"),
        (f'telegram = "{TOKEN}"\n'.encode(), "telegram: expected a section [telegram]"),
        (f'token = "{TOKEN}"\n'.encode(), "token: no such section"),
        (b"[telegram\n", "not valid TOML: Expected ']'"),
        (b'[telegram]\ntoken = "\xc3\x28"\n', "not UTF-8 text (byte 21)"),
        (MINIMAL.encode("utf-16"), "not UTF-8 text"),
        (b"\x00\x01\x02", "not valid TOML"),
        (
            f'{MINIMAL}base_url = "htp://x/bot{TOKEN}"\n'.encode(),
            "telegram.base_url = 'htp://x/bot***'",
        ),
    ],
)
def test_a_wrong_file_is_named(file: Path, content: bytes, says: str) -> None:
    file.write_bytes(content)
    said = refused(file)
    assert said.startswith(f"{file}: ")
    assert says in said


def test_a_missing_file_and_a_folder(file: Path, tmp_path: Path) -> None:
    assert "no such file; copy config.example.toml" in refused(file)
    assert "this is a folder" in refused(tmp_path)


def test_wrong_variables_are_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(MINIMAL)
    for name, value, says in [
        ("DONDOC_TELEGRAM__MODE", "carrier", "DONDOC_TELEGRAM__MODE: telegram.mode = 'carrier'"),
        ("DONDOC_TELEGRAM__TOKEN", "nonsense", "telegram.token = ***"),
        ("DONDOC_TELEGRAM__TOKN", "x", "telegram.tokn: no such key"),
        ("DONDOC_TELEGRM__MODE", "polling", "DONDOC_TELEGRM__MODE: no such section"),
        ("DONDOC_OFFICE", "{}", "DONDOC_OFFICE: a section has no value; expected DONDOC_OFFICE__"),
    ]:
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            said = refused(file)
        assert said.startswith("environment variable ")
        assert says in said


@pytest.mark.parametrize(
    ("base_url", "accepted"),
    [
        ("http://127.0.0.1:8081/bot", True),
        ("http://localhost:8081/bot", True),
        ("http://[::1]:8081/bot", True),
        ("https://api.telegram.org/bot", False),
        ("http://127.0.0.1.example.org/bot", False),
        ("http://10.0.0.1/bot", False),
    ],
)
def test_only_a_bot_on_this_machine_may_shift_its_clock(
    file: Path, base_url: str, accepted: bool
) -> None:
    file.write_text(f'{MINIMAL}base_url = "{base_url}"\n[clock]\noffset_file = "o"\n')
    if accepted:
        assert load(file).clock.offset_file == Path("o")
    else:
        assert "clock.offset_file = 'o': only allowed" in refused(file)


def test_types_of_documents_are_known_in_any_case(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(f"{MINIMAL}[archive]\nyears_by_kind = {{ kl = 70, CTr = 5 }}\n")
    assert load(file).archive.years_by_kind == {"KL": 70, "CTR": 5}
    keeping = Keeping(**load(file).archive.model_dump())
    ended, today = date(2020, 5, 1), date(2026, 12, 7)
    assert keeping.is_over(ended, "12-CTr/TU", today)
    assert not keeping.is_over(ended, "12-KL/TU", today)
    monkeypatch.setenv("DONDOC_ARCHIVE__YEARS_BY_KIND__CV", "3")
    assert load(file).archive.years_by_kind["CV"] == 3
