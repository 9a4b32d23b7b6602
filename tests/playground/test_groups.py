"""Groups with topics, replies and forwards."""

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.playground.phone import Phone
from bot.playground.remote import Remote, WrongMove
from tests.playground.conftest import AN, LINH


async def test_a_topic_holds_its_messages(bot: Bot, play: Remote) -> None:
    group = await play.add_group("Phòng Tổng hợp", [LINH, AN], topics=("Báo cáo", "Giao ban"))
    topic = group["topics"][1]["id"]
    linh = await Phone.of(play, LINH)
    await linh.say("Có mặt", chat=group["id"], topic=topic)
    (update,) = await bot.get_updates(timeout=5)
    message = update.message
    assert message
    assert message.chat.is_forum
    assert message.is_topic_message
    assert message.message_thread_id == topic
    await bot.send_message(group["id"], "Đã ghi", message_thread_id=topic)
    heard = await linh.expect("Đã ghi", chat=group["id"])
    assert heard.raw["message_thread_id"] == topic
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group["id"], "?", message_thread_id=99)


async def test_privacy_mode_hides_what_is_not_for_the_bot(bot: Bot, play: Remote) -> None:
    group = await play.add_group("Cơ quan", [LINH, AN], bot_is_admin=False)
    linh = await Phone.of(play, LINH)
    from_bot = await bot.send_message(group["id"], "Chào cả nhà")
    await linh.say("chuyện riêng", chat=group["id"])
    await linh.say("/viec", chat=group["id"])
    await linh.say("@dondoc_demo_bot ơi", chat=group["id"])
    await linh.expect("Chào cả nhà", chat=group["id"])
    seen = (await linh.messages(group["id"]))[0]
    assert seen.id == from_bot.id
    await linh.say("vâng", reply_to=seen, chat=group["id"])
    texts = [one.message and one.message.text for one in await bot.get_updates(timeout=5)]
    assert texts == ["/viec", "@dondoc_demo_bot ơi", "vâng"]


async def test_who_is_not_a_member_cannot_write(bot: Bot, play: Remote) -> None:
    group = await play.add_group("Cơ quan", [AN])
    with pytest.raises(WrongMove, match="is not in Cơ quan"):
        await (await Phone.of(play, LINH)).say("cho vào", chat=group["id"])


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
