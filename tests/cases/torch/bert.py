### BertSelfAttention with transpose_for_scores
import math
import torch
from torch import nn

class BertConfig:
    def __init__(self, hidden_size=12, num_attention_heads=3, attention_probs_dropout_prob=0.1, hidden_dropout_prob=0.1,
                 intermediate_size=24, layer_norm_eps=1e-12, vocab_size=20, max_position_embeddings=16, type_vocab_size=2):
        self.hidden_size = hidden_size
        self.num_attention_heads = num_attention_heads
        self.attention_probs_dropout_prob = attention_probs_dropout_prob
        self.hidden_dropout_prob = hidden_dropout_prob
        self.intermediate_size = intermediate_size
        self.layer_norm_eps = layer_norm_eps
        self.vocab_size = vocab_size
        self.max_position_embeddings = max_position_embeddings
        self.type_vocab_size = type_vocab_size

class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0:
            raise ValueError(
                f"The hidden size ({config.hidden_size}) is not a multiple of the number of attention "
                f"heads ({config.num_attention_heads})"
            )
        self.num_attention_heads = config.num_attention_heads
        self.attention_head_size = int(config.hidden_size / config.num_attention_heads)
        self.all_head_size = self.num_attention_heads * self.attention_head_size
        self.query = nn.Linear(config.hidden_size, self.all_head_size)
        self.key = nn.Linear(config.hidden_size, self.all_head_size)
        self.value = nn.Linear(config.hidden_size, self.all_head_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def transpose_for_scores(self, x: torch.Tensor) -> torch.Tensor:
        new_x_shape = x.size()[:-1] + (self.num_attention_heads, self.attention_head_size)
        x = x.view(*new_x_shape)
        return x.permute(0, 2, 1, 3)

    def forward(self, hidden_states, attention_mask=None, output_attentions=False):
        query_layer = self.transpose_for_scores(self.query(hidden_states))
        key_layer = self.transpose_for_scores(self.key(hidden_states))
        value_layer = self.transpose_for_scores(self.value(hidden_states))
        attention_scores = torch.matmul(query_layer, key_layer.transpose(-1, -2))
        attention_scores = attention_scores / math.sqrt(self.attention_head_size)
        if attention_mask is not None:
            attention_scores = attention_scores + attention_mask
        attention_probs = nn.functional.softmax(attention_scores, dim=-1)
        attention_probs = self.dropout(attention_probs)
        context_layer = torch.matmul(attention_probs, value_layer)
        context_layer = context_layer.permute(0, 2, 1, 3).contiguous()
        new_context_layer_shape = context_layer.size()[:-2] + (self.all_head_size,)
        context_layer = context_layer.view(new_context_layer_shape)
        return (context_layer, attention_probs) if output_attentions else (context_layer,)

torch.manual_seed(0)
attn = BertSelfAttention(BertConfig())
x = torch.randn(2, 4, 12)
mask = torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0]])
extended = (1.0 - mask[:, None, None, :].to(dtype=torch.float32)) * torch.finfo(torch.float32).min
print(extended)
ctx, probs = attn(x, extended, output_attentions=True)
print(ctx.shape, probs.shape)
print(probs[1, 2], ctx[1, 3])
attn.eval()
print(attn(x, extended)[0][0])
try:
    BertSelfAttention(BertConfig(hidden_size=10))
except ValueError as e:
    print(type(e).__name__, e)
### embeddings of three kinds and a pooled output
import torch, torch.nn as nn
class BertEmbeddings(nn.Module):
    def __init__(self, vocab=20, hidden=8, max_pos=10, types=2):
        super().__init__()
        self.word_embeddings = nn.Embedding(vocab, hidden, padding_idx=0)
        self.position_embeddings = nn.Embedding(max_pos, hidden)
        self.token_type_embeddings = nn.Embedding(types, hidden)
        self.LayerNorm = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.register_buffer("position_ids", torch.arange(max_pos).expand((1, -1)))
    def forward(self, input_ids, token_type_ids=None):
        input_shape = input_ids.size()
        seq_length = input_shape[1]
        if token_type_ids is None:
            token_type_ids = torch.zeros(input_shape, dtype=torch.long, device=input_ids.device)
        e = self.word_embeddings(input_ids) + self.token_type_embeddings(token_type_ids)
        e += self.position_embeddings(self.position_ids[:, :seq_length])
        return self.dropout(self.LayerNorm(e))
class Pooler(nn.Module):
    def __init__(self, hidden=8):
        super().__init__()
        self.dense = nn.Linear(hidden, hidden)
        self.activation = nn.Tanh()
    def forward(self, hidden_states):
        first_token_tensor = hidden_states[:, 0]
        return self.activation(self.dense(first_token_tensor))
