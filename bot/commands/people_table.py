"""`dondoc people list`: the people of the office in a table."""

from rich import box
from rich.table import Table

from storage.engine.database import Reader
from storage.organisation import people, units
from storage.records import Member


async def people_table(reader: Reader) -> Table | str:
    """Return a table of all who have not left: their posts, and whether the bot can write to them.

    If there is nobody, return a sentence that says so.
    """
    members = await people.living(reader)
    if not members:
        return "There is nobody yet: dondoc people import FILE."
    names = {unit.id: unit.name for unit in await units.living(reader)}
    table = Table("no.", "name", "position", "role: unit", "account", "reach", box=box.SIMPLE)
    for member in members:
        table.add_row(
            str(member.id),
            member.name,
            member.position,
            "\n".join(_posts(member, names)),
            str(member.telegram_id or "-"),
            member.reach.value.replace("_", " "),
        )
    return table


def _posts(member: Member, names: dict[int, str]) -> list[str]:
    return [f"{post.role}: {names.get(post.unit_id or 0, '(office)')}" for post in member.roles]
