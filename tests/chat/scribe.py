"""Writes down, in the order of a story, what people do and all that they read."""

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from icalendar import Calendar

from bot.actions.list_import.import_people import enrol
from bot.actions.organisation import absence_news, redirect_to_deputy
from bot.actions.reminders import fire_reminders, overdue_answers, request_reminders
from bot.actions.reporting import report_plan
from bot.actions.series import create_due
from bot.playground.groups import Groups
from bot.readers import sheets
from bot.rules.secrecy import secret_mark
from storage.history import audit
from storage.organisation import people
from storage.records import Reach, Role
from tests.actions.list_import.people_list import csv_file
from tests.actions.office import PEOPLE, UNITS
from tests.chat.talk import ACCOUNTS, Heard, Talk
from tests.rules.task import office

NAMES = {ACCOUNTS[key]: name for key, (name, *_) in PEOPLE.items()}
DICE = {"emoji": "🎲", "value": 3}
CODE = re.compile(r"(?<=start=)\S+|(?<=/lich/)\S+(?=\.ics)|\b[0-9a-f]{64}\b")
LOOKS = (
    *(
        fire_reminders.look,
        fire_reminders.digest,
        request_reminders.look,
        overdue_answers.look,
        create_due.look,
        redirect_to_deputy.look,
    ),
    absence_news.look,
    report_plan.look,
)
"""What the program looks for every second."""
_INDENT = "    "


