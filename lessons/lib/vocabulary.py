"""Tokenisers on a small corpus, and what a vocabulary costs in models; for lesson 39."""

import torch
import torch.nn as nn

CORPUS = '''the cat sat on the mat . the cats sat on the mats .
a fish swims . the fish is fast . a fast cat eats a fish .
the lowest fish eats the slowest fish . fishing is slow .
the mat is low . a lower mat is lowest . the newest cat is new .'''


def merge(pieces, pair):
    """The pieces of a word with every occurrence of a neighbouring pair joined."""
    out = []
    for piece in pieces:
        if out and (out[-1], piece) == pair:
            out[-1] = out[-1] + piece
        else:
            out.append(piece)
    return out


def learn(corpus, merges):
    """Byte pair encoding (Sennrich et al. 2016, algorithm 1): the most frequent pair is joined, again
    and again, until as many are made or no pair is left. '_' ends a word."""
    split = {word: list(word) + ['_'] for word in set(corpus.split())}
    often = {word: corpus.split().count(word) for word in split}
    rules = []
    while len(rules) < merges:
        count = {}
        for word in sorted(split):
            for pair in zip(split[word], split[word][1:]):
                count[pair] = count.get(pair, 0) + often[word]
        if not count:
            break
        rules.append(max(sorted(count), key=count.get))
        split = {word: merge(pieces, rules[-1]) for word, pieces in split.items()}
    return rules


def utf8(p):
    """The bytes of code point p."""
    if p < 128:
        return [p]
    if p < 2048:
        return [192 | p >> 6, 128 | p & 63]
    if p < 65536:
        return [224 | p >> 12, 128 | p >> 6 & 63, 128 | p & 63]
    return [240 | p >> 18, 128 | p >> 12 & 63, 128 | p >> 6 & 63, 128 | p & 63]


class Tokenisers:
    """Words, subwords with as many merges, the same with bytes below them, and bytes."""

    def __init__(self, corpus, merges):
        self.corpus = corpus.split()
        self.known = set(self.corpus)
        self.rules = learn(corpus, merges)
        self.letters = set(''.join(self.corpus)) | {'_'}
        self.symbols = self.letters | {a + b for a, b in self.rules}
        self.sizes = {'words': len(self.known) + 1, 'subwords': len(self.symbols) + 1,
                      'subwords over bytes': len(self.symbols) + 256, 'bytes': 256}

    def pieces(self, word):
        out = list(word) + ['_']
        for pair in self.rules:
            out = merge(out, pair)
        return out

    def cut(self, kind, words):
        """Tokens of a list of words."""
        if kind == 'words':
            return [w if w in self.known else '[UNK]' for w in words]
        if kind == 'bytes':
            return [b for c in ' '.join(words) for b in utf8(ord(c))]
        out = []
        for p in (p for w in words for p in self.pieces(w)):
            if p in self.symbols:
                out.append(p)
            else:
                out += ['[UNK]'] if kind == 'subwords' else utf8(ord(p))
        return out


def rows_of(count, d):
    """A table of count × d whose entries share one number: its shape is real, its memory is not."""
    return nn.Embedding(count, d, _weight=torch.zeros(1, 1).expand(count, d))


def numbers(*shapes):
    """Entries of matrices of these shapes, counted on tensors that take no memory."""
    return sum(torch.zeros(1, 1).expand(*shape).numel() for shape in shapes)


def llama(V, d, layers, heads, groups, size, hidden, norms, tied):
    """Parameters of a model of the Llama or Gemma kind: attention without biases, a gated
    feed-forward network, RMSNorms. Token table, everything."""
    layer = numbers((d, heads * size), (d, groups * size), (d, groups * size), (heads * size, d),
                    (d, hidden), (d, hidden), (hidden, d), (norms, d))
    table = numbers((V, d))
    return table, table * (1 if tied else 2) + layers * layer + numbers((1, d))
