### is_causal without a mask
import torch, torch.nn as nn
x = torch.zeros(3, 2, 4)
for layer in (nn.MultiheadAttention(4, 2), nn.TransformerEncoderLayer(4, 2, 8),
              nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8), 2)):
    for mode in layer.train(), layer.eval():
        try:
            mode(*([x] * 3 if isinstance(layer, nn.MultiheadAttention) else [x]), is_causal=True)
        except RuntimeError as e:
            print(e)
decoder = nn.TransformerDecoderLayer(4, 2, 8)
for f, names in ((decoder, ('tgt_is_causal', 'memory_is_causal')),
                 (nn.TransformerDecoder(decoder, 2), ('tgt_is_causal', 'memory_is_causal')),
                 (nn.Transformer(4, 2, 1, 1, 8), ('src_is_causal', 'tgt_is_causal', 'memory_is_causal'))):
    for name in names:
        try:
            f(x, x, **{name: True})
        except RuntimeError as e:
            print(name, e)
### is_causal with the causal mask is what the mask does
import torch, torch.nn as nn
torch.manual_seed(0)
x = torch.randn(3, 2, 4)
m = nn.MultiheadAttention(4, 2)
float_mask = nn.Transformer.generate_square_subsequent_mask(3)
for mask in float_mask, float_mask < 0, float_mask.clamp(min=-1e9), float_mask.expand(4, 3, 3):
    for need in True, False:
        print(torch.equal(m(x, x, x, attn_mask=mask, need_weights=need)[0],
                          m(x, x, x, attn_mask=mask, need_weights=need, is_causal=True)[0]))
enc = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8), 2).eval()
print(torch.equal(enc(x, mask=float_mask), enc(x, mask=float_mask, is_causal=True)))
### is_causal with another mask
import torch, torch.nn as nn
x = torch.zeros(3, 2, 4)
biased = nn.Transformer.generate_square_subsequent_mask(3) + torch.arange(3)
for mask in torch.zeros(3, 3), torch.ones(3, 3).tril().bool(), torch.zeros(4, 3, 3), biased:
    for layer in (lambda **kw: nn.MultiheadAttention(4, 2)(x, x, x, attn_mask=mask, **kw),
                  lambda **kw: nn.TransformerEncoderLayer(4, 2, 8)(x, src_mask=mask, **kw)):
        try:
            layer(is_causal=True)
        except RuntimeError as e:
            print(e)
### integer masks of scaled_dot_product_attention
import torch, torch.nn.functional as F
q = torch.zeros(1, 2, 3, 4)
for dtype in torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.float64, torch.float16, torch.bfloat16:
    for p in 0.0, 0.5:
        try:
            F.scaled_dot_product_attention(q, q, q, attn_mask=torch.zeros(3, 3, dtype=dtype), dropout_p=p)
        except RuntimeError as e:
            print(e)
for dtype in torch.bool, torch.float32, torch.float64:
    d = torch.float64 if dtype == torch.float64 else torch.float32
    p = q.to(d)
    print(F.scaled_dot_product_attention(p, p, p, attn_mask=torch.ones(3, 3, dtype=dtype)).dtype)
### a mask of other sizes than the scores
import torch, torch.nn.functional as F
q = torch.zeros(1, 2, 3, 4)
for shape in (4,), (3, 4), (2, 3), (5, 1, 3, 3), (2, 2, 3, 3), (3, 3, 3), (1, 1, 1, 3, 3):
    for p in 0.0, 0.5:
        try:
            print(F.scaled_dot_product_attention(q, q, q, attn_mask=torch.ones(shape), dropout_p=p).shape)
        except RuntimeError as e:
            print(e)
### bytes as a mask are taken with a warning
import torch, torch.nn as nn
torch.manual_seed(0)
x = torch.randn(3, 1, 4)
mask = torch.ones(3, 3, dtype=torch.uint8).triu(1)
print(nn.MultiheadAttention(4, 2)(x, x, x, attn_mask=mask)[1])
### gradients that Embedding does not make
import torch.nn as nn, torch
for kw in {'sparse': True}, {'scale_grad_by_freq': True}:
    try:
        nn.Embedding(3, 2, **kw)(torch.tensor([1]))
    except NotImplementedError as e:
        print(e)
### layers on another device
import torch.nn as nn
for f in (lambda d: nn.Linear(2, 2, device=d), lambda d: nn.Embedding(2, 2, device=d), lambda d: nn.LayerNorm(2, device=d),
          lambda d: nn.RMSNorm(2, device=d), lambda d: nn.GroupNorm(1, 2, device=d), lambda d: nn.BatchNorm1d(2, device=d),
          lambda d: nn.Conv1d(2, 2, 1, device=d), lambda d: nn.LSTM(2, 2, device=d), lambda d: nn.GRUCell(2, 2, device=d),
          lambda d: nn.MultiheadAttention(2, 1, device=d), lambda d: nn.Transformer(2, 1, 1, 1, 2, device=d)):
    f('cpu')
    try:
        f('cuda')
    except RuntimeError as e:
        print(e)
### integer masks
# masks of 0 and 1 as integers: refused (or, as bytes, taken for bool), never added to the scores
import torch, torch.nn as nn
torch.manual_seed(0)
m = nn.MultiheadAttention(4, 2, batch_first=True)
x = torch.randn(1, 3, 4)
for kw in (dict(key_padding_mask=torch.tensor([[0, 0, 1]])), dict(key_padding_mask=torch.tensor([[0, 0, 1]], dtype=torch.uint8)),
           dict(attn_mask=torch.tensor([[0, 0, 1]] * 3)), dict(attn_mask=torch.tensor([[0, 0, 1]] * 3, dtype=torch.uint8))):
    try:
        print(m(x, x, x, **kw)[1][0, 0].detach())
    except AssertionError as e:
        print(e)
### a mask of floats
import torch
try: torch.zeros(2).masked_fill(torch.tensor([.5, 0.]), -1)
except RuntimeError as e: print(e)
torch.zeros(2).masked_fill_(torch.tensor([float('-inf'), 0.]), -1)
