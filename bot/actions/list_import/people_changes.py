"""What a line of a list of people changes of somebody the office knows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.actions.list_import.people_file import Line
from bot.folding import fold
from bot.rules import access
from storage.engine.database import Value
from storage.records import Member, Reach, Role


@dataclass(frozen=True)
class Changes:
    """Columns of the person to set, and posts (role, unit) and charges that end and begin.

    Posts that the list does not name and that stay all the same are `posts_kept`.
    """

    columns: Mapping[str, Value] = field(default_factory=dict)
    posts_kept: frozenset[tuple[Role, int]] = frozenset()
    posts_ended: frozenset[tuple[Role, int]] = frozenset()
    posts_given: frozenset[tuple[Role, int]] = frozenset()
    charges_ended: frozenset[int] = frozenset()
    charges_given: frozenset[int] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of the list whose value is another now."""
        names = [name for name in self.columns if name != "folded"]
        ended, given = self.posts_ended | self.posts_kept, self.posts_given | self.posts_kept
        if {role for role, _ in ended} != {role for role, _ in given}:
            names.append("role")
        if {unit for _, unit in ended} != {unit for _, unit in given}:
            names.append("unit")
        if self.charges_ended or self.charges_given:
            names.append("in_charge")
        return tuple(names)


def changes(
    line: Line,
    member: Member,
    unit_id: int,
    charges: frozenset[int] | None,
    stays_admin: bool = False,
) -> Changes:
    """Return what is to change; `charges` are unit ids, None leaves them as they are.

    A role in the whole office is not the list's to end: it is how a first admin stays one. Who
    `stays_admin` has the role that is listed beside it.
    """
    posts = {(post.role, post.unit_id) for post in member.roles if post.unit_id is not None}
    wanted = {(line.role, unit_id)}
    kept = {post for post in posts - wanted if stays_admin and post[0] is Role.ADMIN}
    charged = frozenset(member.charges)
    charges = charged if charges is None else charges
    return Changes(
        columns=_columns(line, member),
        posts_kept=frozenset(kept),
        posts_ended=frozenset(posts - wanted - kept),
        posts_given=frozenset(wanted - posts),
        charges_ended=charged - charges,
        charges_given=charges - charged,
    )


def staying_admins(
    lines: Iterable[tuple[Line, Member | None]], members: Iterable[Member], sender_id: int | None
) -> frozenset[int]:
    """Return who stays an admin though their line names another role.

    The sender of the list does, and where nobody else with an account would be left, all do.
    """
    lines = list(lines)
    losing = {who.id for line, who in lines if who and line.role is not Role.ADMIN and _listed(who)}
    left = any(access.is_admin(one) and one.telegram_id and one.id not in losing for one in members)
    named = any(
        line.role is Role.ADMIN and (line.telegram_id or (who and who.telegram_id))
        for line, who in lines
    )
    sender = losing & {sender_id}
    return frozenset(sender if left or named or sender else losing)


def _listed(member: Member) -> bool:
    """Tell whether an account's right of an admin comes from a list alone."""
    posts = [post for post in member.roles if post.role is Role.ADMIN]
    return bool(member.telegram_id and posts) and all(post.unit_id for post in posts)


def _columns(line: Line, member: Member) -> dict[str, Value]:
    columns: dict[str, Value] = {}
    if line.name != member.name:
        columns |= {"name": line.name, "folded": fold(line.name)}
    if line.position != member.position:
        columns["position"] = line.position
    if line.telegram_id not in {None, member.telegram_id}:
        columns["telegram_id"] = line.telegram_id
    if username_after(line, member) != member.username:
        columns["username"] = line.username
    if line.aliases not in {None, member.aliases}:
        columns["aliases"] = json.dumps(line.aliases, ensure_ascii=False)
    return columns


def username_after(line: Line, member: Member) -> str | None:
    """Return the username a person has after the list: what Telegram itself told is the newer one."""
    told = member.telegram_id is not None and member.reach is not Reach.NEVER_STARTED
    return member.username if told or line.username is None else line.username
