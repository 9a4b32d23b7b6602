"""Groups with topics, replies and forwards."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.playground.phone import Phone
from bot.playground.remote import Remote, WrongMove
from tests.playground.conftest import AN, LINH


async def updates(bot: Bot) -> list[Update]:
    """What waits for the bot, confirmed."""
    waiting = list(await bot.get_updates(timeout=5))
    await bot.get_updates(waiting[-1].update_id + 1)
    return waiting


async def test_a_topic_holds_its_messages(bot: Bot, play: Remote) -> None:
    topics = ("Báo cáo", "Giao ban")
    group = await play.add_group("Phòng Tổng hợp", [LINH, AN], topics, bot_is_admin=True)
    topic = group["topics"][1]["id"]
    linh = await Phone.of(play, LINH)
    await updates(bot)
    await linh.say("Có mặt", chat=group["id"], topic=topic)
    (update,) = await updates(bot)
    message = update.message
    assert message
    assert message.chat.is_forum
    assert message.is_topic_message
    assert message.message_thread_id == topic
    assert message.reply_to_message
    assert message.reply_to_message.forum_topic_created
    await bot.send_message(group["id"], "Đã ghi", message_thread_id=topic)
    said = await linh.expect("Đã ghi", chat=group["id"])
    assert said.raw["message_thread_id"] == topic
    for nowhere in (1, 99):  # the general topic has no thread to name
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(group["id"], "?", message_thread_id=nowhere)
    await linh.say("ra ngoài", chat=group["id"])
    (general,) = await updates(bot)
    assert general.message
    assert general.message.message_thread_id is None


async def test_privacy_mode_hides_what_is_not_for_the_bot(bot: Bot, play: Remote) -> None:
    group = await play.add_group("Cơ quan", [LINH, AN])
    linh = await Phone.of(play, LINH)
    await updates(bot)
    await linh.say("/viec", chat=group["id"])
    from_bot = await bot.send_message(group["id"], "Chào cả nhà")
    colleague = await linh.say("chuyện riêng", chat=group["id"])
    await linh.edit(colleague, "chuyện riêng hơn")
    for text in ("/viec", "/viec@dondoc_demo_bot", "/viec@bot_khac", "xem /viec"):
        await linh.say(text, chat=group["id"])
    order = await linh.say("@dondoc_demo_bot ơi", chat=group["id"])
    await linh.edit(order, "@dondoc_demo_bot nhé")
    await linh.expect("Chào cả nhà", chat=group["id"])
    seen = next(one for one in await linh.messages(group["id"]) if one.id == from_bot.id)
    await linh.say("vâng", reply_to=seen, chat=group["id"])
    await linh.say("vâng", reply_to=colleague, chat=group["id"])
    texts = [one.effective_message and one.effective_message.text for one in await updates(bot)]
    assert texts == [
        "/viec",
        "/viec@dondoc_demo_bot",
        "@dondoc_demo_bot ơi",
        "@dondoc_demo_bot nhé",
        "vâng",
    ]


async def test_the_bot_comes_and_goes(bot: Bot, play: Remote) -> None:
    group = (await play.add_group("Cơ quan", [LINH, AN]))["id"]
    came, said = await updates(bot)
    assert came.my_chat_member
    assert came.my_chat_member.from_user.id == LINH
    assert came.my_chat_member.new_chat_member.status == "member"
    assert said.message
    assert said.message.new_chat_members[0].id == bot.id
    linh = await Phone.of(play, LINH)
    await linh.remove_bot(group)
    said, went = await updates(bot)
    assert went.my_chat_member
    assert went.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group, "còn ai không?")
    await linh.say("/viec@dondoc_demo_bot", chat=group)
    await linh.add_bot(group)
    assert [one.my_chat_member is None for one in await updates(bot)] == [False, True]
    await bot.send_message(group, "Chào cả nhà")


async def test_a_group_becomes_a_supergroup(bot: Bot, play: Remote) -> None:
    old = await play.add_group("Cơ quan", [LINH, AN], basic=True)
    linh = await Phone.of(play, LINH)
    before = await bot.send_message(old["id"], "trước")
    assert before.chat.type == "group"
    await updates(bot)
    new = await linh.upgrade_group(old["id"])
    left, arrived = [one.message for one in await updates(bot)]
    assert left
    assert left.migrate_to_chat_id == new
    assert arrived
    assert arrived.migrate_from_chat_id == old["id"]
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old["id"], "còn ai không?")
    assert moved.value.new_chat_id == new
    with pytest.raises(ChatMigrated):
        await before.edit_text("sau")
    with pytest.raises(WrongMove, match="is not in Cơ quan"):
        await linh.say("/viec", chat=old["id"])
    await bot.send_message(new, "sau")
    await linh.expect("sau", chat=new)


async def test_who_is_not_a_member_cannot_write(bot: Bot, play: Remote) -> None:
    group = await play.add_group("Cơ quan", [AN])
    button = InlineKeyboardMarkup([[InlineKeyboardButton("Bấm", callback_data="x")]])
    linh = await Phone.of(play, LINH)
    asked = await bot.send_message(group["id"], "hỏi", reply_markup=button)
    with pytest.raises(WrongMove, match="is not in Cơ quan"):
        await linh.say("cho vào", chat=group["id"])
    with pytest.raises(WrongMove, match="is not in Cơ quan"):
        await play.post(
            "press",
            {"person_id": LINH, "message_id": asked.id, "data": "x", "chat_id": group["id"]},
        )


async def test_a_reply_and_a_forward_come_whole(bot: Bot, play: Remote) -> None:
    linh = await Phone.of(play, LINH)
    await bot.send_message(LINH, "hỏi")
    question = await linh.expect("hỏi")
    await linh.say("đáp", reply_to=question)
    await linh.say("chuyển", forward_from="Mạc Thiên Ân")
    await linh.say("chuyển nữa", forward_from="Người Ngoài")
    answer, known, hidden = [one.message for one in await bot.get_updates(timeout=5)]
    assert answer
    assert answer.reply_to_message
    assert answer.reply_to_message.text == "hỏi"
    assert known
    assert known.forward_origin
    assert known.forward_origin.type == "user"
    assert hidden
    assert hidden.forward_origin
    assert hidden.forward_origin.to_dict()["sender_user_name"] == "Người Ngoài"
