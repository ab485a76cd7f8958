/* The arguments that fuzz_calls tries, by kind, one a line. `x` is a tensor of the program's own,
 * so that arguments can be the same tensor, a view of it or of its size. */
#include "config.h"

#include "calls.h"

const char call_preamble[] =
    "import math, torch, copy, itertools, collections, functools, einops, qkv\n"
    "import numpy as np, torch.nn as nn, torch.nn.functional as F\n"
    "from math import inf, nan\n";

static const char tensors[] = "x\nx\nx\nx\nx.t()\nx[0]\nx[:1]\nx[:0]\nx.detach()\nx[..., ::2]\n"
                              "x[None]\nx.reshape(-1)\nx.expand(3, *x.shape)\nx.new_zeros(3)\n"
                              "torch.ones_like(x)\ntorch.zeros_like(x, dtype=torch.int64)\n"
                              "torch.ones_like(x, dtype=torch.bool)\ntorch.randn(2, 3)\n"
                              "torch.randn(x.size(0))\ntorch.randn(x.size(-1) + 1)\n"
                              "torch.zeros(x.size(-1), dtype=torch.int64)\n"
                              "torch.ones(1).expand(4, 4)\n"
                              "torch.zeros(1).expand(10**6, 10**6)\n"
                              "torch.arange(12).reshape(3, 4).t()\n"
                              "torch.randn(4, 6)[:, ::2]\n"
                              "torch.empty(0)\n"
                              "torch.empty(0, 3)\n"
                              "torch.empty(3, 0)\n"
                              "torch.empty(2, 0, 3)\n"
                              "torch.tensor(2.5)\n"
                              "torch.tensor(3)\n"
                              "torch.tensor([3])\n"
                              "torch.tensor(True)\n"
                              "torch.randn(3, requires_grad=True)\n"
                              "torch.randn(2, 3, requires_grad=True)\n"
                              "torch.randn(2, 3, requires_grad=True) * 2\n"
                              "torch.randn(2, 3, 4)\n"
                              "torch.randn(2, 4, 3).transpose(1, 2)\n"
                              "torch.randn(2, 3, 4, 5)\n"
                              "torch.randn(1, 2, 1, 3, 1)\n"
                              "torch.randn(4, 4, dtype=torch.float64)\n"
                              "torch.randn(4, 4).half()\n"
                              "torch.randn(3, 3).bfloat16()\n"
                              "torch.tensor([1, 200, 0], dtype=torch.uint8)\n"
                              "torch.tensor([1, -128, 127], dtype=torch.int8)\n"
                              "torch.tensor([[1, -2**15]], dtype=torch.int16)\n"
                              "torch.tensor([[1, -2**31]], dtype=torch.int32)\n"
                              "torch.tensor([True, False, True])\n"
                              "torch.randn(2, 3) > 0\n"
                              "torch.randn(3, dtype=torch.complex64)\n"
                              "torch.tensor([nan, inf, -inf])\n"
                              "torch.tensor([[1e38, -1e38, 1e-45]])\n"
                              "torch.tensor([2**62, -9223372036854775807 - 1, 0])\n"
                              "torch.tensor([-1, 5, 2**40])\n"
                              "torch.tensor([0, 1, 2])\n"
                              "torch.tensor([[0, 1], [1, 0]])\n"
                              "torch.randn(10).as_strided((3, 4), (1, 2))\n"
                              "torch.randn(5).flip(0)\n"
                              "torch.full((3, 3), -inf)\n"
                              "torch.nn.Parameter(torch.randn(3, 3))\n"
                              "torch.randn(1, 1, 1, 1, 1, 1, 1, 1)\n"
                              "torch.eye(4)\n";

static const char arrays[] =
    "x.numpy()\nnp.arange(6.).reshape(2, 3)\nnp.zeros((0, 3))\n"
    "np.arange(12).reshape(3, 4).T\nnp.arange(10)[::-2]\nnp.array(5)\n"
    "np.array([True, False])\nnp.array([nan, inf])\n"
    "np.ones((2, 3), dtype=np.float32)\nnp.arange(3, dtype=np.uint8)\n"
    "np.array([1j, 2])\nnp.broadcast_to(np.ones(1), (3, 3))\n"
    "np.array([2**62, -9223372036854775807 - 1])\nnp.zeros((2, 0, 3))\nnp.eye(3)\n"
    "np.random.randn(2, 3, 4)\nnp.float32(1.5)\nnp.int64(7)\n"
    "np.array([[1, 2], [3, 4]])\nnp.array([])\n"
    "np.array([0, 1, 1], dtype=np.int8)\n"
    "np.broadcast_to(np.float64(0), (10**6, 10**6))\n";