torch.manual_seed(7)
emb, pool = BertEmbeddings().eval(), Pooler()
print(emb)
ids = torch.tensor([[2, 5, 9, 3, 0, 0], [2, 7, 3, 8, 4, 3]])
types = torch.tensor([[0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1]])
h = emb(ids, types)
print(h.shape, h.mean(-1).abs().max() < 1e-6, h[0, 4])
print(pool(h))
print(emb.word_embeddings.weight[0], emb.position_ids.shape, emb.position_ids.stride())
mask = (ids != 0).float().unsqueeze(-1)
mean_pooled = (h * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
print(mean_pooled)
print(nn.functional.cosine_similarity(mean_pooled[0], mean_pooled[1], dim=0).item() < 1)
### masked language modelling: 80 % mask, 10 % random, 10 % kept
import torch
MASK, PAD, CLS, SEP, VOCAB = 103, 0, 101, 102, 120
def mask_tokens(inputs, mlm_probability=0.5):
    labels = inputs.clone()
    probability_matrix = torch.full(labels.shape, mlm_probability)
    special_tokens_mask = (inputs == PAD) | (inputs == CLS) | (inputs == SEP)
    probability_matrix.masked_fill_(special_tokens_mask, value=0.0)
    masked_indices = torch.bernoulli(probability_matrix).bool()
    labels[~masked_indices] = -100
    indices_replaced = torch.bernoulli(torch.full(labels.shape, 0.8)).bool() & masked_indices
    inputs[indices_replaced] = MASK
    indices_random = torch.bernoulli(torch.full(labels.shape, 0.5)).bool() & masked_indices & ~indices_replaced
    random_words = torch.randint(VOCAB, labels.shape, dtype=torch.long)
    inputs[indices_random] = random_words[indices_random]
    return inputs, labels
torch.manual_seed(0)
ids = torch.randint(5, 100, (3, 10))
ids[:, 0], ids[:, -1] = CLS, SEP
print(ids)
inputs, labels = mask_tokens(ids.clone())
print(inputs, labels, sep='\n')
print((labels != -100).sum().item(), (inputs == MASK).sum(dim=1))
logits = torch.randn(3, 10, VOCAB)
loss = torch.nn.CrossEntropyLoss()(logits.view(-1, VOCAB), labels.view(-1))
print(f"masked LM loss: {loss:.4f}, perplexity {loss.exp():.2f}")
pred = logits.argmax(-1)
acc = (pred == labels)[labels != -100].float().mean()
print(acc, torch.where(labels == -100, torch.zeros_like(labels), labels)[0])
### one encoder block, post-norm, trained on a toy classification
import torch, torch.nn as nn, torch.nn.functional as F
class Block(nn.Module):
    def __init__(self, d, h, ff):
        super().__init__()
        self.attn = nn.MultiheadAttention(d, h, dropout=0.0, batch_first=True)
        self.norm1, self.norm2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.ff = nn.Sequential(nn.Linear(d, ff), nn.GELU(), nn.Linear(ff, d))
    def forward(self, x, pad):
        a, _ = self.attn(x, x, x, key_padding_mask=pad, need_weights=False)
        x = self.norm1(x + a)
        return self.norm2(x + self.ff(x))
class Classifier(nn.Module):
    def __init__(self, vocab=12, d=16, classes=3):
        super().__init__()
        self.emb = nn.Embedding(vocab, d, padding_idx=0)
        self.block = Block(d, 4, 32)
        self.fc = nn.Linear(d, classes)
    def forward(self, ids):
        pad = ids.eq(0)
        x = self.block(self.emb(ids), pad)
        x = x.masked_fill(pad.unsqueeze(-1), 0).sum(1) / (~pad).sum(1, keepdim=True)
        return self.fc(x)
torch.manual_seed(2)
net = Classifier()
X = torch.randint(1, 12, (24, 6)); X[::3, 4:] = 0
Y = X.max(1).values % 3
opt = torch.optim.AdamW(net.parameters(), lr=1e-2, weight_decay=0.01)
crit = nn.CrossEntropyLoss()
for epoch in range(1, 16):
    perm = torch.randperm(len(X))
    running, correct = 0.0, 0
    for i in range(0, len(X), 8):
        b = perm[i:i + 8]
        opt.zero_grad()
        out = net(X[b])
        loss = crit(out, Y[b])
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        running += loss.item() * len(b)
        correct += (out.argmax(1) == Y[b]).sum().item()
    if epoch % 5 == 0:
        print(f"Epoch {epoch:>2}: loss={running / len(X):.4f} acc={correct / len(X):.2%}")
net.eval()
with torch.no_grad():
    print(net(X[:3]).softmax(-1))
    print(torch.bincount(net(X).argmax(-1), minlength=3), Y.bincount())
### DistilBERT style: masks by eq and expand, distillation loss
import math, torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
bs, q_length, k_length, dim, n_heads = 2, 3, 3, 8, 2
dim_per_head = dim // n_heads
def shape(x): return x.view(bs, -1, n_heads, dim_per_head).transpose(1, 2)
def unshape(x): return x.transpose(1, 2).contiguous().view(bs, -1, n_heads * dim_per_head)
q_lin = nn.Linear(in_features=dim, out_features=dim)
x = torch.randn(bs, q_length, dim)
mask = torch.tensor([[1, 1, 1], [1, 1, 0]])
mask_reshp = (bs, 1, 1, k_length)
q = shape(q_lin(x)) / math.sqrt(dim_per_head)
scores = torch.matmul(q, shape(x).transpose(2, 3))
mask = (mask == 0).view(mask_reshp).expand_as(scores)
scores = scores.masked_fill(mask, torch.tensor(torch.finfo(scores.dtype).min))
weights = nn.functional.softmax(scores, dim=-1)
print(weights)
context = unshape(torch.matmul(weights, shape(x)))
print(context.shape, context[1])
student = torch.randn(4, 6, requires_grad=True)
teacher = torch.randn(4, 6)
for T in (1.0, 2.0, 4.0):
    kd = F.kl_div(F.log_softmax(student / T, dim=-1), F.softmax(teacher / T, dim=-1), reduction='batchmean') * T ** 2
    print(f'T={T}: {kd.item():.5f}')
kd.backward()
print(student.grad[0], nn.CosineEmbeddingLoss if False else F.cosine_similarity(student, teacher))
