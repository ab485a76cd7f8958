"""The models that qkv ships, with Hugging Face's names for every tensor: GPT and BERT are twins (the
same sizes; mask, place of the norms, GELU and objective differ), GPT without its feed-forward
layers (attention_only) is what induction is shown on."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class Config:
    """The keys of a config.json, as attributes."""

    def __init__(self, **keys):
        self.keys = keys
        for name, value in keys.items():
            setattr(self, name, value)


def gpt_config(vocab, n, d, layers, heads, attention_only=False):
    keys = dict(architectures=['GPT2LMHeadModel'], model_type='gpt2', vocab_size=vocab, n_positions=n,
                n_ctx=n, n_embd=d, n_layer=layers, n_head=heads, activation_function='gelu_new',
                layer_norm_epsilon=1e-5, tie_word_embeddings=not attention_only,
                torch_dtype='float16')
    if attention_only:
        keys.update(attention_only=True, n_inner=0)
    return Config(**keys)


def bert_config(vocab, n, d, layers, heads):
    return Config(architectures=['BertForMaskedLM'], model_type='bert', vocab_size=vocab,
                  max_position_embeddings=n, hidden_size=d, num_hidden_layers=layers,
                  num_attention_heads=heads, intermediate_size=4 * d, hidden_act='gelu',
                  layer_norm_eps=1e-12, type_vocab_size=2, pad_token_id=0, tie_word_embeddings=True,
                  torch_dtype='float16')


def heads_of(x, h):
    """(B, n, d) -> (B, h, n, d / h)"""
    return x.unflatten(-1, (h, -1)).transpose(1, 2)


def attend(q, k, v, causal, keep=None):
    """The mixed values, heads side by side again; with a list `keep` also the weights, into it."""
    if keep is not None:
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        if causal:
            ones = torch.ones(scores.shape[-2:], dtype=torch.bool)
            scores = scores.masked_fill(torch.triu(ones, 1), -math.inf)
        keep.append(torch.softmax(scores, -1))
        out = keep[-1] @ v
    else:
        out = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
    return out.transpose(1, 2).flatten(2)


# ---- GPT-2: causal, norms in front, tanh GELU ----------------------------------------------------


class Conv1D(nn.Module):
    """x W + b with W (in, out): a linear layer as GPT-2 stores it."""

    def __init__(self, d_in, d_out):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(d_in, d_out))
        self.bias = nn.Parameter(torch.zeros(d_out))

    def forward(self, x):
        return torch.addmm(self.bias, x.flatten(0, 1), self.weight).unflatten(0, x.shape[:2])


class GPTAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.h = c.n_head
        self.c_attn = Conv1D(c.n_embd, 3 * c.n_embd)
        self.c_proj = Conv1D(c.n_embd, c.n_embd)

    def forward(self, x, keep):
        q, k, v = (heads_of(t, self.h) for t in self.c_attn(x).chunk(3, -1))
        return self.c_proj(attend(q, k, v, True, keep))


class GPTFeedForward(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c_fc = Conv1D(c.n_embd, 4 * c.n_embd)
        self.c_proj = Conv1D(4 * c.n_embd, c.n_embd)

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x), approximate='tanh'))


class GPTBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.ln_1 = nn.LayerNorm(c.n_embd, c.layer_norm_epsilon)
        self.attn = GPTAttention(c)
        self.mlp = None
        if 'attention_only' not in c.keys:
            self.ln_2 = nn.LayerNorm(c.n_embd, c.layer_norm_epsilon)
            self.mlp = GPTFeedForward(c)

    def forward(self, x, keep=None):
        x = x + self.attn(self.ln_1(x), keep)
        return x if self.mlp is None else x + self.mlp(self.ln_2(x))


class GPT(nn.Module):
    """ids (B, n) -> logits (B, n, V): position i says what comes at i + 1."""

    def __init__(self, c):
        super().__init__()
        self.config = c
        self.transformer = nn.Module()
        self.transformer.wte = nn.Embedding(c.vocab_size, c.n_embd)
        self.transformer.wpe = nn.Embedding(c.n_positions, c.n_embd)
        self.transformer.h = nn.ModuleList([GPTBlock(c) for _ in range(c.n_layer)])
        self.transformer.ln_f = nn.LayerNorm(c.n_embd, c.layer_norm_epsilon)
        if not c.tie_word_embeddings:
            self.lm_head = nn.Linear(c.n_embd, c.vocab_size, bias=False)
        begin(self, c.n_layer)

    def states(self, ids, weights=None):
        """What every layer makes of the ids: the embeddings first, the last one normed."""
        t = self.transformer
        found = [t.wte(ids) + t.wpe.weight[:ids.shape[1]]]
        for block in t.h:
            found.append(block(found[-1], weights))
        found[-1] = t.ln_f(found[-1])
        return found

    def forward(self, ids, weights=None):
        tied = self.config.tie_word_embeddings
        head = self.transformer.wte if tied else self.lm_head
        return self.states(ids, weights)[-1] @ head.weight.T


# ---- BERT: sees both sides, norms behind, GELU with erf ------------------------------------------


class BertSelf(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.h = h
        self.query, self.key, self.value = nn.Linear(d, d), nn.Linear(d, d), nn.Linear(d, d)

    def forward(self, x, keep):
        q, k, v = (heads_of(f(x), self.h) for f in (self.query, self.key, self.value))
        return attend(q, k, v, False, keep)


class BertOutput(nn.Module):
    """LayerNorm(x + dense(y))"""

    def __init__(self, d_in, d, eps):
        super().__init__()
        self.dense = nn.Linear(d_in, d)
        self.LayerNorm = nn.LayerNorm(d, eps)

    def forward(self, x, y):
        return self.LayerNorm(x + self.dense(y))


class BertLayer(nn.Module):
    def __init__(self, c):
        super().__init__()
        d, eps = c.hidden_size, c.layer_norm_eps
        self.attention = nn.Module()
        self.attention.self = BertSelf(d, c.num_attention_heads)
        self.attention.output = BertOutput(d, d, eps)
        self.intermediate = nn.Module()
        self.intermediate.dense = nn.Linear(d, c.intermediate_size)
        self.output = BertOutput(c.intermediate_size, d, eps)

    def forward(self, x, keep=None):
        x = self.attention.output(x, self.attention.self(x, keep))
        return self.output(x, F.gelu(self.intermediate.dense(x)))


class BERT(nn.Module):
    """ids (B, n) -> logits (B, n, V): position i says what stands at i."""

    def __init__(self, c):
        super().__init__()
        self.config = c
        d, eps = c.hidden_size, c.layer_norm_eps
        self.bert, self.cls = nn.Module(), nn.Module()
        e = self.bert.embeddings = nn.Module()
        e.word_embeddings = nn.Embedding(c.vocab_size, d)
        e.position_embeddings = nn.Embedding(c.max_position_embeddings, d)
        e.token_type_embeddings = nn.Embedding(c.type_vocab_size, d)
        e.LayerNorm = nn.LayerNorm(d, eps)
        self.bert.encoder = nn.Module()
        self.bert.encoder.layer = nn.ModuleList([BertLayer(c) for _ in range(c.num_hidden_layers)])
        self.cls.predictions = nn.Module()
        self.cls.predictions.transform = nn.Module()
        self.cls.predictions.transform.dense = nn.Linear(d, d)
        self.cls.predictions.transform.LayerNorm = nn.LayerNorm(d, eps)
        self.cls.predictions.bias = nn.Parameter(torch.zeros(c.vocab_size))
        begin(self, c.num_hidden_layers)

    def states(self, ids, weights=None):
        """What every layer makes of the ids: the embeddings first."""
        e = self.bert.embeddings
        x = (e.word_embeddings(ids) + e.position_embeddings.weight[:ids.shape[1]] +
             e.token_type_embeddings.weight[0])
        found = [e.LayerNorm(x)]
        for layer in self.bert.encoder.layer:
            found.append(layer(found[-1], weights))
        return found

    def forward(self, ids, weights=None):
        p, x = self.cls.predictions, self.states(ids, weights)[-1]
        x = p.transform.LayerNorm(F.gelu(p.transform.dense(x)))
        return x @ self.bert.embeddings.word_embeddings.weight.T + p.bias


def waves(n, d, base=10000.0):
    """Sines and cosines (n, d) of places, Vaswani et al. 2017: a turn of them is the place before, so
    that a head finds it within a few hundred steps; learned from there."""
    angle = torch.arange(n).float()[:, None] * base ** (-torch.arange(0, d, 2).float() / d)
    return torch.stack([torch.sin(angle), torch.cos(angle)], -1).flatten(1)


def begin(model, layers, std=0.1):
    """The start: weights from N(0, std), those that add to the stream less by 1/sqrt(2 layers), waves
    for places, biases 0. (GPT-2's own std, 0.02, leaves so small a model a plateau of many steps.)"""
    for name, p in model.named_parameters():
        if 'wpe' in name or 'position' in name:
            with torch.no_grad():
                p.copy_(0.1 * waves(*p.shape))
        elif p.dim() == 2:
            adds = 'c_proj' in name or 'output.dense' in name
            nn.init.normal_(p, 0, std / math.sqrt(2 * layers) if adds else std)
        elif 'bias' in name:
            nn.init.zeros_(p)
