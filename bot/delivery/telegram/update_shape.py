"""The shape an update must have before it is read: the library checks no types, so we do.

Only what the program uses is described; everything else may be anything.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[int, Field(ge=-(2**63), lt=2**63, strict=True)]
Count = Annotated[int, Field(ge=0, lt=2**53, strict=True)]
Text = Annotated[str, Field(strict=True)]
Truth = Annotated[bool, Field(strict=True)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class _User(_Shape):
    id: Number
    is_bot: Truth
    first_name: Text
    last_name: Text | None = None
    username: Text | None = None


class _Chat(_Shape):
    id: Number
    type: Text
    title: Text | None = None
    first_name: Text | None = None
    last_name: Text | None = None


class _Origin(_Shape):
    type: Text
    date: Count
    sender_user: _User | None = None
    sender_user_name: Text | None = None
    sender_chat: _Chat | None = None
    chat: _Chat | None = None


class _Quote(_Shape):
    text: Text


class _Button(_Shape):
    text: Text
    callback_data: Text | None = None


class _Keyboard(_Shape):
    inline_keyboard: list[list[_Button]]


class _Entity(_Shape):
    type: Text
    offset: Count
    length: Count
    user: _User | None = None


class _File(_Shape):
    file_id: Text
    file_unique_id: Text
    file_size: Count | None = None
    file_name: Text | None = None
    mime_type: Text | None = None


class _Message(_Shape):
    message_id: Count
    date: Count
    chat: _Chat
    sender: _User | None = Field(default=None, alias="from")
    sender_chat: _Chat | None = None
    edit_date: Count | None = None
    migrate_to_chat_id: Number | None = None
    migrate_from_chat_id: Number | None = None
    forward_origin: _Origin | None = None
    quote: _Quote | None = None
    reply_markup: _Keyboard | None = None
    text: Text | None = None
    caption: Text | None = None
    message_thread_id: Count | None = None
    is_topic_message: Truth = False
    entities: list[_Entity] = []
    caption_entities: list[_Entity] = []
    document: _File | None = None
    voice: _File | None = None
    audio: _File | None = None
    video: _File | None = None
    video_note: _File | None = None
    photo: list[_File] = []
    media_group_id: Text | None = None
    reply_to_message: "_Message | None" = None


class _Press(_Shape):
    id: Text
    sender: _User = Field(alias="from")
    data: Text | None = None
    message: _Message | None = None


class _MemberNow(_Shape):
    status: Text


class _Membership(_Shape):
    chat: _Chat
    sender: _User = Field(alias="from")
    old_chat_member: _MemberNow
    new_chat_member: _MemberNow


class _Update(_Shape):
    update_id: Number
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Press | None = None
    my_chat_member: _Membership | None = None


def check(raw: Any) -> None:
    """Raise pydantic's ValidationError for an update that is not of Telegram's shape."""
    _Update.model_validate(raw)
