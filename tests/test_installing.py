"""What the bot is installed with says what there is, opens nothing that need not be, and fits the tools."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Config, ConfigError, load

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "docs" / "van-hanh" / "dondoc.service"
PAGE = ROOT / "docs" / "van-hanh.md"
MOST_EXPOSED = 15
"""Of 100, as `systemd-analyze security` counts."""


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return read


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, each with what follows it."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [
        (word, rest.strip()) for word, _, rest in (line.strip().partition(" ") for line in lines)
    ]


def load_from(folder: Path, text: str) -> Config:
    (folder / "config.toml").write_text(text, "utf-8")
    return load(folder / "config.toml")


def of(word: str) -> list[str]:
    return [rest for one, rest in instructions() if one == word]


def is_pinned(image: str) -> bool:
    return bool(re.fullmatch(r"[a-z]+:\d[\w.-]+", image))


def test_the_image_takes_what_the_lock_names_and_nothing_else() -> None:
    assert all(is_pinned(image.split()[0]) for image in of("FROM"))
    syncs = [one for one in of("RUN") if "uv sync" in one]
    assert len(syncs) == 2
    assert all("--frozen" in one and "--no-dev" in one for one in syncs)
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    unhashed = [
        package["name"]
        for package in lock["package"]
        if "registry" in package["source"]
        and not all(
            "hash" in file
            for file in [*package.get("wheels", []), package.get("sdist", {"hash": ""})]
        )
    ]
    assert unhashed == []


def test_the_image_runs_as_nobody_and_copies_what_is_there() -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", of("USER")[-1])
    assert not of("ADD")
    for rest in of("RUN"):
        assert "apt-get install" not in rest or "--no-install-recommends" in rest
        assert "apt-get install" not in rest or "rm -rf /var/lib/apt/lists" in rest
    kept = (ROOT / ".dockerignore").read_text("utf-8")
    for rest in of("COPY"):
        if "--from" not in rest:
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists()
                assert f"!{source}\n" in kept
    assert kept.startswith("*\n")


def test_every_setting_named_is_one() -> None:
    """In image, compose file and the page's examples."""
    given = "\n".join(of("ENV")) + (ROOT / "compose.yaml").read_text("utf-8")
    named = set(re.findall(r"\bDONDOC_([A-Z]+)__([A-Z_]+)\b", given))
    assert len(named) > 6
    for section, key in named:
        fields = Config.model_fields[section.lower()].annotation
        assert fields is not None
        assert key.lower() in fields.model_fields


def test_the_citys_settings_are_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file that the page shows, with what the compose file sets beside it."""
    (shown,) = [
        one
        for one in re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
        if "webhook_secret" in one
    ]
    for name, value in compose()["services"]["bot"]["environment"].items():
        monkeypatch.setenv(name, re.sub(r"\$\{.*\}", "dondoc.example.vn", value))
    with pytest.raises(ConfigError, match=r"telegram\.webhook_secret"):
        load_from(tmp_path, shown)
    config = load_from(tmp_path, re.sub("replace-this-[a-z0-9-]+", "a" * 64, shown))
    assert config.telegram.mode == "webhook"
    assert config.web.address == "https://dondoc.example.vn"
    assert config.storage.url.startswith("postgresql://dondoc:")
    assert config.storage.files.is_relative_to("/data")


@pytest.mark.parametrize("name", sorted(compose()["services"]))
def test_a_service_may_do_no_more_than_it_must(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["image"].startswith("dondoc:") or is_pinned(service["image"])
    assert service["restart"] == "unless-stopped"
    assert set(service.get("networks", [])) <= set(compose()["networks"])
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert source in compose()["volumes"] or (ROOT / source).exists()
    secret = [
        one for one in service["environment"] if re.search("PASSWORD$|TOKEN$|SECRET$|KEY$", one)
    ]
    assert not secret


def test_the_city_is_two_replicas_behind_one_proxy() -> None:
    services = compose()["services"]
    assert services["bot"]["deploy"]["replicas"] == 2
    assert [name for name, one in services.items() if one.get("ports")] == ["proxy"]
    assert compose()["networks"]["inside"]["internal"] is True
    assert services["db"]["networks"] == ["inside"]
    proxy = (ROOT / "docs" / "van-hanh" / "Caddyfile").read_text("utf-8")
    port = services["bot"]["environment"]["DONDOC_WEB__PORT"]
    assert re.search(rf"name bot\n\s+port {port}\n", proxy)
    assert "9464" not in proxy
    telegram = Config.model_fields["telegram"].annotation
    assert telegram is not None
    assert f"path {telegram.model_fields['webhook_path'].default} /lich/*\n" in proxy


def test_the_version_and_python_are_ours() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert compose()["services"]["bot"]["image"] == f"dondoc:{project['version']}"
    (least,) = re.findall(r">=(\d\.\d+)", project["requires-python"])
    assert all(image.startswith(f"python:{least}-slim") for image in of("FROM"))


def test_docker_takes_the_compose_file(tmp_path: Path) -> None:
    if shutil.which("docker") is None:
        pytest.skip("docker is not on this machine")
    command = ["docker", "compose", "-f", str(ROOT / "compose.yaml"), "config", "--quiet"]
    subprocess.run(command, check=True, timeout=60, env={"DONDOC_DOMAIN": "dondoc.example.vn"})


def test_systemd_takes_the_unit_and_finds_it_shut(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    there = tmp_path / UNIT.name  # where the program is, as far as this machine knows
    there.write_text(
        UNIT.read_text("utf-8").replace("/opt/dondoc/bin/dondoc", "/bin/true"), "utf-8"
    )
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(there)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (verified.returncode, UNIT.name in verified.stderr) == (0, False), verified.stderr
    looked = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(there)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert looked.returncode == 0, looked.stdout


@pytest.mark.parametrize(
    "line",
    [
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "RestrictNamespaces=yes",
        "SystemCallFilter=@system-service",
        "StateDirectory=dondoc",
    ],
)
def test_the_unit_shuts_what_need_not_be_open(line: str) -> None:
    """Whatever systemd there is on this machine, or none."""
    assert line in UNIT.read_text("utf-8").splitlines()


def test_the_unit_ends_for_good_where_settings_are_wrong() -> None:
    unit = UNIT.read_text("utf-8")
    assert "RestartPreventExitStatus=2\n" in unit
    assert re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[1] >= "15"  # type: ignore[index]
    assert re.search(r"^User=(?!root)\w+$", unit, re.MULTILINE)
