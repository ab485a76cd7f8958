"""An induction circuit with weights set by hand: what the scores must say is known exactly."""
import torch
from train.scores import head_scores
from train.twins import GPT, gpt_config


def say(ok, text):
    print('ok -' if ok else 'not ok -', text)


V, n = 12, 17
token, place, before, out = 0, V, V + n, 2 * V + n
d = 3 * V + n + 1  # even, for waves
model = GPT(gpt_config(V, n, d, 2, 1, attention_only=True))
eye = torch.eye(V)
with torch.no_grad():
    for p in model.parameters():
        if p.dim() == 2:
            p.zero_()
    t = model.transformer
    t.wte.weight[:, token:token + V] = eye
    t.wpe.weight[:, place:place + n] = torch.eye(n)
    first, second = t.h[0].attn, t.h[1].attn
    sharp = 300.0
    # Layer 1: place i asks for place i - 1 and brings the token from there into `before`
    for i in range(1, n):
        first.c_attn.weight[place + i, place + i - 1] = sharp
    first.c_attn.weight[place:place + n, d + place:d + place + n] = torch.eye(n)
    first.c_attn.weight[token:token + V, 2 * d + before:2 * d + before + V] = eye
    # Layer 2: a token asks for places with itself in `before` and brings the token from there into `out`
    second.c_attn.weight[token:token + V, before:before + V] = sharp * eye
    second.c_attn.weight[before:before + V, d + before:d + before + V] = eye
    second.c_attn.weight[token:token + V, 2 * d + out:2 * d + out + V] = eye
    for layer in (first, second):
        layer.c_proj.weight.copy_(torch.eye(d))
    model.lm_head.weight[:, out:out + V] = eye

torch.manual_seed(0)
r = torch.stack([torch.randperm(V - 1)[:8] + 1 for _ in range(20)])
ids = torch.cat([torch.zeros(20, 1, dtype=torch.long), r, r], 1)
behind, previous, right = head_scores(model, ids)
say(right == 1, f'the circuit goes on with every repeat ({right})')
say(behind[1, 0].item() > 1 - 1e-5, f'layer 2 looks behind the same token ({behind[1, 0].item()})')
say(previous[0, 0].item() > 1 - 1e-5, f'layer 1 looks at the place before ({previous[0, 0].item()})')
say(behind[0, 0].item() < 1e-5, 'layer 1 is no induction head')
with torch.no_grad():
    first.c_attn.weight[:, :d] = 0
behind, previous, right = head_scores(model, ids)
say(right < 0.5, f'without the look at the place before it fails ({right})')
say(behind[1, 0].item() < 0.3, 'and there is no induction head')
