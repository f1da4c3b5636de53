"""Migrations shipped with the package, and which of them is the newest.

The list stands here so that a start at head need not load Alembic; a test holds it
against Alembic's own reading of the scripts.
"""

REVISIONS = ("0001", "0002")
HEAD = REVISIONS[-1]
