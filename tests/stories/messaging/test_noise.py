"""Updates that are malformed, oversized, out of order or repeated do no harm: ten thousand in the long form."""

import copy
import random
from typing import Any

from bot.playground.phone import Phone
from tests.stories.stage import Stage

MANY, FEW = 10_000, 1_000
BATCH = 500
JUNK: list[Any] = [
    None,
    "",
    -1,
    0,
    2**70,
    1.5,
    True,
    [],
    {},
    [[]],
    "x" * 5000,
    "\x00\ud83d",
    "<b>&",
    {"id": "a"},
    "🔴" * 300,
    "draft.confirm:1:1:",
    "task.accept:9999999999999999999:1:",
    "/viec " + "9" * 4000,
    "Giao đồng chí Ân " + "a" * 4090,
]


def message(person_id: int, text: str) -> dict[str, Any]:
    sender = {"id": person_id, "is_bot": False, "first_name": "A"}
    return {
        "message": {
            "message_id": 5,
            "date": 1_796_608_800,
            "chat": {"id": person_id, "type": "private", "first_name": "A"},
            "from": sender,
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        }
    }


def press(person_id: int, data: str) -> dict[str, Any]:
    inner = message(person_id, "thẻ")["message"]
    sender = {"id": person_id, "is_bot": False, "first_name": "A"}
    return {
        "callback_query": {
            "id": "1",
            "from": sender,
            "chat_instance": "1",
            "data": data,
            "message": inner,
        }
    }


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths to every value inside a value."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def broken(update: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return the update with one to three of its values taken out or replaced by junk."""
    update = copy.deepcopy(update)
    for _ in range(chance.randint(1, 3)):
        *way, last = chance.choice([place for place in places(update) if place])
        owner: Any = update
        for key in way:
            owner = owner[key]
        if chance.random() < 0.3 and isinstance(owner, dict):
            del owner[last]
        else:
            owner[last] = copy.deepcopy(chance.choice(JUNK))
        if not update:
            break
    return update


async def test_noise(stage: Stage, leader: Phone, staff: Phone, long: bool) -> None:
    """To a webhook they are sent one by one: there they are few."""
    chance, count = random.Random(20261207), MANY if long and stage.engine == "sqlite" else FEW
    words = ["/viec", "/tonghop", "/tim a", "/giao x", "giao việc, hạn mai", "60%", "/start x"]
    kinds = ["draft.confirm", "draft.due", "draft.lead", "task.receive", "list.mine", "ask.percent"]
    sound = [message(who, text) for who in (leader.id, staff.id, 42) for text in words]
    sound += [
        press(who, f"{kind}:{n}:1:x") for who in (leader.id, 42) for kind in kinds for n in (0, 1)
    ]
    made = [broken(chance.choice(sound), chance) for _ in range(count - count // 10)]
    made += [copy.deepcopy(chance.choice(made)) for _ in range(count // 10)]
    chance.shuffle(made)
    for start in range(0, count, BATCH):
        await stage.play.inject(*made[start : start + BATCH])
    await stage.until(f"SELECT COUNT(*) >= {count * 9 // 10} FROM inbox", 120)
    await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'", 120)
    await leader.catch_up()
    await leader.say("/viec 123456")
    await leader.expect("Không tìm thấy việc số 123456", timeout=30)
    assert stage.is_sound()
    assert "Traceback" not in stage.log(), stage.log()[-3000:]
