### masks of every dtype and shape
import torch, torch.nn as nn
torch.manual_seed(0)
def show(name, f):
    try:
        print(' ', name, tuple(f().shape))
    except Exception as e:
        print(' ', name, type(e).__name__, e)
m, b = nn.MultiheadAttention(4, 2), nn.MultiheadAttention(4, 2, batch_first=True)
x, one = torch.randn(3, 2, 4), torch.randn(3, 4)
y = x.transpose(0, 1)
shapes = [(), (3,), (2,), (3, 2), (2, 3), (3, 3), (1, 3), (3, 1), (4, 3, 3), (2, 3, 3), (3, 3, 4),
          (1, 3, 3), (2, 2, 3, 3)]
for dtype in torch.bool, torch.float32, torch.float64, torch.int64:
    for shape in shapes:
        k = torch.zeros(shape).to(dtype)
        print(dtype, shape)
        show('padding', lambda: m(x, x, x, key_padding_mask=k)[0])
        show('attn', lambda: m(x, x, x, attn_mask=k)[0])
        show('batch_first', lambda: b(y, y, y, attn_mask=k)[0])
        show('padding of one', lambda: m(one, one, one, key_padding_mask=k)[0])
        show('attn of one', lambda: m(one, one, one, attn_mask=k)[0])
### masks of integers
import torch, torch.nn as nn
torch.manual_seed(0)
m = nn.MultiheadAttention(4, 2)
x = torch.randn(3, 2, 4)
for dtype in torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8:
    for name in 'attn_mask', 'key_padding_mask':
        mask = torch.zeros((3, 3) if name == 'attn_mask' else (2, 3), dtype=dtype)
        if dtype == torch.uint8 and name == 'attn_mask':
            continue
        try:
            m(x, x, x, **{name: mask})
            print('taken')
        except AssertionError as e:
            print(dtype, name, e)
### masks of layers
import torch, torch.nn as nn
torch.manual_seed(0)
def show(f):
    try:
        print(tuple(f().shape))
    except Exception as e:
        print(type(e).__name__, e)
enc = nn.TransformerEncoderLayer(4, 2, 8)
dec = nn.TransformerDecoderLayer(4, 2, 8)
encoder, decoder = nn.TransformerEncoder(enc, 2), nn.TransformerDecoder(dec, 2)
whole = nn.Transformer(4, 2, 1, 1, 8)
src, tgt = torch.randn(3, 2, 4), torch.randn(5, 2, 4)
good, turned = torch.zeros(2, 3).bool(), torch.zeros(3, 2).bool()
for pad in good, turned, good.long(), good.to(torch.uint8), good.float(), torch.zeros(2, 5).bool():
    show(lambda: enc(src, src_key_padding_mask=pad))
    show(lambda: encoder(src, src_key_padding_mask=pad))
    show(lambda: dec(tgt, src, memory_key_padding_mask=pad))
    show(lambda: dec(tgt, src, tgt_key_padding_mask=pad))
    show(lambda: decoder(tgt, src, memory_key_padding_mask=pad))
    show(lambda: whole(src, tgt, src_key_padding_mask=pad))
for mask in torch.zeros(3, 3), torch.zeros(5, 5), torch.zeros(5, 3), torch.zeros(3, 5), torch.zeros(5, 3).long():
    show(lambda: enc(src, src_mask=mask))
    show(lambda: dec(tgt, src, tgt_mask=mask))
    show(lambda: dec(tgt, src, memory_mask=mask))
    show(lambda: whole(src, tgt, tgt_mask=mask))
    show(lambda: whole(src, tgt, memory_mask=mask))
### inputs of Transformer that do not fit
import torch, torch.nn as nn
for first in False, True:
    t = nn.Transformer(4, 2, 1, 1, 8, batch_first=first)
    for a, b in (((3, 2, 4), (3, 3, 4)), ((3, 2, 4), (4, 2, 4)), ((3, 2, 5), (3, 2, 4)), ((3, 2, 4), (3, 2, 5))):
        try:
            print(t(torch.zeros(a), torch.zeros(b)).shape)
        except RuntimeError as e:
            print(e)
### queries, keys and values that do not fit
import torch, torch.nn as nn
m = nn.MultiheadAttention(4, 2)
k = nn.MultiheadAttention(4, 2, kdim=3, vdim=5)
x, one = torch.randn(3, 2, 4), torch.randn(3, 4)
for layer, args in ((m, (x, x[:2], x)), (m, (x, x, x[:, :1])), (m, (x, one, one)), (m, (one, x, x)),
                    (m, (x[0, 0], one, one)), (m, (x[None],) * 3), (m, (torch.zeros(3, 2, 5), x, x)),
                    (k, (x, torch.zeros(3, 2, 3), torch.zeros(3, 2, 5))),
                    (k, (x, torch.zeros(3, 2, 3), torch.zeros(4, 2, 5)))):
    try:
        print(layer(*args)[0].shape)
    except Exception as e:
        print(type(e).__name__, e)
### dtypes of float masks
import torch, torch.nn as nn
torch.manual_seed(0)
m = nn.MultiheadAttention(4, 2)
x = torch.randn(3, 2, 4)
mask = torch.full((3, 3), -1.5).triu(1)
for dtype in torch.float32, torch.float64, torch.float16:
    y, w = m(x, x, x, attn_mask=mask.to(dtype))
    print(y.dtype, y[2, 1].detach(), w[0].detach())
