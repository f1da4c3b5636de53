"""The Telegram channel: the assistant's vocabulary in, Telegram messages out."""
