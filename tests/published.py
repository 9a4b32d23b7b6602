"""The Bot API as published, read from the types of python-telegram-bot: what a method answers, and that with one field broken."""

import datetime as dtm
import inspect
import json
import warnings
from collections import abc
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import telegram
from hypothesis import strategies as st
from telegram._utils import types as library_types

_NAMES: dict[str, Any] = {
    **vars(library_types),
    **vars(abc),
    **vars(telegram),
    "dtm": dtm,
    "Literal": Literal,
}
"""What the library's annotations name, also where it imports that for its type checker alone."""

_NO_FIELDS = {"self", "api_kwargs", "args", "kwargs"}
_MOST_OPTIONAL = 5
_DEPTH = 2
_TOO_LARGE = "1e400"
"""A number of JSON that is no number of Python's; written in place of this text."""

_GONE = object()
"""In place of a field: it is not there."""

STRANGE: Sequence[Any] = (
    *(_GONE, None, True, False, "", "x", "5", "-1001", "\ud800", "a\x00b", "dòng\nhai\r\x1b[2J"),
    *(0, -1, 1.5, 2**31, 2**53, 2**63, 2**70, 10**30, -(2**70), float("nan"), float("-inf")),
    *(_TOO_LARGE, [], {}, [[]], {"id": {}}, "a" * 5_000, [0] * 200),
)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(1, 2**31 - 1),
    float: st.floats(0, 1, allow_nan=False),
    str: st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    object: st.just("x"),
    dtm.datetime: st.integers(1, 2**31 - 1).map(lambda at: dtm.datetime.fromtimestamp(at, dtm.UTC)),
    dtm.timedelta: st.integers(1, 86_400).map(lambda seconds: dtm.timedelta(seconds=seconds)),
}


def result(method: str) -> st.SearchStrategy[Any]:
    """Return what a method of the Bot API, such as "getMe", answers where all is well, as JSON."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method)
    told = get_type_hints(getattr(telegram.Bot, name), localns=_NAMES)["return"]
    return _fitting(told, _DEPTH).map(_plain)


def update(*kinds: str) -> st.SearchStrategy[Any]:
    """Return an update of one of these kinds, such as "message", as JSON."""
    fields = _fields(telegram.Update)
    numbers = SIMPLE[int]
    each = [
        st.fixed_dictionaries({"update_id": numbers, kind: _fitting(fields[kind][0], _DEPTH)})
        for kind in kinds
    ]
    return st.one_of(each).map(_plain)


@st.composite
def broken(draw: st.DrawFn, fitting: st.SearchStrategy[Any]) -> Any:
    """Return a value that fits, but for one place in it."""
    return spoilt(draw(fitting), lambda some: draw(st.sampled_from(some)))


def spoilt(fitting: Any, choose: Callable[[Sequence[Any]], Any]) -> Any:
    """Return a value with something strange in one place of it, or nothing; `choose` takes one of several."""
    place: Any = {"it": deepcopy(fitting)}
    whole, step = place, "it"
    while place[step] and isinstance(place[step], dict | list) and choose((True, True, False)):
        place = place[step]
        step = choose(sorted(place) if isinstance(place, dict) else range(len(place)))
    strange = choose(STRANGE)
    if strange is _GONE:
        del place[step]
    else:
        place[step] = strange
    return whole.get("it")


def written(value: Any) -> bytes:
    """Return JSON as some program other than Python may write it."""
    return json.dumps(value).replace(json.dumps(_TOO_LARGE), _TOO_LARGE).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, telegram.TelegramObject):
        return value.to_dict()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _fitting(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    if hint in SIMPLE:
        return SIMPLE[hint]
    if isinstance(hint, type) and issubclass(hint, telegram.TelegramObject):
        return _objects(hint, depth)
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in {abc.Sequence, list, tuple}:
        return st.lists(_fitting(get_args(hint)[0], depth), max_size=2)
    known = [one for one in get_args(hint) if one is not NoneType and "Default" not in str(one)]
    return st.one_of([_fitting(one, depth) for one in known])


@st.composite
def _objects(draw: st.DrawFn, kind: Any, depth: int) -> Any:
    kind = draw(st.sampled_from(_kinds(kind)))
    fields = _fields(kind)
    chosen = [name for name, (_, required) in fields.items() if required]
    optional = [name for name in fields if name not in chosen]
    if depth > 0 and optional:
        chosen += draw(st.sets(st.sampled_from(optional), max_size=_MOST_OPTIONAL))
    values = {name: draw(_fitting(fields[name][0], depth - 1)) for name in chosen}
    try:
        with warnings.catch_warnings(action="ignore"):  # of fields that are about to go
            return kind(**values)
    except TypeError:  # the library lets be left out what was not there in earlier versions
        rest = {name: draw(_fitting(fields[name][0], 0)) for name in optional}
        with warnings.catch_warnings(action="ignore"):
            return kind(**rest | values)


@cache
def _kinds(kind: Any) -> list[Any]:
    """Return the kinds of which an object may be: those that have fields of their own, or itself."""
    below = [one for one in kind.__subclasses__() if one.__module__.startswith("telegram.")]
    if kind is telegram.MaybeInaccessibleMessage:
        return [telegram.Message, telegram.InaccessibleMessage]
    abstract = below and kind.__name__ in {
        *("ChatMember", "MessageOrigin", "ReactionType", "PaidMedia", "ChatBoostSource"),
        *("BackgroundType", "BackgroundFill", "OwnedGift", "MenuButton"),
    }
    return below if abstract else [kind]


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    """Return the fields of a type, each with its own type and whether it is always there."""
    module = inspect.getmodule(kind.__init__)
    hints = get_type_hints(kind.__init__, vars(module), _NAMES)
    given = inspect.signature(kind.__init__).parameters.values()
    return {
        one.name: (hints[one.name], one.default is one.empty)
        for one in given
        if one.name not in _NO_FIELDS
    }
