"""Lets ``python -m bot`` do what ``dafu`` does."""

import sys

from bot.cli import main

sys.exit(main())
