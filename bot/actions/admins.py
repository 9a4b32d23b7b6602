"""What admins alone may do."""

from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.records import Role


def check_admin(who: Standpoint) -> None:
    """Refuse NOT_ALLOWED to all but admins."""
    if Role.ADMIN not in who.roles:
        raise Refusal(No.NOT_ALLOWED)
