"""The storage package's error tree, split by who must act.

StorageError
├── DatabaseUnavailable   the operator: the database cannot be reached, opened or locked in time
├── SchemaUnknown         the operator: the database was written by a newer program
├── ContentRefused        the user: a text holds characters that no database keeps
├── PersonUnknown         the operator: nobody has this id
└── AlreadyRecorded       the developer: a record with this id is kept already
"""

from knowledge.errors import CodedError, InputRefused


class StorageError(CodedError):
    """Anything this package refuses to do."""


class DatabaseUnavailable(StorageError):
    """A database that cannot be reached or opened, or whose lock another process keeps."""


class SchemaUnknown(StorageError):
    """A database whose schema this program does not know: a newer one wrote it."""


class ContentRefused(StorageError, InputRefused):
    """A text that the database cannot keep, e.g. one with NUL characters."""


class PersonUnknown(StorageError):
    """An id that belongs to nobody."""


class AlreadyRecorded(StorageError):
    """A record whose id is taken; records are written once."""
