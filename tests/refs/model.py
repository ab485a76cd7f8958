"""Writes the files in model/: what NumPy and PyTorch make, for check_model to read.

Run in tests/refs with an interpreter that has NumPy and PyTorch 1.13:  python3 -P model.py
(-P: numpy.py beside it is not NumPy)
Arrays have shape (2, 3, 4); element i in row-major order is 3 * i - 5 (bool: i % 3 == 0;
unsigned: 3 * i + 1; complex: (3 * i - 5) - i * 1j). Names say type, byte order, memory order.
"""
import io
import json
import os
import struct
import zipfile

import numpy as np
import torch

SHAPE = (2, 3, 4)
i = np.arange(24).reshape(SHAPE)


def values(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return i % 3 == 0
    if dtype.kind == "u":
        return (3 * i + 1).astype(dtype)
    if dtype.kind == "c":
        return ((3 * i - 5) - i * 1j).astype(dtype)
    return (3 * i - 5).astype(dtype)


def arrays():
    for code in "b1 u1 i1 i2 i4 i8 f2 f4 f8 c8".split():
        for order in "<>":
            for layout in "CF":
                if code.endswith("1") and order == ">":
                    continue
                name = f"{code}_{'big' if order == '>' else 'little'}_{layout}"
                yield name, np.asarray(values(order + code), order=layout)


def zip64(name, array):
    """An archive whose directory has its sizes and places in zip64 fields, as archives past 4 GiB do."""
    buf = io.BytesIO()
    np.save(buf, array)
    data = buf.getvalue()
    import zlib

    crc, n, raw = zlib.crc32(data), len(data), name.encode()
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 0, 0, 33, crc, 0xFFFFFFFF, 0xFFFFFFFF, len(raw), 20)
    local += raw + struct.pack("<HHQQ", 1, 16, n, n) + data
    extra = struct.pack("<HHQQQ", 1, 24, n, n, 0)
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 0, 0, 33, crc, 0xFFFFFFFF, 0xFFFFFFFF,
                          len(raw), len(extra), 0, 0, 0, 0, 0xFFFFFFFF) + raw + extra
    at = len(local)
    end64 = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1, 1, len(central), at)
    locator = struct.pack("<IIQI", 0x07064B50, 0, at + len(central), 1)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return local + central + end64 + locator + end


def safetensors(path, tensors):
    """By the format's description: 64 bits of header length, JSON, the elements."""
    header, data = {"__metadata__": {"made by": "model.py"}}, b""
    words = {torch.bool: "BOOL", torch.uint8: "U8", torch.int8: "I8", torch.int16: "I16", torch.int32: "I32",
             torch.int64: "I64", torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32",
             torch.float64: "F64"}
    for name, t in tensors.items():
        raw = (t.view(torch.int16) if t.dtype == torch.bfloat16 else t).numpy().tobytes()
        header[name] = {"dtype": words[t.dtype], "shape": list(t.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


os.makedirs("model", exist_ok=True)
os.chdir("model")
every = dict(arrays())
np.savez("stored.npz", **every)
np.savez_compressed("deflated.npz", **every)
with open("zip64.npz", "wb") as f:
    f.write(zip64("f4_little_C.npy", values("<f4")))
for version in (1, 2, 3):
    with open(f"v{version}.npy", "wb") as f:
        np.lib.format.write_array(f, values("<f4"), version=(version, 0))
np.save("fortran.npy", np.asfortranarray(values("<f8")))
np.save("scalar.npy", np.float64(2.5))
np.save("empty.npy", np.zeros((0, 3), np.int64))
np.save("line.npy", np.arange(5, dtype=np.float32))
np.save("record.npy", np.zeros(2, [("a", "<f4"), ("b", "<i4")]))
np.save("uint16.npy", np.zeros(2, np.uint16))
np.save("text.npy", np.array(["a", "bc"]))
names = dict(b1="bool", u1="uint8", i1="int8", i2="int16", i4="int32", i8="int64", f2="float16", f4="float32", f8="float64")
tensors = {f"{code}_little_C": torch.from_numpy(values("<" + code)) for code in names}
tensors["bf2_little_C"] = torch.from_numpy(values("<f4")).bfloat16()
tensors["h.0.attn.weight"] = torch.zeros(0, 3)
safetensors("torch.safetensors", tensors)
