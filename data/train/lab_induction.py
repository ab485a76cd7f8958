"""lab-induction: two layers of attention and nothing else learn to go on with what they saw before.

    train induction      at the prompt: about half a minute on one core

A sequence is [BOS] r r, r being random symbols. In the second r a model that looks for the same
symbol earlier, and says what came after it, is right; this takes two layers. Olsson et al. 2022."""

import qkv
import torch
import torch.nn.functional as F
from train.scores import head_scores
from train.trainer import Trainer
from train.twins import GPT, gpt_config

SYMBOLS = 33
SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '[BOS]', '[EOS]']
BOS = SPECIAL.index('[BOS]')
WORDS = SPECIAL + list('abcdefghijklmnopqrstuvwxyz') + list('0123456')
BATCH, LENGTH, SHORTEST, LONGEST = 32, 64, 3, 32
TEST_LENGTH = 24
CHECKPOINT = 'lab-induction.checkpoint.safetensors'


def loops(count):
    """ids (count, 1 + LENGTH): [BOS] and r again and again, of any length: with one length alone the
    model would learn to look so many places back."""
    r = torch.randint(SYMBOLS, (count, LONGEST)) + len(SPECIAL)
    length = torch.randint(SHORTEST, LONGEST + 1, (count, 1))
    at = torch.arange(LENGTH).expand(count, LENGTH) % length
    return torch.cat([torch.full((count, 1), BOS), r.gather(1, at)], 1)


def repeats(count, length=TEST_LENGTH, seed=1):
    """ids (count, 1 + 2 length) of [BOS] r r, for scoring."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        r = torch.randint(SYMBOLS, (count, length)) + len(SPECIAL)
    return torch.cat([torch.full((count, 1), BOS), r, r], 1)


def loss_of(model, step):
    ids = loops(BATCH)
    return F.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())


def build():
    """Two layers, two heads each; the output has a matrix of its own: where it is that of the
    embedding, every token asks for itself, and without feed-forward layers heads are spent on that."""
    return GPT(gpt_config(len(WORDS), 96, 64, 2, 2, attention_only=True))


def trainer(seed=0, steps=2400, path=None, every=50):
    torch.manual_seed(seed)
    return Trainer(build(), loss_of, steps, lr=3e-3, warmup=50, tokens=BATCH * LENGTH, path=path,
                   every=every, seed=seed)


class Course:
    """Loss and scores as it trains, for the curves."""

    def __init__(self):
        self.steps, self.loss, self.behind, self.before, self.right = [], [], [], [], []
        self.test = repeats(64)

    def measure(self, t):
        behind, before, right = head_scores(t.model, self.test)
        self.steps.append(t.step)
        self.loss.append(t.recent())
        self.behind.append(behind.max().item())
        self.before.append(before.max().item())
        self.right.append(right)
        return f', induction head {self.behind[-1]:.2f}, repeats right {right:.0%}'

    def show(self):
        qkv.plot({'loss': self.loss}, self.steps, title='lab-induction learns', xlabel='step',
                 ylabel='loss in nats', measured=True)
        qkv.plot({'induction head': self.behind, 'previous-token head': self.before,
                  'repeats right': self.right}, self.steps, title='the heads appear', xlabel='step',
                 ylabel='attention to where each should look', measured=True)
        print('at the end: induction head', f'{self.behind[-1]:.2f},', 'previous-token head',
              f'{self.before[-1]:.2f},', f'{self.right[-1]:.0%} of the repeats right')


def main(path=CHECKPOINT, steps=2400, seed=0, resume=False, keep=False):
    """Trains, draws the curves and returns the trainer; None: Ctrl-C stopped it, and what there is was
    saved. keep: it is saved on the way and at the end, too."""
    t, course = trainer(seed, steps, path), Course()
    if resume:
        t.resume()
        print('going on from step', t.step, 'of', path)
    done = t.run('lab-induction', each=course.measure, keep=keep)
    if course.steps:
        course.show()
    if not done:
        print(f'stopped at step {t.step} of {steps}, saved in {path}; to go on:',
              'train induction resume')
    return t if done else None
