"""GET /play/...: what can be read of the playground."""

from datetime import datetime, timedelta, timezone

import holidays
from starlette.requests import Request
from starlette.responses import Response

from bot.playground.api.messages import Json
from bot.playground.api.methods.settings import menu as offered
from bot.playground.emulator import Emulator

_MOST_SECONDS = 50.0
_ZONE = timezone(timedelta(hours=7))
_DAYS_AHEAD = 400


class Readings:
    """Each method answers the route of its own name; `file` that of /play/files/<file_id>."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    async def state(self, request: Request) -> Json:
        """All a page needs to begin: who there is, what was said last, the cursor from here on."""
        newest = self.emulator.messages.newest()
        return {
            "bot": self.emulator.bot,
            "people": [person.view() for person in self.emulator.people.values()],
            "groups": [group.view() for group in self.emulator.groups.values()],
            "newest": {chat_id: message.view() for chat_id, message in newest.items()},
            "cursor": self.emulator.feed.last,
            "days_off": self._days_off(),
            **await self.clock(request),
        }

    def _days_off(self) -> list[str]:
        """The days from today on without work in Việt Nam, so that the page can tell why no
        reminder comes."""
        today = datetime.fromtimestamp(self.emulator.clock.now(), _ZONE).date()
        calendar = holidays.country_holidays("VN")
        ahead = (today + timedelta(days=count) for count in range(_DAYS_AHEAD))
        return [day.isoformat() for day in ahead if not calendar.is_working_day(day)]

    async def events(self, request: Request) -> Json:
        """What happened after `since`, in one `chat` or in all, waiting up to `timeout` seconds."""
        query = request.query_params
        chat_id = int(query["chat"]) if "chat" in query else None
        since = int(query.get("since", 0))
        timeout = min(float(query.get("timeout", 0)), _MOST_SECONDS)
        events = await self.emulator.feed.wait(since, chat_id, timeout)
        return {"events": events, "cursor": events[-1]["seq"] if events else since}

    async def messages(self, request: Request) -> Json:
        """A chat as it stands, and the cursor from here on."""
        found = self.emulator.messages.of_chat(int(request.query_params["chat"]))
        return {"messages": [one.view() for one in found], "cursor": self.emulator.feed.last}

    async def history(self, request: Request) -> list[Json]:
        """All versions of one message, oldest first."""
        query = request.query_params
        message = self.emulator.messages.find(int(query["chat"]), int(query["message_id"]))
        return [*message.history, message.data] if message else []

    async def menu(self, request: Request) -> list[Json]:
        """The commands offered to `person` in `chat`."""
        query = request.query_params
        person_id = int(query["person"])
        return offered(self.emulator, person_id, int(query.get("chat", person_id)))

    async def calls(self, request: Request) -> list[Json]:
        """The bot's calls after number `since`."""
        since = int(request.query_params.get("since", 0))
        return [vars(call) for call in self.emulator.calls[since:]]

    async def clock(self, request: Request) -> Json:
        """Shifted Unix time, the offset from real time, and how many updates wait for the bot."""
        clock = self.emulator.clock
        return {"now": clock.now(), "offset": clock.offset, "waiting": len(self.emulator.updates)}

    async def faults(self, request: Request) -> Json:
        """What goes wrong at the moment."""
        return self.emulator.faults.model_dump()

    async def file(self, request: Request) -> Response:
        """A file for the page, shown in place where the browser can."""
        stored = self.emulator.files.by_id(request.path_params["file_id"])
        if stored is None:
            return Response(status_code=404)
        return Response(stored.content, media_type=stored.mime)
