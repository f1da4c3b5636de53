"""What an error of ours is made of, and the knowledge package's tree, split by who must act.

CodedError                the root of every package's tree
KnowledgeError
├── InputRefused        the user: a file or question cannot be taken as it is
├── IndexUnavailable    the operator: an index cannot be opened or is locked for too long
├── ModelUnavailable    the operator: an embedding or chat model does not answer
└── CitationBroken      the developer: a quote differs from the text it claims to quote
"""


class CodedError(Exception):
    """A refusal with a stable code under which catalogues hold its sentence.

    Args:
        code: catalogue key of the sentence shown to the user, e.g. ``file.empty``.
        **details: values for the sentence's placeholders; never secrets.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class KnowledgeError(CodedError):
    """Anything this package refuses to do."""


class InputRefused(KnowledgeError):
    """A file or question that cannot be taken; the user can do something about it."""


class IndexUnavailable(KnowledgeError):
    """An index that cannot be opened, or whose writer lock another process keeps."""


class ModelUnavailable(KnowledgeError):
    """An embedding or chat model that does not answer."""


class CitationBroken(KnowledgeError):
    """A quote that is not the stored text at its offsets."""
