"""What the use cases need from the outside, as Protocols cut by need."""

from knowledge.ports.changes import ChangeLog, PassageSource
from knowledge.ports.files import FileMember, Reader, ReadingProgress
from knowledge.ports.indexes import DenseIndex, LexicalIndex, Search
from knowledge.ports.library import Library, VectorStore
from knowledge.ports.models import Clock, Embedder
from knowledge.ports.record import TurnLog
from knowledge.ports.vectors import Progress, Vector

__all__ = [
    "ChangeLog",
    "Clock",
    "DenseIndex",
    "Embedder",
    "FileMember",
    "LexicalIndex",
    "Library",
    "PassageSource",
    "Progress",
    "Reader",
    "ReadingProgress",
    "Search",
    "TurnLog",
    "Vector",
    "VectorStore",
]
