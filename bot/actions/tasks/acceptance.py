"""Who is asked to accept a result: never who leads the task, but those who may."""

from collections.abc import Iterable

from bot.actions import escalation
from bot.actions.moves import stakes
from bot.actions.office import Office
from bot.rules.rights import Standpoint, leads_in_person, may_move
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Reader
from storage.organisation import leader_groups
from storage.records import Role, TaskView
from storage.tasks import task_conditions, tasks
from storage.tasks.task_conditions import Condition


async def acceptors(reader: Reader, office: Office, task: TaskView) -> list[int]:
    """Return who is asked: the assigner; of what they lead, others of their group or the nearest above."""
    assigner, facts = task.assigner_id, stakes(task)
    if not leads_in_person(assigner, facts):
        return [assigner]
    others: Iterable[Iterable[int]] = await escalation.leaders_above(reader, office, task.unit_id)
    if task.group_id is not None:
        others = [await leader_groups.who_decide(reader, task.id, [assigner]), *others]
    left = ([one for one in level if not leads_in_person(one, facts)] for level in others)
    return next(filter(None, left), [assigner])


async def to_decide(office: Office, who: Standpoint) -> Condition:
    """Return what waits for a decision of somebody, as `task_conditions.to_decide`, and what they are asked to
    accept because who assigned it leads it.
    """
    theirs = task_conditions.to_decide(who.people, who.all_groups)
    if not any(Role.LEADER in one.roles for one in who.each):
        return theirs
    asked = [
        task.id
        for task in await own_results(office.db)
        if not set(who.people).isdisjoint(await acceptors(office.db, office, task))
        and may_move(who, stakes(task), Move.ACCEPT)
    ]
    return theirs | task_conditions.numbered(asked) if asked else theirs


async def own_results(reader: Reader) -> list[TaskView]:
    """Return the results that wait for others, since their assigner leads them: there are few."""
    return await tasks.views(reader, await tasks.numbers(reader, task_conditions.OWN_RESULT))