static const char ints[] =
    "0\n1\n2\n3\n4\n-1\n-2\n-3\n5\n7\n8\n64\n255\n256\n2**31\n2**31 - 1\n-2**31\n"
    "2**32\n2**62\n9223372036854775807\n-9223372036854775807 - "
    "1\n-2**62\n10**9\nTrue\n10**6\n0\n1\n2\n-1\n";

static const char floats[] =
    "0.0\n1.0\n-1.0\n.5\n1e-45\n1e308\n-1e308\ninf\n-inf\nnan\n1e38\n-0.0\n"
    "1e-300\n0.1\n3\n-9223372036854775807 - 1\n2**53 + 1.\n1e20\n";

static const char bools[] = "True\nFalse\nTrue\nFalse\nNone\n2\n";

static const char strs[] =
    "''\n'mean'\n'sum'\n'none'\n'ij,jk->ik'\n'b (h d) -> b h d'\n'linear'\n"
    "'constant'\n'%s%d'\n'abc'\n'a\\x00é😀'\n'ab' * 10**4\n'float32'\n'same'\n"
    "'{:>9999}'\n'cpu'\n'i j -> j i'\n'(a b) c -> a b c'\n'...'\n'->'\n"
    "'reflect'\n'causal'\n'C'\n'fan_in'\n'relu'\n'weight'\n'{0.x!r:{1}}'\n"
    "'%*.*f'\n' \\t\\n'\n'1e999'\n'-0x_f'\n'nan'\n'\\ud800'\n'valid'\n";

static const char seqs[] =
    "()\n[]\n(2, 3)\n[0, 1]\n(0, 1)\n[[1, 2], [3, 4]]\n[[1], [2, 3]]\n(-1,)\n(2**31, 2**31)\n"
    "(2**62, 4)\n(9223372036854775807,)\n(-9223372036854775807 - 1, "
    "1)\n[None]\nrange(5)\nrange(2**62)\ntorch.Size([2, 3])\n"
    "(1,) * 70\n[x, x]\n(x, None)\n[x]\n(torch.randn(2), torch.randn(3))\nlist('abc')\n"
    "[1.5, nan]\niter([1, 2])\nitertools.count()\n{1: 2}.items()\n[1, 2, 3, 4]\n(0, 0)\n(1, 1)\n"
    "(1, 2, 1, 2)\n((0, 1), (1, 0))\n['a', 1, None]\n[[[]]]\n[True, False]\n(3, 0, 2)\n"
    "zip([1], [2])\nmap(print, [1])\n[(1, 2), (3, 4)]\nslice(None)\nslice(2**62, "
    "-9223372036854775807 - 1, -1)\n"
    "(slice(None, None, -1), None, ...)\nx.shape\n[np.ones(2), np.ones(2)]\n[2, 3]\n[0]\n";

static const char dtypes[] =
    "torch.float32\ntorch.float64\ntorch.float16\ntorch.bfloat16\ntorch.int64\ntorch.int32\n"
    "torch.int16\ntorch.int8\ntorch.uint8\ntorch.bool\ntorch.complex64\nnp.float32\nnp.int8\n"
    "float\nint\nbool\n'float32'\ncomplex\nobject\nnp.dtype('f8')\n";

static const char odd[] =
    "None\nprint\nstr\nint\nlist\ndict\ntorch\nnp\ntorch.nn\ntorch.Tensor\nlambda *a, **k: None\n"
    "lambda x: x\nlambda a, b=1: a\nobject()\n...\n{}\n{1: 2}\n{'a': torch.ones(2)}\n{'weight': "
    "x}\n"
    "set()\n{1, 2}\nNotImplemented\n1j\ncomplex(nan, inf)\ntorch.device('cpu')\ntorch.Generator()\n"
    "torch.nn.Linear(3, 3)\ntorch.nn.Linear\nValueError\nValueError('x')\ntype\n"
    "(i for i in range(3))\ntorch.ones(3).max(0)\ntorch.randn(2, 3).sort()\n"
    "torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], 0.1)\ntype('A', (), {})\n"
    "type('A', (torch.nn.Module,), {})()\ncollections.deque([1, 2])\ncollections.OrderedDict(a=1)\n"
    "functools.partial(print, 1)\nsuper\nmath.sqrt\nnp.float32\nqkv.mask('causal', 4)\n"
    "collections.namedtuple('P', 'a b')(1, 2)\ntorch.Size\nnp.ndarray\nNone\nNone\n";

const CallPool call_pools[] = {{'T', tensors}, {'A', arrays}, {'i', ints},
                               {'f', floats},  {'b', bools},  {'s', strs},
                               {'q', seqs},    {'d', dtypes}, {'o', odd}};
const int call_pool_count = sizeof call_pools / sizeof *call_pools;
