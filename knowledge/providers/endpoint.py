"""Embeddings from any OpenAI-compatible endpoint, through langchain-openai."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.errors import ModelUnavailable
from knowledge.ports import Vector

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings


class EndpointEmbedder:
    """Embeds with a model at ``base_url``; its dimension is learned from the first vector."""

    def __init__(
        self, *, model: str, api_key: str, base_url: str | None, timeout: float = 30.0
    ) -> None:
        """Take the endpoint's coordinates; nothing is called yet. ``timeout`` is in seconds."""
        self._model = model
        self._api_key = api_key
        self._base_url = base_url
        self._timeout = timeout
        self._client: OpenAIEmbeddings | None = None
        self._dimensions: int | None = None

    @property
    def model(self) -> str:
        """The model's name at the endpoint."""
        return self._model

    @property
    def dimensions(self) -> int:
        """Length of every vector; asks the endpoint once.

        Raises:
            ModelUnavailable: the endpoint does not answer.
        """
        if self._dimensions is None:
            self._dimensions = len(self.embed_query("."))
        return self._dimensions

    def embed_query(self, text: str) -> Vector:
        """Vector of a question.

        Raises:
            ModelUnavailable: the endpoint does not answer.
        """
        return self.embed_passages([text])[0]

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Vectors of passages, in order.

        Raises:
            ModelUnavailable: the endpoint does not answer, or answers with too few vectors.
        """
        from openai import OpenAIError

        try:
            vectors = self._connect().embed_documents(list(texts))
        except OpenAIError as error:
            raise ModelUnavailable(
                "model.embedding_unavailable", model=self._model, error=type(error).__name__
            ) from error
        if len(vectors) != len(texts):
            raise ModelUnavailable("model.embedding_unavailable", model=self._model, error="count")
        return vectors

    def _connect(self) -> OpenAIEmbeddings:
        if self._client is None:
            from langchain_openai import OpenAIEmbeddings
            from pydantic import SecretStr

            # Length checks would download tokenizer tables; passages are short anyway.
            self._client = OpenAIEmbeddings(
                model=self._model,
                api_key=SecretStr(self._api_key),
                base_url=self._base_url,
                timeout=self._timeout,
                max_retries=2,
                check_embedding_ctx_length=False,
            )
        return self._client
