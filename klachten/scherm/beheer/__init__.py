"""The screen of who keeps the organisation: people, lists and its own data, each change with what it touches."""
