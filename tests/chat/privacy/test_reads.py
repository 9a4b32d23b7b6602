"""Every command and button says whether it reads tasks of other units, so that the access log is not forgotten."""

from collections.abc import Iterator
from functools import partial
from types import CodeType, FunctionType, ModuleType

from bot.chat.routes import BUTTONS, COMMANDS, Handler


def listed(names: str) -> frozenset[str]:
    return frozenset(names.split())


READING = listed(
    "/baocao /giaodi /nghi /nguoi /phancong /quahan /tim /tonghop /viec ask.asked ask.example ask.meant ask.overdue "
    "ask.page doc.open file.send list.assigned list.found list.mine list.overdue person.open report.menu "
    "report.overview report.picture report.send report.show report.units summary.by summary.open summary.period "
    "summary.rows summary.turn task.open which.page"
)
"""These may show tasks of other units: what they read is a line of the access log (`turn.reads`)."""

OWN = listed(
    "/dinhky /dulieu /giao /gionhac /help /lich /lichviec /rutgon /start /thaymat /trogiup ask.ordered ask.stop "
    "ask.unasked behalf.end behalf.list brief.choose deadlines.ask deadlines.end deadlines.open deadlines.renew "
    "deadlines.show digest.hour digest.snooze doubt.clear doubt.mark draft.ask draft.body draft.confirm draft.decider "
    "draft.drop draft.due draft.follower draft.lead draft.once draft.pass draft.product draft.switch list.stop "
    "news.open reminders.snooze report.plan report.plans task.snooze which.task"
)
"""These show what is one's own: drafts, wishes, notices, the list of commands."""

OPENED = listed(
    "check.more doc.history doc.more file.page series.history series.open series.page series.show split.list "
    "task.as_report task.files task.history task.less task.more task.series"
)
"""These show more of a task, a series or a document whose opening was noted, or which is one's own."""

MOVES = listed(
    "ask.away_again ask.away_days ask.away_deputy ask.away_sure ask.lead ask.percent away.back away.change away.new "
    "away.open check.drop check.percent check.striking check.tick division.hand doc.edit doc.stop edit.decider "
    "edit.drop edit.field edit.open edit.set entry.clock entry.confirm entry.drop entry.for entry.new entry.sample "
    "extension.due extension.plain handover.give handover.person handover.plain part.switch part.words series.change "
    "series.skip series.stop series.stop_sure series.unskip split.by_hand split.itself task.accept task.answer_remark "
    "task.block task.cancel task.check task.decline task.edit task.grade task.grant_correction task.grant_extension "
    "task.keep task.name_part task.note task.offer_deadline task.pause task.progress task.reassign task.receive "
    "task.refuse_correction task.refuse_extension task.remark task.report_part task.request_correction "
    "task.request_extension task.resume task.return task.split task.submit task.take_offer task.unblock task.undo "
    "task.withdraw"
)
"""These change something, or ask for the words to do it; they show the card that was pressed."""

OFFICE = listed(
    "/donvi /guitin /luutru /moi /neo /thuhoi /vanban archive.close ask.hand_all ask.heir ask.merge ask.merger "
    "calendar.confirm calendar.drop calendar.stop disposal.approve disposal.open disposal.propose disposal.refuse "
    "doc.list invite.person ledger.failed ledger.unreached merger.begin merger.kinds merger.list merger.open "
    "merger.undo merger.undo_sure person.back person.edit person.end person.hand person.left person.move person.page "
    "person.position person.role person.veil person.veil_sure revoke.person revoke.sure sheet.merger sheet.person "
    "tasks.by tasks.take unit.ask unit.edit unit.head unit.heads unit.open unit.tops units.sheet units.take"
)
"""These show people, units, days and packages: no task that is open."""
NOT_READING = (OWN, OPENED, MOVES, OFFICE)
NOTES = "reads"
"""The method of a `Turn` that writes a line of the access log."""


def handlers() -> dict[str, Handler]:
    """Return every handler by its command with a slash, or by the kind of its button."""
    return {f"/{name}": handler for name, handler in COMMANDS.items()} | BUTTONS


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a function's code with that of the functions written within it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from codes(one)


def names(function: FunctionType) -> set[str]:
    return {name for code in codes(function.__code__) for name in code.co_names}


def called(function: FunctionType) -> Iterator[object]:
    """Yield what a function of the chat may call in the chat: by name, in a module, or in a table."""
    said = names(function)
    for name in said:
        found = function.__globals__.get(name)
        if isinstance(found, ModuleType) and found.__name__.startswith("bot.chat"):
            yield from (getattr(found, one, None) for one in said)
        elif isinstance(found, dict):
            yield from found.values()
        else:
            yield found


def may_read(handler: object) -> bool:
    """Tell whether a handler can come to a line of the access log."""
    seen: set[FunctionType] = set()
    waiting = [handler]
    while waiting:
        one = waiting.pop()
        one = one.func if isinstance(one, partial) else one
        if (
            not isinstance(one, FunctionType)
            or one in seen
            or not one.__module__.startswith("bot.chat")
        ):
            continue
        if NOTES in names(one):
            return True
        seen.add(one)
        waiting += called(one)
    return False


def test_every_command_and_button_stands_in_one_table() -> None:
    tables = [READING, *NOT_READING]
    assert sum(map(len, tables)) == len(frozenset().union(*tables)), "one stands in two tables"
    assert frozenset().union(*tables) == handlers().keys()


def test_what_reads_writes_the_access_log_and_nothing_else_does() -> None:
    noting = {name for name, handler in handlers().items() if may_read(handler)}
    assert noting == READING
