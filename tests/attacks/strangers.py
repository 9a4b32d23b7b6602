"""People whom no office knows, made up: all that Telegram lets them do to a bot, as updates."""

from collections.abc import Iterator
from random import Random
from typing import Any

from bot.playground.emulator import Emulator
from bot.playground.people import Group, Person

FIRST = 770_000_001
_FIRST_GROUP = -1_002_900_000_001
_MANY = 10**6
"""More than there are accounts in one crowd, and messages of each."""
Json = dict[str, Any]


def settled(emulator: Emulator, count: int) -> None:
    """Let so many strangers have an account, and each a group: what the bot answers them arrives."""
    for number in range(count):
        who = Person(FIRST + number, f"Khách {number}", started=True)
        emulator.people[who.id] = who
        group = Group(_FIRST_GROUP - number, f"Nhóm {number}", [who.id], {})
        emulator.groups[group.id] = group


def crowd(chance: Random, count: int, emulator: Emulator, at: int) -> Iterator[Json]:
    """Yield what so many strangers do, one after the other, again and again; `at` is Unix time."""
    for number in range(_MANY):
        who = emulator.people[FIRST + number % count]
        group = emulator.groups[_FIRST_GROUP - number % count]
        yield chance.choice(_KINDS)(_Doing(who, group, emulator.bot, number + 1, at, chance))


class _Doing:
    """One thing that a stranger does."""

    def __init__(
        self, who: Person, group: Group, bot: Json, number: int, at: int, chance: Random
    ) -> None:
        self.who, self.group, self.bot = who, group, bot
        self.number, self.at, self.chance = number, at, chance

    def said(self, in_group: bool = False, **content: Any) -> Json:
        chat = self.group.chat if in_group else self.who.chat
        sent = {"message_id": self.number, "date": self.at, "chat": chat, "from": self.who.user}
        return sent | content

    def standing(self, chat: Json, before: str, now: str) -> Json:
        member = {"user": self.bot, "until_date": 0}
        change = {"chat": chat, "from": self.who.user, "date": self.at}
        return change | {
            "old_chat_member": member | {"status": before},
            "new_chat_member": member | {"status": now},
        }


def _text(one: _Doing) -> Json:
    return {"message": one.said(text=one.chance.choice(("alo", "/viec", "Giao Ân soạn báo cáo")))}


def _marked(one: _Doing) -> Json:
    return {"message": one.said(one.chance.random() < 0.5, text="/giao Công văn TUYỆT MẬT số 5")}


def _file(one: _Doing) -> Json:
    file = {"file_id": f"f{one.number}", "file_unique_id": f"u{one.number}", "file_size": 9}
    named = file | {"file_name": "danh sach.xlsx", "mime_type": "application/zip"}
    album: Json = {"media_group_id": str(one.number // 3)} if one.number % 2 else {}
    return {"message": one.said(document=named, caption="kết quả việc 1") | album}


def _code(one: _Doing) -> Json:
    code = "".join(one.chance.choices("abcdefghijklmnopqrstuvwxyz-_0123456789", k=32))
    return {"message": one.said(text=f"/start {code}")}


def _added(one: _Doing) -> Json:
    return {"my_chat_member": one.standing(one.group.chat, "left", "member")}


def _removed(one: _Doing) -> Json:
    return {"my_chat_member": one.standing(one.group.chat, "member", "kicked")}


def _blocked(one: _Doing) -> Json:
    return {"my_chat_member": one.standing(one.who.chat, "member", "kicked")}


def _pressed(one: _Doing) -> Json:
    card = one.said(text="thẻ") | {"from": one.bot}
    data = one.chance.choice(("task.receive:1:1", "draft.confirm:1:1", "x", "list.mine:0:0:2"))
    press = {"id": str(one.number), "from": one.who.user, "chat_instance": "1", "data": data}
    return {"callback_query": press | {"message": card}}


def _edited(one: _Doing) -> Json:
    return {"edited_message": one.said(text="sửa", edit_date=one.at)}


def _joined(one: _Doing) -> Json:
    return {"message": one.said(in_group=True, new_chat_members=[one.who.user])}


def _in_group(one: _Doing) -> Json:
    return {"message": one.said(in_group=True, text=f"/viec@{one.bot['username']}")}


def _in_its_name(one: _Doing) -> Json:
    words = f"@{one.bot['username']} giao Ân soạn báo cáo"
    return {"message": one.said(in_group=True, text=words, sender_chat=one.group.chat)}


def _moved(one: _Doing) -> Json:
    old = {"id": -4_900_000_000 - one.number, "type": "group", "title": "Cũ"}
    return {"message": one.said(migrate_to_chat_id=one.group.id) | {"chat": old}}


def _posted(one: _Doing) -> Json:
    channel = {"id": one.group.id - 10**6, "type": "channel", "title": "Kênh"}
    return {"channel_post": {"message_id": 1, "date": one.at, "chat": channel, "text": "tin"}}


def _inline(one: _Doing) -> Json:
    query = {"id": str(one.number), "from": one.who.user, "query": "báo cáo", "offset": ""}
    return {"inline_query": query}


def _poll(one: _Doing) -> Json:
    asked = {"id": str(one.number), "question": "a?", "options": [], "total_voter_count": 0}
    flags = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting")
    return {
        "poll": asked | {"type": "regular", "members_only": False} | dict.fromkeys(flags, False)
    }


def _answered(one: _Doing) -> Json:
    answer = {"poll_id": str(one.number), "user": one.who.user, "option_ids": [0]}
    answer["option_persistent_ids"] = ["a"]
    return {"poll_answer": answer}


_KINDS = (
    *(_text, _marked, _file, _code, _added, _removed, _blocked, _pressed, _edited, _joined),
    *(_in_group, _in_its_name, _moved, _posted, _inline, _poll, _answered),
)
