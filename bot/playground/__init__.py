"""Try the bot with no account: Telegram's Bot API over HTTP, and a messenger in the browser.

emulator      all the state: who there is, what was said, what waits for the bot
bot_api       what the bot calls: /bot<token>/<method>, with methods/ behind it
gestures      what a person can do in the app: say, press, start, block, upload
groups        groups and topics, the bot in and out of them, what privacy mode lets it hear
control       /play/...: gestures, clock, faults and readings over HTTP
phone         the client of /play for stories and tests, one Phone per person
page/         the messenger in the browser, a client of /play too
launch        the bot, the emulator and the page, started together
"""
