"""Đôn Đốc: a sentence becomes a task that is chased until it is done. The map of the house:

rules/       what is allowed and what follows: plain functions; no database, no Telegram, no clock
language/    Vietnamese text in, meaning out: deadlines, people, units, documents, assignments
actions/     all the program can do: one function, one transaction, one line of history
chat/        what people press, type and read; begin with routes.py, which lists every handler
delivery/    what comes in and what goes out: inbox, outbox, limiter, Telegram, the web, alarm
readers/     files that people send, read in a process of their own
documents/   files for people
commands/    what an operator types: a file for each group of commands, and what they do at a terminal
playground/  try it without an account: an emulator of the Bot API and a messenger in the browser

app.py builds the program once, with the office of configured.py; opening.py the database and its place there,
nights.py what keeps that safe; arrivals.py how updates come in, looks.py what the clock begins, serving.py, what HTTP
serves; memory.py, what the program has of the machine's; watchdog.py ends one that stands still; stopping.py, how all
of it ends; __main__.py lists the commands; config.py the settings, office_database.py the database they name, or why
it cannot be used; traces.py and office_anchors.py what tells of an office beside it; clock.py alone asks what time it is;
refusals.py has every "no"; letters.py folds tone marks. storage/, beside this folder, holds the SQL and knows
nothing of it. tests/test_map.py holds who may import whom.
"""
