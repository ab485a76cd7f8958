"""Writes tests/check_tensor_tables.h: every pointwise operation and conversion on every dtype, as
PyTorch computes it. No random numbers. Run with an interpreter that has torch:

    python3 -P tests/refs/tensor_tables.py > tests/check_tensor_tables.h

(-P: a numpy.py stands beside this file.)

What PyTorch's CPU kernels do not implement (most of float16) is left out.
"""
import re
import warnings

import torch
import torch.nn.functional as F

warnings.filterwarnings("ignore")
NAMES = "BOOL U8 I8 I16 I32 I64 F16 BF16 F32 F64 C64".split()
DTYPES = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
          torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64]
A = [-2.75, -0.5, 0.0, 1.0, 3.0, 100.0]
B = [2.0, -3.0, 1.0, 1.0, 2.0, 7.0]
IMAG_A = [0.5, -1.0, 0.0, 2.0, 0.0, -0.25]
IMAG_B = [1.0, 0.0, -2.0, 0.5, 0.0, 3.0]
OTHER = {
    "logsigmoid": F.logsigmoid, "silu": F.silu, "gelu": F.gelu, "softplus": F.softplus,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "leaky_relu": F.leaky_relu,
    "elu": F.elu, "mish": F.mish, "hardtanh": F.hardtanh, "relu6": F.relu6,
    "hardsigmoid": F.hardsigmoid, "hardswish": F.hardswish,
    "conj": lambda x: torch.conj(x).resolve_conj(),
    "div_trunc": lambda a, b: torch.div(a, b, rounding_mode="trunc"),
    "floor_divide": lambda a, b: torch.div(a, b, rounding_mode="floor"),
}


def operand(dt, values, imag):
    if dt.is_complex:
        return torch.complex(torch.tensor(values), torch.tensor(imag))
    t = torch.tensor(values, dtype=torch.float64)
    return t.abs().to(dt) if dt == torch.uint8 else t.to(dt)


def text(t):
    if t.is_complex():
        t = torch.view_as_real(t)
    digits = 17 if t.dtype == torch.float64 else 9
    return " ".join("%.*g" % (digits, float(v)) for v in t.reshape(-1).tolist())


def row(fields, want):
    head = "    {%s, DT_%s," % (", ".join(fields), NAMES[DTYPES.index(want.dtype)])
    line = '%s "%s"},' % (head, text(want))
    if len(line) <= 100:
        print(line)
        return
    print(head)
    words, lines = text(want).split(" "), []
    while words:
        part = []
        while words and len(" ".join(part + words[:1])) < 88:
            part.append(words.pop(0))
        lines.append(" ".join(part) + (" " if words else ""))
    print("\n".join('     "%s"' % part for part in lines) + "},")


def operations(header, macro):
    body = header[header.index("#define " + macro):]
    body = body[: body.index("\n\n")]
    return re.findall(r'X\((\w+), "(\w+)",', body)


header = open("src/tensor/pointwise.h").read()
print("/* Made by tests/refs/tensor_tables.py with PyTorch %s; not edited. */\n/* clang-format off */"
      % torch.__version__)
print("static const UnaryCase unary_table[] = {")
for ident, name in operations(header, "UNARY_OPS"):
    f = OTHER.get(name) or getattr(torch, name)
    for dt, dn in zip(DTYPES, NAMES):
        try:
            want = f(operand(dt, A, IMAG_A))
        except RuntimeError:
            continue
        row(["UN_" + ident, "DT_" + dn], want)
print("};\nstatic const BinaryCase binary_table[] = {")
for ident, name in operations(header, "BINARY_OPS"):
    f = OTHER.get(name) or getattr(torch, name)
    for dt, dn in zip(DTYPES, NAMES):
        shift = name.endswith("shift")
        b = operand(dt, [abs(v) for v in B] if shift or name == "pow" else B, IMAG_B)
        try:
            want = f(operand(dt, A, IMAG_A), b)
        except RuntimeError:
            continue
        row(["BIN_" + ident, "DT_" + dn], want)
print("};\nstatic const CastCase cast_table[] = {")
for a, an in zip(DTYPES, NAMES):
    for b in DTYPES:
        row(["DT_" + an], operand(a, A, IMAG_A).to(b))
print("};")
