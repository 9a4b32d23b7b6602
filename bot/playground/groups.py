"""Groups: the bot is put in and out, a basic group becomes a supergroup; what the bot hears there."""

from bot.playground.api.messages import Json, Message
from bot.playground.emulator import Emulator
from bot.playground.people import Group, Person

_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"),
    *("can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info"),
    *("can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories"),
)
"""What an administrator may do; Telegram names each."""


def in_topic(group: Group, topic: int, creator: Json, at: int) -> Json:
    """What a message of a topic has of it: without a reply of its own it replies to the beginning."""
    name = group.topics[topic]
    place: Json = {"message_thread_id": topic, "is_topic_message": True}
    beginning = {"message_id": topic, "date": at, "chat": group.chat, "from": creator, **place}
    opened = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
    return place | {"reply_to_message": beginning | opened}


def hears(emulator: Emulator, group: Group, data: Json) -> bool:
    """Telegram's privacy mode: an administrator hears all, a member what is meant for it.

    That is a command with its name behind it, one without where it spoke before, its name, and a
    reply to it.
    """
    if not group.has_bot or group.bot == "administrator":
        return group.has_bot
    text = str(data.get("text") or data.get("caption") or "")
    name = f"@{emulator.bot['username']}".lower()
    if data.get("reply_to_message", {}).get("from") == emulator.bot or name in text.lower():
        return True
    entities = data.get("entities") or data.get("caption_entities") or []
    commands = [one for one in entities if one["type"] == "bot_command" and one["offset"] == 0]
    spoke = any(message.by_bot for message in emulator.messages.of_chat(group.id))
    return spoke and any("@" not in text[: one["length"]] for one in commands)


class Groups:
    """What people do with a group in the app; the bot is told as Telegram tells it."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    def make(
        self,
        title: str,
        members: list[int],
        topics: list[str],
        bot_is_admin: bool = False,
        basic: bool = False,
    ) -> Group:
        """Makes a group into which the first member puts the bot."""
        group = self.emulator.add_group(title, members, topics, basic)
        group.bot = "left"
        self.add_bot(members[0], group.id, bot_is_admin)
        return group

    def add_bot(self, person_id: int, chat_id: int, as_admin: bool = False) -> Message:
        """Puts the bot into a group."""
        self._stand(person_id, chat_id, "administrator" if as_admin else "member")
        return self._notify(person_id, chat_id, {"new_chat_members": [self.emulator.bot]})

    def remove_bot(self, person_id: int, chat_id: int) -> Message:
        """Puts the bot out of a group; it hears of that and of nothing more."""
        message = self._notify(person_id, chat_id, {"left_chat_member": self.emulator.bot})
        self._stand(person_id, chat_id, "kicked")
        return message

    def upgrade_group(self, person_id: int, chat_id: int) -> Message:
        """Makes a supergroup of a basic group; the message names the new one."""
        old = self.emulator.groups[chat_id]
        new = self.emulator.add_group(old.title, list(old.members), [])
        new.bot, old.moved_to = old.bot, new.id
        self.emulator.show_group(old)
        moved = self._notify(person_id, old.id, {"migrate_to_chat_id": new.id})
        self._notify(person_id, new.id, {"migrate_from_chat_id": old.id})
        return moved

    def _person(self, person_id: int) -> Person:
        return self.emulator.people[person_id]

    def _stand(self, person_id: int, chat_id: int, status: str) -> None:
        group = self.emulator.groups[chat_id]
        before, group.bot = group.bot, status
        self.emulator.show_group(group)
        self.emulator.updates.add(
            "my_chat_member",
            {
                "chat": group.chat,
                "from": self._person(person_id).user,
                "date": int(self.emulator.clock.now()),
                "old_chat_member": standing(self.emulator, before),
                "new_chat_member": standing(self.emulator, status),
            },
        )

    def _notify(self, person_id: int, chat_id: int, service: Json) -> Message:
        """Puts what Telegram itself says of a group into it."""
        message = self.emulator.post(self._person(person_id).user, chat_id, service)
        self.emulator.updates.add("message", message.data)
        return message


def standing(emulator: Emulator, status: str) -> Json:
    """The bot's standing in a chat, as my_chat_member shows it."""
    more: Json = {"until_date": 0} if status == "kicked" else {}
    if status == "administrator":
        more = dict.fromkeys(_RIGHTS, False) | {"can_manage_chat": True}
    return {"user": emulator.bot, "status": status, **more}
