"""The knowledge package's error tree, split by who must act.

KnowledgeError
├── InputRefused        the user: a file or question cannot be taken as it is
├── IndexUnavailable    the operator: an index cannot be opened or is locked for too long
├── ModelUnavailable    the operator: an embedding or chat model does not answer
└── CitationBroken      the developer: a quote differs from the text it claims to quote
"""


class KnowledgeError(Exception):
    """Anything this package refuses to do, with a stable code for catalogues.

    Args:
        code: catalogue key of the sentence shown to the user, e.g. ``file.empty``.
        **details: values for the sentence's placeholders; never secrets.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class InputRefused(KnowledgeError):
    """A file or question that cannot be taken; the user can do something about it."""


class IndexUnavailable(KnowledgeError):
    """An index that cannot be opened, or whose writer lock another process keeps."""


class ModelUnavailable(KnowledgeError):
    """An embedding or chat model that does not answer."""


class CitationBroken(KnowledgeError):
    """A quote that is not the stored text at its offsets."""
