"""/play/...: what the page, the stories and the tests do in the playground, as JSON over HTTP."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from pydantic import ValidationError, validate_call
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.api.call import read_form
from bot.playground.api.faults import Faults
from bot.playground.api.messages import Json, Message
from bot.playground.api.refused import Refused
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures, NotPossible
from bot.playground.groups import Groups
from bot.playground.readings import Readings

_GESTURES = ("say", "start", "press", "edit", "block", "unblock")
_IN_GROUPS = ("add_bot", "remove_bot", "upgrade_group")
_READINGS = ("state", "events", "messages", "history", "menu", "calls", "clock", "faults")


class Control:
    """One handler per route; a mistake is answered with 400 and `{"error": ...}`."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.readings = Readings(emulator)
        self.gestures = Gestures(emulator)
        self.groups = Groups(emulator)
        hands = {name: getattr(self.gestures, name) for name in _GESTURES}
        hands |= {name: getattr(self.groups, name) for name in _IN_GROUPS}
        self._checked = {name: validate_call(hand) for name, hand in hands.items()}

    def routes(self) -> list[Route]:
        """Every route under /play."""
        posts: dict[str, Callable[[Request], Awaitable[Any]]] = {
            "people": self.add_person,
            "groups": self.add_group,
            "batch": self.batch,
            "updates": self.inject,
            "upload": self.upload,
            "clock": self.move_clock,
            "faults": self.set_faults,
            "{gesture}": self.gesture,
        }
        return [
            Route("/play/files/{file_id}", self.readings.file),
            *(Route(f"/play/{name}", _answer(getattr(self.readings, name))) for name in _READINGS),
            *(
                Route(f"/play/{name}", _answer(handler), methods=["POST"])
                for name, handler in posts.items()
            ),
        ]

    async def move_clock(self, request: Request) -> Json:
        """`{"advance": seconds}` or `{"at": Unix time or ISO 8601 with a zone}`."""
        match await request.json():
            case {"advance": int() | float() as seconds}:
                self.emulator.clock.advance(seconds)
            case {"at": int() | float() as instant}:
                self.emulator.clock.move_to(instant)
            case {"at": str(written)}:
                self.emulator.clock.move_to(datetime.fromisoformat(written).timestamp())
            case _:
                raise NotPossible("the clock takes advance or at")
        state = await self.readings.clock(request)
        self.emulator.feed.publish("clock", 0, **state)
        return state

    async def set_faults(self, request: Request) -> Json:
        """Sets the faults named; the others stay."""
        self.emulator.faults = Faults.model_validate(
            self.emulator.faults.model_dump() | await request.json()
        )
        return self.emulator.faults.model_dump()

    async def add_person(self, request: Request) -> Json:
        """A new stranger: `name`, `username`."""
        return self.emulator.add_person(**await request.json()).view()

    async def add_group(self, request: Request) -> Json:
        """A new group: `title`, `members`, `topics`, `bot_is_admin`, `basic`."""
        body = {"topics": []} | await request.json()
        return self.groups.make(**body).view()

    async def gesture(self, request: Request) -> Any:
        """say, start, press, edit, block, unblock, add_bot, remove_bot, upgrade_group, with the
        parameters of `Gestures` and `Groups`."""
        return self._do(request.path_params["gesture"], await request.json())

    async def batch(self, request: Request) -> list[Any]:
        """`[[gesture, parameters], ...]`, all done before the bot sees the first."""
        return [self._do(name, parameters) for name, parameters in await request.json()]

    async def inject(self, request: Request) -> Json:
        """A list of raw updates, each any JSON at all, queued as they stand."""
        payloads = json.loads(await request.body())
        if not isinstance(payloads, list):
            raise NotPossible("updates come as a list")
        return {"update_ids": [self.emulator.updates.inject(one) for one in payloads]}

    async def upload(self, request: Request) -> Json:
        """A form with `file`, `person_id`, `kind`, and as they apply `caption`, `chat_id`,
        `reply_to`, `topic`, `album`, `forward_from`."""
        fields, files = await read_form(request)
        file = files["file"]
        numbers = ("chat_id", "reply_to", "topic")
        message = self.gestures.upload(
            person_id=int(fields["person_id"]),
            kind=fields.get("kind", "document"),
            name=file.name,
            mime=file.mime,
            data=file.content,
            caption=fields.get("caption", ""),
            album=fields.get("album", ""),
            forward_from=fields.get("forward_from") or None,
            **{key: int(fields[key]) for key in numbers if fields.get(key)},
        )
        return message.view()

    def _do(self, gesture: str, parameters: Json) -> Any:
        if gesture not in self._checked:
            raise NotPossible(f"there is no gesture {gesture!r}")
        done = self._checked[gesture](**parameters)
        return done.view() if isinstance(done, Message) else {"query_id": done}


def _answer(
    handler: Callable[[Request], Awaitable[Any]],
) -> Callable[[Request], Awaitable[Response]]:
    """Wraps a handler: its result as JSON, its mistakes as 400."""

    async def answered(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request))
        except (NotPossible, Refused, ValidationError, ValueError, KeyError, TypeError) as wrong:
            return JSONResponse({"error": str(wrong)}, 400)

    return answered
