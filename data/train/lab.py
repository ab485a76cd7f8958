"""What lab-gpt and lab-bert share: sizes, vocabulary, batches of the corpus, the plan of training."""

from random import Random

import torch
import torch.nn.functional as F
from corpus.grammar import BOS, CLS, MASK, SPECIAL, Corpus, Vocabulary
from train.trainer import Trainer
from train.twins import BERT, GPT, bert_config, gpt_config, waves

D, LAYERS, HEADS, POSITIONS = 128, 4, 4, 64
LENGTH, BATCH, GPT_BATCH = 48, 32, 16  # small batches: it is the number of steps that brings the head
CORPUS = Corpus()
VOCABULARY = Vocabulary(CORPUS.words)

# Shares of the kinds of text once the repeats have been learned
MIX = ['senses'] * 4 + ['agreement'] * 4 + ['names'] * 2 + ['repeat']


def row(random, kinds, length):
    """ids of texts, one behind the other, until the row is full."""
    ids = []
    while len(ids) < length:
        ids += VOCABULARY.encode(getattr(CORPUS, random.choice(kinds))(random))
    return ids[:length]


def rows(seed, step, first, make, batch=BATCH):
    """ids (batch, LENGTH + 1): the first token, then make(random). The same for the same seed and
    step."""
    random = Random(seed * 1000003 + step)
    return torch.tensor([[first] + make(random) for _ in range(batch)])


def mixed(random):
    return row(random, MIX, LENGTH)


def masked(ids):
    """BERT's task: 15 % of the places are asked for; of them 80 % are [MASK], 10 % any word, 10 % as
    they were. (ids with that, the answers with -100 where nothing is asked)."""
    asked = (torch.rand(ids.shape) < 0.15) & (ids >= len(SPECIAL))
    how = torch.rand(ids.shape)
    other = torch.randint(len(SPECIAL), len(VOCABULARY.tokens), ids.shape)
    seen = torch.where(asked & (how < 0.8), torch.full_like(ids, MASK), ids)
    seen = torch.where(asked & (how >= 0.9), other, seen)
    return seen, torch.where(asked, ids, torch.full_like(ids, -100))


def gpt():
    """Its places begin as shorter and stronger waves than BERT's: the previous-token head is sharper."""
    model = GPT(gpt_config(len(VOCABULARY.tokens), POSITIONS, D, LAYERS, HEADS))
    with torch.no_grad():
        model.transformer.wpe.weight.copy_(0.2 * waves(POSITIONS, D, 64.0))
    return model


def bert():
    return BERT(bert_config(len(VOCABULARY.tokens), POSITIONS, D, LAYERS, HEADS))


def gpt_loss(seed, repeats):
    """Next-word loss. The first `repeats` steps read repeated sequences alone, longer ones in their
    second half: among other text from the start they are not learned."""
    def loss(model, step):
        most = 14 if step < repeats // 2 else 20
        def again(random):
            ids = []
            while len(ids) < LENGTH:
                ids += VOCABULARY.encode(CORPUS.repeat(random, least=4, most=most))
            return ids[:LENGTH]
        ids = rows(seed, step, BOS, again if step < repeats else mixed, GPT_BATCH)
        return F.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    return loss


def bert_loss(seed):
    def loss(model, step):
        seen, answers = masked(rows(seed, step, CLS, mixed))
        logits = model(seen).flatten(0, 1)
        asked = (answers.flatten() >= 0).nonzero()[:, 0]
        return F.cross_entropy(logits[asked], answers.flatten()[asked])
    return loss


def gpt_trainer(steps=15000, seed=0, path=None, every=250, repeats=6000):
    torch.manual_seed(seed)
    return Trainer(gpt(), gpt_loss(seed, repeats), steps, lr=1.5e-3, warmup=100,
                   tokens=GPT_BATCH * LENGTH, path=path, every=every, seed=seed)


def bert_trainer(steps=5000, seed=0, path=None, every=100):
    torch.manual_seed(seed)
    return Trainer(bert(), bert_loss(seed), steps, lr=1.5e-3, warmup=300, tokens=BATCH * LENGTH,
                   path=path, every=every, seed=seed)
