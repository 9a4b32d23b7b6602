"""Reading `config.toml`, and one line for the operator when something in it cannot be used."""

import os
import re
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

_PREFIX = "DONDOC_"
_HIDDEN = "***"
_SECRETS = {"telegram.token", "telegram.webhook_secret"}


class ConfigError(Exception):
    """The settings cannot be used; the text is one line for the operator."""


class Unavailable(ConfigError):  # noqa: N818 - the operator reads what it is
    """What is named cannot be used as things are: a port is taken, a server away, a database newer than we."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file in UTF-8; raises ConfigError."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        advice = "copy config.example.toml to config.toml and fill in telegram.token"
        raise ConfigError(f"{path}: no such file; {advice}") from None
    except IsADirectoryError:
        raise ConfigError(f"{path}: this is a folder; a TOML file is expected") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1}"
        raise ConfigError(f"{path}: not UTF-8 text ({where}); save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {one_line(str(error))}") from None


def check_environment(sections: Collection[str]) -> None:
    """Raise ConfigError for a variable that looks like a setting and names no section."""
    for name in os.environ:
        section, delimiter, _ = name.upper().removeprefix(_PREFIX).partition("__")
        if not name.upper().startswith(_PREFIX):
            continue
        if delimiter and section.lower() not in sections:
            allowed = ", ".join(s.upper() for s in sections)
            raise ConfigError(f"environment variable {name}: no such section; expected {allowed}")
        if not delimiter and section.lower() in sections:
            raise ConfigError(
                f"environment variable {name}: a section has no value; expected {name}__KEY"
            )


def explain(error: ErrorDetails, model: type[BaseModel], path: Path) -> str:
    """Return the line for one validation error: where, which key, its value, what is allowed."""
    keys = [str(part) for part in error["loc"] if isinstance(part, str)][:2]
    where, name = source(keys, path), ".".join(keys)
    section = model.model_fields[keys[0]].annotation if keys[0] in model.model_fields else None
    if section is None:
        return f"{where}: {name}: no such section; expected {', '.join(model.model_fields)}"
    assert isinstance(section, type)
    assert issubclass(section, BaseModel)
    fields = section.model_fields
    if len(keys) == 1 and error["type"] != "missing":
        return f"{where}: {name}: expected a section [{name}]"
    if len(keys) == 1:
        keys.append(next(key for key, field in fields.items() if field.is_required()))
        name, error = ".".join(keys), {**error, "type": "missing"}
    if keys[1] not in fields:
        return f"{where}: {name}: no such key; expected {', '.join(fields)}"
    allowed = f"expected {fields[keys[1]].description}"
    if error["type"] == "missing":
        return f"{where}: {name} is missing (or {_variable(keys)}): {allowed}"
    return f"{where}: {name} = {shown(name, error['input'])}: {allowed}"


def source(keys: Sequence[str], path: Path) -> str:
    """Return where a key has its value from: a variable of the environment, or the file."""
    names = {name.upper(): name for name, value in os.environ.items() if value}
    found = names.get(_variable(keys))
    return f"environment variable {found}" if found else str(path)


def named(keys: Sequence[str], value: object, path: Path) -> str:
    """Return where a key has its value from, the key and the value, as they may be shown."""
    name = ".".join(keys)
    return f"{source(keys, path)}: {name} = {shown(name, value)}"


def _variable(keys: Sequence[str]) -> str:
    return _PREFIX + "__".join(keys).upper()


def shown(name: str, value: object) -> str:
    """Return the value of a setting as it may be shown."""
    if name in _SECRETS:
        return _HIDDEN
    text = re.sub(r"\d+:[A-Za-z0-9_-]{20,}", _HIDDEN, repr(value))
    text = re.sub(r"//.*@", f"//{_HIDDEN}@", text)  # a password may hold what should be escaped
    return one_line(re.sub(r"(?<=[?&]password=)[^&'\"]*", _HIDDEN, text))


def one_line(text: str) -> str:
    """Return words as they fit into a line for the operator."""
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:117] + "..."
