"""A tiny sentence model in a folder, its ONNX file written by hand: a table of vectors, one for each character."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from random import Random

from tokenizers import Tokenizer, models, pre_tokenizers

FLOAT, INT64 = 1, 7
SPECIAL = ["[PAD]", "[UNK]"]


def made(folder: Path, characters: str, size: int = 32, pooling: str = "mean", seed: int = 1) -> Path:
    """The folder, filled as sentence models are published."""
    folder.mkdir(parents=True)
    vocabulary = {one: number for number, one in enumerate([*SPECIAL, *dict.fromkeys(characters)])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    random = Random(seed)
    table = [[random.gauss(0, 1) for _ in range(size)] for _ in vocabulary]
    (folder / "model.onnx").write_bytes(_model(table))
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({f"pooling_mode_{pooling}": True}), "utf-8")
    return folder


def _model(table: list[list[float]]) -> bytes:
    """A ModelProto: `last_hidden_state` is the table's row for each of `input_ids`."""
    flat = struct.pack(f"<{len(table) * len(table[0])}f", *(one for row in table for one in row))
    tensor = (
        _number(1, len(table)) + _number(1, len(table[0])) + _number(2, FLOAT) + _text(8, "table") + _bytes(9, flat)
    )
    node = _text(1, "table") + _text(1, "input_ids") + _text(2, "last_hidden_state") + _text(4, "Gather")
    inputs = _bytes(11, _value("input_ids", INT64, 2)) + _bytes(11, _value("attention_mask", INT64, 2))
    output = _bytes(12, _value("last_hidden_state", FLOAT, 3))
    graph = _bytes(1, node) + _text(2, "tiny") + _bytes(5, tensor) + inputs + output
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 17))


def _value(name: str, kind: int, places: int) -> bytes:
    shape = b"".join(_bytes(1, _text(2, f"{name}{place}")) for place in range(places))
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def _number(field: int, number: int) -> bytes:
    return _varint(field << 3) + _varint(number)


def _bytes(field: int, raw: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(raw)) + raw


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())
