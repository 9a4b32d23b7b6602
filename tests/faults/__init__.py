"""What goes wrong around the bot, each by itself; `make faults` runs the long forms."""
