### an encoder in eval mode gives 0 at the padding, before its last norm
import torch
from torch import nn
torch.manual_seed(0)
x, pad = torch.randn(2, 6, 16), torch.arange(6)[None] >= torch.tensor([[6], [4]])
for norm in (None, nn.LayerNorm(16, elementwise_affine=True)):
    encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 4, 32, 0.1, batch_first=True), 2, norm).eval()
    with torch.no_grad():
        print(encoder(x, src_key_padding_mask=pad)[1, 3:, :4])
### where gradients are wanted, a mask is given or the padding comes first, the padding is computed
import torch
from torch import nn
torch.manual_seed(1)
x, pad = torch.randn(2, 6, 16), torch.arange(6)[None] >= torch.tensor([[6], [4]])
encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 4, 32, 0.1, batch_first=True), 2).eval()
print(encoder(x, src_key_padding_mask=pad)[1, 3:, :4])
with torch.no_grad():
    print(encoder(x, src_key_padding_mask=pad.flip(1))[1, :2, :4])
    print(encoder(x, mask=torch.ones(6, 6).triu(1).bool(), src_key_padding_mask=pad)[1, 3:, :4])
    print(encoder(x)[1, 3:, :4])
    print(encoder.train()(x, src_key_padding_mask=pad).shape)
for layer, words in ((nn.TransformerEncoderLayer(16, 4, 32, norm_first=True, batch_first=True), {}),
                     (nn.TransformerEncoderLayer(16, 4, 32), {}),
                     (nn.TransformerEncoderLayer(16, 4, 32, batch_first=True), {'enable_nested_tensor': False})):
    encoder = nn.TransformerEncoder(layer, 1, **words).eval()
    with torch.no_grad():
        y = encoder(x if layer.self_attn.batch_first else x.transpose(0, 1), src_key_padding_mask=pad)
    print((y == 0).any().item(), y[-1, -1, :4])
