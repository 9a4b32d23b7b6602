"""What a hostile client types, presses and injects: made up, or a little other than what there is."""

import random
import string
from collections.abc import Callable
from typing import Any

from bot.chat.routes import BUTTONS, COMMANDS

LONGEST = 4096
_NAMES = (
    "Mạc Thiên Ân",
    "Ông Thị Ngọc Trầm",
    "Trịnh Quang Lĩnh",
    "Kha Vĩnh Lạc",
    "Ninh Bá Hợp",
    "Ân",
)
_PIECES = (
    "<b>", "</b>", "<i><b>", "<a href='tg://user?id=1'>", "&lt;", "&#0;", "*", "_", "`", "[x](y)", "\u0000",
    "\u0007", "\u202e", "\u2066", "\u200b", "\ufeff", "\u0301" * 20, "\U0001f469\u200d\U0001f4bb",
    "{0}", "%s", "${7*7}", "' OR 1=1 --", "\r\n", "\t", "việc", "số 1", "hằng ngày", "/viec", "@dondoc_demo_bot",
)  # fmt: skip
_MARKED = (
    "Tài liệu MẬT: kế hoạch", "TUYỆT MẬT", "văn bản tối mật số 3", "(Mật) danh sách", "M\u1eadt\nkhẩn", "M.Ậ.T",
    "Hỏa tốc, Mật", "số 12-TM/TU độ mật", "toi mat", "MAT", "Mật độ xây dựng phường", "đồng chí Mật",
)  # fmt: skip
_VALUES = (
    "",
    "x",
    "-1",
    "²",
    "none",
    "20261301",
    "overdue",
    "mine",
    "title",
    "9" * 18,
    "a:b:c",
    "\u202e",
)


class Words:
    """Texts, commands and data of buttons, all at random."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._kinds: list[Callable[[], str]] = [
            self._order, self._command, self._command, self._mixture, self._long, self._marked, self._step,
        ]  # fmt: skip

    def text(self) -> str:
        return self._chance.choice(self._kinds)()[:LONGEST] or "."

    def start(self) -> str:
        """Return a code of an invitation that nobody made."""
        return "".join(self._chance.choices(string.ascii_letters + "-_", k=32))

    def entities(self, text: str) -> list[dict[str, Any]] | None:
        """Return marks that may overlap and end anywhere, or none."""
        if self._chance.random() < 0.7:
            return None
        kinds = ("bold", "code", "pre", "spoiler", "text_link", "bot_command", "url", "blockquote")
        return [
            {
                "type": self._chance.choice(kinds),
                "offset": self._chance.randrange(len(text)),
                "length": self._chance.randrange(1, 50),
            }
            for _ in range(self._chance.randrange(1, 20))
        ]

    def data(self, seen: str) -> str:
        """Return data of a button: as it was seen, a little changed, or made up."""
        chance = self._chance
        if chance.random() < 0.4:
            return seen or "task.open:1:1:"
        kind, _, rest = seen.partition(":")
        if not seen or chance.random() < 0.5:
            kind = chance.choice(list(BUTTONS))
        number = chance.choice(
            (0, 1, 2, chance.randrange(500), 10**17, 2**63, rest.partition(":")[0])
        )
        version = chance.choice((0, 1, 2, chance.randrange(30)))
        data = f"{kind}:{number}:{version}:{chance.choice(_VALUES)}"
        return data.encode()[:64].decode(errors="ignore")

    def update(self) -> Any:
        """Return something that is no update of Telegram's, or hardly one."""
        chance = self._chance
        odd: Any = chance.choice(
            (None, 7, -1, "x", "\ud83d", [], {}, True, 2**70, 1e308, [[[]]], {"id": {}})
        )
        message = {
            "message_id": odd,
            "date": odd,
            "chat": {"id": odd, "type": "private"},
            "text": odd,
        }
        return chance.choice(
            (
                [odd],
                {"message": odd},
                {"message": message},
                {"message": message | {"from": {"id": odd}}},
                {"callback_query": {"id": odd, "data": odd, "from": {"id": odd}}},
                {"edited_message": message},
                {"my_chat_member": odd},
                {"update_id": odd, "message": message},
                {chance.choice(_PIECES): odd},
            )
        )

    def _order(self) -> str:
        what = self._chance.choice(
            ("soạn báo cáo", "rà soát hồ sơ", "x" * 300, self._mixture()[:500])
        )
        when = self._chance.choice(
            ("trước 17h thứ Sáu", "hôm qua", "ngày 31/02/9999", "hằng ngày", "")
        )
        return f"Giao đồng chí {self._chance.choice(_NAMES)} {what}, {when}"

    def _command(self) -> str:
        rest = self._chance.choice(("", " 1", " 999999999999", " x" * 500, f" {self._mixture()}"))
        return f"/{self._chance.choice(list(COMMANDS))}{rest}"

    def _mixture(self) -> str:
        return "".join(self._chance.choices(_PIECES, k=self._chance.randrange(1, 60)))

    def _long(self) -> str:
        return self._chance.choice(("ư", "a ", "<b>", "1", "việc ", "\n", "\U0001f600")) * LONGEST

    def _marked(self) -> str:
        return f"{self._chance.choice(_MARKED)} {self._chance.choice(_PIECES)}"

    def _step(self) -> str:
        step = self._chance.choice(
            ("đã xong", "được 60% rồi", "xin gia hạn đến mai", "vướng mắc", "hủy")
        )
        return f"việc {self._chance.randrange(1, 300)} {step}"
