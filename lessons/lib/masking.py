"""What the lesson on masks prepares: a padded batch of sentence pairs, plain attention."""

import math

import qkv
import torch

PAD = '[PAD]'


def padded(sentences):
    """Lists of words, made equally long by [PAD] behind them, and their lengths as a tensor."""
    longest = max(len(words) for words in sentences)
    filled = [words + [PAD] * (longest - len(words)) for words in sentences]
    return filled, torch.tensor([len(words) for words in sentences])


def translation_batch(pairs):
    """'source = target / source = target': (sources, lengths, targets, lengths), padded.

    A target is what a decoder is given: <s>, then its words.
    """
    sources, targets = [], []
    for pair in pairs.split('/'):
        source, target = pair.split('=')
        sources.append(qkv.tokens(source))
        targets.append(['<s>'] + qkv.tokens(target))
    return *padded(sources), *padded(targets)


def attend(q, k, v, mask):
    """softmax(q kᵀ/√d) v by the formula; mask: True where a query may see a key."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    return torch.softmax(scores.masked_fill(~mask, -math.inf), -1) @ v


def from_future(fn, x):
    """The greatest change of an output of fn, (n, d) to (n, e), when a token behind it changes."""
    base, most = fn(x), 0.0
    for j in range(1, x.shape[0]):
        y = x.clone()
        y[j] += 1
        most = max(most, (fn(y) - base)[:j].abs().max().item())
    return most


def pieces(words, length=5):
    """Words cut into pieces, '##' in front of all but a word's first; whose piece each is."""
    cut, word_of = [], []
    for number, word in enumerate(words):
        for start in range(0, len(word), length):
            cut.append(('##' if start else '') + word[start:start + length])
            word_of.append(number)
    return cut, word_of
