"""Đôn Đốc: a sentence becomes a task that is chased until it is done. The map of the house:

rules/       what is allowed and what follows: plain functions; no database, no Telegram, no clock
language/    Vietnamese text in, meaning out: deadlines, people, units, documents, assignments
actions/     all the program can do: one function, one transaction, one line of history
chat/        what people press, type and read; begin with routes.py, which lists every handler
delivery/    what comes in and what goes out: inbox, outbox, limiter, Telegram, the web, alarm
readers/     files that people send, read in a process of their own
renderers/   files that the program writes for people: Word, PDF, Excel, packages
config/      the settings: `config.toml` and the environment
runtime/     wiring of the running program: start, schedule, nightly work, shutdown
seeding/     demonstration and load-test offices
commands/    what an operator types: a file for each group of commands, and what they do at a terminal
playground/  try it without an account: an emulator of the Bot API and a messenger in the browser

A thing has its room, of the same name, in every ring: actions/series, chat/series, storage/series. tests/test_rooms.py has
the rooms, tests/test_map.py who may import whom.

app.py builds the program once; __main__.py lists the commands; clock.py alone asks what time it is; refusals.py has every
"no"; folding.py folds tone marks; log.py writes the log. storage/, beside this folder, holds the SQL and knows nothing of
bot/.
"""