class Scribe:
    """Each gesture is a line, and below it what the bot said to anybody because of it.

    Of cards changed in place only those in the chat of who did it are written: the others are the same.
    `messages` has every message in full, with the labels of its buttons.
    """

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.lines: list[str] = []
        self.messages: list[tuple[str, tuple[str, ...]]] = []
        self._read: set[str] = set()
        self._buttons: dict[str, list[str]] = {}
        self._seen = talk.emulator.feed.last

    async def say(self, name: str, text: str, to: Heard | None = None, **more: Any) -> int:
        """Type a message, perhaps as a reply or forwarded from somebody; return its number."""
        how = " trả lời tin đó" if to else " chuyển tiếp" if more.get("forward_from") else " gõ"
        self._did(name, f"{how}{' trong nhóm' if 'chat_id' in more else ''}: {text}")
        account = ACCOUNTS[name]
        said = self.talk.gestures.say(account, text, reply_to=to.id if to else None, **more)
        await self.talk.handle(secret_mark(text))
        self._hear(account, more.get("chat_id"))
        return said.id

    async def edit(self, name: str, message_id: int, text: str) -> None:
        """Change a message that was typed."""
        self._did(name, f" sửa tin thành: {text}")
        self.talk.gestures.edit(ACCOUNTS[name], message_id, text)
        await self._handled(name)

    async def send_file(self, name: str, file_name: str, caption: str = "", **more: Any) -> None:
        self._did(name, f" gửi tệp {file_name}{': ' if caption else ''}{caption}")
        account = ACCOUNTS[name]
        data = more.pop("data", b"bytes")
        kind = more.pop("kind", "document")
        self.talk.gestures.upload(account, kind, file_name, "text/plain", data, caption, **more)
        await self._handled(name)

    async def press(self, name: str, label: str, on: Heard | None = None) -> None:
        """Press a button of a message as it was seen, or of the newest that has it."""
        on = on or self.find(name, label)
        self._did(name, f" bấm [{label}]")
        self.talk.gestures.press(ACCOUNTS[name], on.id, on.buttons[label])
        await self._handled(name)

    async def stranger(self, text: str, group: int | None = None) -> None:
        """Somebody whom the office does not know types a message."""
        person = self._stranger()
        self.lines.append(f"\n> Người lạ gõ{' trong nhóm' if group else ''}: {text}")
        self.talk.gestures.say(person, text, group)
        await self.talk.handle()
        self._hear(person, group)

    async def anonymous(self, group: int, text: str) -> None:
        """Somebody writes in the group's own name: Telegram does not say who that is."""
        self.lines.append(f"\n> Quản trị viên ẩn danh gõ trong nhóm: {text}")
        chat = self.talk.emulator.chat(group).chat
        hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        said = {"message_id": 900, "date": 1, "chat": chat, "from": hidden, "sender_chat": chat}
        self.talk.emulator.updates.add("message", said | {"text": text})
        await self.talk.handle()
        self._hear(None, group)

    async def stranger_presses(self) -> None:
        """They press a button of a message that was forwarded to them."""
        person = self._stranger()
        self.lines.append("\n> Người lạ bấm một nút")
        shown = self.talk.emulator.post(self.talk.emulator.bot, person, {"text": "Thẻ"})
        self._seen = self.talk.emulator.feed.last
        self.talk.gestures.press(person, shown.id, "task.receive:1:1:")
        await self.talk.handle()
        self._hear(person)

    def _stranger(self) -> int:
        known = next((one for one in self.talk.emulator.people if one not in NAMES), None)
        return known or self.talk.emulator.add_person("Người lạ").id

    async def sticker(self, name: str) -> None:
        """Send a message that has no words."""
        self._did(name, " gửi một nhãn dán")
        emulator, account = self.talk.emulator, ACCOUNTS[name]
        sender = emulator.people[account].user
        emulator.updates.add("message", emulator.post(sender, account, {"dice": DICE}).data)
        await self._handled(name)

    async def group(self, *names: str, stranger: bool = False) -> int:
        """Somebody adds the bot to a group of these people; return the group's number."""
        self.tell("Bot được thêm vào nhóm Tổ công tác.")
        members = [ACCOUNTS[name] for name in names]
        members += [self._stranger()] if stranger else []
        made = Groups(self.talk.emulator).make("Tổ công tác", members, [])
        await self.talk.handle()
        await self.talk.handle()
        self._hear(made.id)
        return made.id

    async def press_in(self, group: int, name: str, label: str) -> None:
        """Press a button of the newest message of a group that has it."""
        self._did(name, f" bấm trong nhóm [{label}]")
        shown = self._shown_in(group, label)
        self.talk.gestures.press(ACCOUNTS[name], shown, label=label, chat_id=group)
        await self.talk.handle()
        self._hear(ACCOUNTS[name], group)

    async def reply_in(self, group: int, name: str, label: str, text: str) -> None:
        """Reply to the newest message of a group that has a button."""
        self._did(name, f" trả lời thẻ trong nhóm: {text}")
        shown = self._shown_in(group, label)
        self.talk.gestures.say(ACCOUNTS[name], text, group, reply_to=shown)
        await self.talk.handle()
        self._hear(ACCOUNTS[name], group)

    def _shown_in(self, group: int, label: str) -> int:
        return [
            one.id
            for one in self.talk.emulator.messages.of_chat(group)
            if f'"{label}"' in json.dumps(one.data.get("reply_markup", {}), ensure_ascii=False)
        ][-1]

    async def reach(self, name: str, reach: Reach) -> None:
        """Somebody has not pressed Start, or has blocked the bot."""
        self.tell(f"Đồng chí {PEOPLE[name][0]}: {reach}")
        async with self.talk.at_work.db.transaction() as tx:
            person_id = self.talk.at_work.ids[name]
            await tx.execute("UPDATE people SET reach = $1 WHERE id = $2", reach, person_id)

    async def left(self, name: str) -> None:
        """Somebody ends their work at the office, with tasks still in hand."""
        self.tell(f"Đồng chí {PEOPLE[name][0]} thôi công tác tại cơ quan.")
        async with self.talk.at_work.db.transaction() as tx:
            person_id = self.talk.at_work.ids[name]
            await people.change(tx, person_id, {"ended_at": self.talk.now})
            await audit.append(tx, self.talk.now, "person.ended", person_id=person_id)

    async def moved(self, name: str, unit: str, to: str) -> None:
        """Somebody of the staff goes from one unit to another."""
        self.tell(f"Đồng chí {PEOPLE[name][0]} chuyển sang {UNITS[to][0]}.")
        at_work, now = self.talk.at_work, self.talk.now
        async with at_work.db.transaction() as tx:
            person_id = at_work.ids[name]
            await people.end_role(tx, person_id, at_work.units[unit], Role.STAFF, now)
            await people.give_role(tx, person_id, at_work.units[to], Role.STAFF, now)
            await audit.append(tx, now, "person.changed", person_id=person_id)

    async def clock(self, day: int, hour: int = 9, minute: int = 0) -> None:
        """Let it become a time of December 2026 (day 32 is the first of January), and let the clock do its work."""
        self.talk.now = office(1, hour, minute) + timedelta(days=day - 1)
        local = self.talk.at_work.office.workdays.local(self.talk.now)
        self.lines.append(f"\n* Đồng hồ: {local:%H:%M %d/%m/%Y}")
        for look in LOOKS:
            await look(self.talk.at_work.office, self.talk.now)
        await self.talk.deliver()
        self._hear(None)

    async def given(self, to: str = "staff", title: str = "Soạn báo cáo quý") -> None:
        """Begin with a task that the leader gave somebody, due on Friday at the end of the day."""
        await self.talk.at_work.assign(to=to, title=title)
        self.tell(f"Đồng chí {PEOPLE['leader'][0]} giao đồng chí {PEOPLE[to][0]} một việc.")
        await self.talk.deliver()
        self._hear(None)

    async def go(self, name: str, number: int, *labels: str) -> None:
        """Open a task and press one button after the other; only what the last one brings is written."""
        self._did(name, f" mở /viec {number}, bấm {' '.join(f'[{label}]' for label in labels)}")
        self.talk.gestures.say(ACCOUNTS[name], f"/viec {number}")
        await self.talk.handle()
        for label in labels:
            self._seen = self.talk.emulator.feed.last
            on = self.last(name)
            assert label in on.buttons, f"{name} has no button {label}: {on}"
            self.talk.gestures.press(ACCOUNTS[name], on.id, on.buttons[label])
            await self.talk.handle()
        self._hear(ACCOUNTS[name])

    async def quietly(self, name: str, number: int, *labels: str) -> None:
        """Open a task and press its buttons, without a word of it here."""
        kept = len(self.lines)
        await self.go(name, number, *labels)
        del self.lines[kept:]

    async def namesakes(self) -> None:
        """Two people of one name come to the office."""
        self.tell("Hai đồng chí Lê Minh Hà mới về cơ quan.")
        listed = csv_file(*(f",,Lê Minh Hà,,Phòng {unit},staff" for unit in ("Một", "Hai")))
        assert not (await enrol(self.talk.at_work.db, sheets.read(listed), self.talk.now)).problems

    async def comes(self, name: str) -> None:
        """Somebody comes to the office."""
        self.tell(f"Đồng chí {name} mới về cơ quan.")
        listed = csv_file(f",,{name},,Phòng Quản trị,staff")
        assert not (await enrol(self.talk.at_work.db, sheets.read(listed), self.talk.now)).problems

    async def submitted(self, number: int = 1, name: str = "staff") -> None:
        """Hand in the result of a task, from its card."""
        await self.go(name, number, "Nộp kết quả")
        await self.say(name, "đã trình Báo cáo 88-BC/VPTU")

    async def field(self, label: str) -> None:
        """The leader goes to the field of task 1 that is to be corrected."""
        await self.go("leader", 1, "Khác", "Sửa việc", label)

    def button(self, name: str, words: str = "") -> str:
        """Return the first button of what the bot said last to somebody, with these words in it."""
        found = [label for label in self.last(name).buttons if words in label]
        assert found, f"{name} has no button with {words}: {self.last(name)}"
        return found[0]

    def find(self, name: str, label: str) -> Heard:
        """Return the newest message to somebody that has a button."""
        shown = [one for one in self.talk.heard(name) if label in one.buttons]
        assert shown, f"{name} has no button {label}: {self.last(name).buttons.keys()}"
        return shown[-1]

    def last(self, name: str) -> Heard:
        """Return what the bot said last to somebody."""
        return self.talk.heard(name)[-1]

    def tell(self, words: str) -> None:
        """Write what somebody must know to understand the story."""
        self.lines.append(f"\n({words})")

    def show(self, who: str, text: str, rows: Sequence[Sequence[str]]) -> None:
        """Write a message as it is shown; of a card that was read before, what is new."""
        self.messages.append((text, tuple(label for row in rows for label in row)))
        shown = self._new(text.split("\n"))
        buttons = [" ".join(f"[{label}]" for label in row) for row in rows]
        known = len(buttons) > 1 and self._buttons.get(who.split(" (", maxsplit=1)[0]) == buttons
        self._buttons[who.split(" (", maxsplit=1)[0]] = buttons
        shown += ["[…]"] if known else buttons
        self.lines += [f"{who}:", *(f"{_INDENT}{line}".rstrip() for line in shown)]

    def _new(self, lines: Sequence[str]) -> list[str]:
        """Put "…" for lines that were read before in this situation; the first two and the last stay."""
        new: list[str] = []
        last = len(lines) - 1
        for known, run in groupby(
            enumerate(lines), lambda one: 1 < one[0] < last and self._knows(one[1])
        ):
            block = [line for _, line in run]
            new += ["…"] if known and len(block) > 1 else block
        self._read |= set(lines)
        return new

    def _knows(self, line: str) -> bool:
        return not line or line in self._read

    def _did(self, name: str, what: str) -> None:
        shown = what.replace("\n", f"\n{_INDENT}")
        self.lines.append(f"\n> {NAMES.get(ACCOUNTS[name], name)}{shown}")

    async def _handled(self, name: str, secret: str | None = None) -> None:
        await self.talk.handle(secret)
        self._hear(ACCOUNTS[name])

    def _hear(self, actor: int | None, group: int | None = None) -> None:
        events = self.talk.emulator.feed.since(self._seen)
        self._seen = self.talk.emulator.feed.last
        told = [one for one in events if one["kind"] in {"new", "edit", "toast"}]
        for event in sorted(told, key=lambda one: (one["chat_id"] != actor, one["chat_id"])):
            self._write(event, {actor, group})

    def _write(self, event: dict[str, Any], near: set[int | None]) -> None:
        who = NAMES.get(event["chat_id"], "Nhóm" if event["chat_id"] < 0 else "Người lạ")
        if event["kind"] == "toast":
            seen = NAMES.get(event["person_id"], who)
            self.lines += [f"{seen} thấy thoáng qua: {event['text']}"] if event["text"] else []
            return
        message = event["message"]
        if not message["play"]["by_bot"] or (
            event["kind"] == "edit" and event["chat_id"] not in near
        ):
            return
        keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
        text = message.get("text") or message.get("caption", "")
        pictured = "(ảnh) " if "photo" in message else ""
        self.show(
            f"{who} ({'thẻ đổi' if event['kind'] == 'edit' else 'tin mới'})",
            pictured + CODE.sub("...", text),
            [[button["text"] for button in row] for row in keyboard],
        )
        if message.get("document", {}).get("file_name", "").endswith(".ics"):
            self._show_calendar(message["document"]["file_id"])

    def _show_calendar(self, file_id: str) -> None:
        """Write down what a phone shows of a calendar."""
        sent = self.talk.emulator.files.by_id(file_id)
        assert sent is not None
        calendar = Calendar.from_ical(sent.content)
        self.lines.append(f"{_INDENT}(lịch: {calendar.calendar_name})")
        for event in calendar.events:
            at = event.start.strftime("%H:%M %d/%m/%Y")
            self.lines += [f"{_INDENT}({at}: {event['SUMMARY']})"]
            said = str(event["DESCRIPTION"]).splitlines()
            self.lines += [f"{_INDENT}({line})" for line in said]
