"""What keeps the web from being served is said before the work begins."""

import shutil
from pathlib import Path

import pytest

from bot.config import Config, ConfigError
from bot.runtime.serving import listener
from tests.ports import free_port

PEM = Path(__file__).parent / "delivery"


def _config(certificate: Path, key: Path) -> Config:
    web = {"port": free_port(), "address": "https://d.vn", "certificate": certificate, "key": key}
    return Config(telegram={"token": f"1:{'x' * 30}"}, web=web)


def test_a_certificate_and_its_key_are_taken() -> None:
    with listener(_config(PEM / "web.pem", PEM / "web.key")) as taken:
        assert taken is not None


@pytest.mark.parametrize(("certificate", "key"), [("web.pem", "web.pem"), ("web.key", "web.key")])
def test_a_certificate_that_does_not_go_with_its_key_is_refused(
    certificate: str, key: str, tmp_path: Path
) -> None:
    for name in (certificate, key):
        shutil.copy(PEM / name, tmp_path)
    given = tmp_path / certificate
    with pytest.raises(ConfigError) as why:
        listener(_config(given, tmp_path / key))
    assert str(why.value).startswith(f"config.toml: web.certificate = {str(given)!r}: ")
