"""What the shipped models must be able to do, measured on what they never read (`make models-check`).

Held out are: every fourth frame of a sense, every fifth pair of nouns and of names, every ninth word
from the repeats. Senses are told by the vectors of the ambiguous word in these frames alone."""

from random import Random

import torch
from corpus.frames import SENSES, frames, held_out
from corpus.grammar import BOS, CLS, MASK, SEP
from train.lab import CORPUS, VOCABULARY
from train.lab_induction import repeats as symbols_repeated
from train.scores import head_scores, leave_one_out
from train.ship import shipped


def repeats(count, words, length, seed):
    """[BOS] r r of any of the words."""
    random = Random(seed)
    r = [[VOCABULARY.ids[random.choice(words)] for _ in range(length)] for _ in range(count)]
    return torch.tensor([[BOS] + one + one for one in r])


def agreement(model, count, seed, attractors, masks=False):
    """The share of held-out clauses where the right verb is likelier than the wrong one. masks: the
    verb is a [MASK] that a model of both sides fills."""
    random, right = Random(seed), 0
    for _ in range(count):
        text, good, bad, rest = CORPUS.clause(random, True, attractors)
        ids = [CLS if masks else BOS] + VOCABULARY.encode(text)
        at = len(ids) - 1
        if masks:
            ids, at = ids + [MASK] + VOCABULARY.encode(rest) + [SEP], at + 1
        with torch.no_grad():
            logits = model(torch.tensor([ids]))[0, at]
        right += (logits[VOCABULARY.ids[good]] > logits[VOCABULARY.ids[bad]]).item()
    return right / count


def sense_vectors(model, word, seed, ends=True):
    """The word's vector in each held-out frame, by layer (layers + 1, frames, d), and the senses. ends:
    the frame stands between [CLS] and [SEP], else behind [BOS]."""
    random, found, senses = Random(seed), [], []
    for s, sense in enumerate(SENSES[word]):
        for i in range(len(frames(word, sense))):
            if not held_out(i):
                continue
            words = CORPUS.frame(word, sense, i, random)
            ids = [CLS if ends else BOS] + VOCABULARY.encode(words) + ([SEP] if ends else [])
            with torch.no_grad():
                states = model.states(torch.tensor([ids]))
            found.append(torch.stack(states)[:, 0, words.index(word) + 1])
            senses.append(s)
    return torch.stack(found, 1), senses


def sense_accuracy(model, seed=1, ends=True):
    """By layer, each word alike: the share of held-out frames whose sense is told right."""
    by_word = []
    for word in SENSES:
        vectors, senses = sense_vectors(model, word, seed, ends)
        by_word.append([leave_one_out(layer, senses) for layer in vectors])
    return [sum(layer) / len(layer) for layer in zip(*by_word)]


def cloze(model, count, seed):
    """One word of a held-out text is a [MASK]: the share that the model fills right, and the share
    that the most frequent word of the texts would."""
    random, texts = Random(seed), []
    for _ in range(count):
        kind = random.choice(['senses', 'senses', 'agreement', 'names'])
        texts.append(VOCABULARY.encode(getattr(CORPUS, kind)(random, True)))
    common = torch.bincount(torch.tensor(sum(texts, []))).argmax().item()
    right = plain = 0
    for ids in texts:
        at = random.randrange(len(ids))
        seen = [CLS] + ids[:at] + [MASK] + ids[at + 1:] + [SEP]
        with torch.no_grad():
            said = model(torch.tensor([seen]))[0, at + 1].argmax().item()
        right += said == ids[at]
        plain += common == ids[at]
    return right / count, plain / count


# ---- the gates -----------------------------------------------------------------------------------


def induction_gates(scores):
    behind, before, right = scores
    return [('induction head', behind.max().item(), 0.5), ('repeat accuracy', right, 0.9),
            ('previous-token head', before.max().item(), 0.4)]


def of_induction(model, count):
    return induction_gates(head_scores(model, symbols_repeated(count)))


def of_gpt(model, count):
    found = induction_gates(head_scores(model, repeats(count, CORPUS.repeated, 12, 5)))
    for n in range(3):
        found.append((f'agreement, {n} attractors', agreement(model, count, 10 + n, n), 0.95))
    unseen = head_scores(model, repeats(count, CORPUS.unrepeated, 12, 6))[2]
    senses = max(sense_accuracy(model, ends=False))
    return found + [('repeat accuracy, words never repeated before', unseen, None),
                    ('sense accuracy, best layer', senses, None)]


def of_bert(model, count):
    layers = sense_accuracy(model)
    filled, plain = cloze(model, 2 * count, 3)
    found = [('sense accuracy, best layer', max(layers), 0.9),
             (f'cloze top-1 (the commonest word: {plain:.3f})', filled, 2 * plain)]
    found += [(f'sense accuracy, layer {i}', a, None) for i, a in enumerate(layers)]
    for n in range(3):
        found.append((f'agreement, {n} attractors', agreement(model, count, 10 + n, n, True), None))
    return found


GATES = {'lab-induction': of_induction, 'lab-gpt': of_gpt, 'lab-bert': of_bert}


def check(folder, names=tuple(GATES), count=200):
    """Prints a line for each figure, its gate behind it, and raises SystemExit if one is missed."""
    missed = 0
    for name in names:
        for what, value, gate in GATES[name](shipped(name, folder), count):
            verdict = 'no gate' if gate is None else 'pass' if value >= gate else 'MISSED'
            missed += verdict == 'MISSED'
            wanted = '' if gate is None else f' (at least {gate:.3g})'
            print(f'{verdict:8}{name}: {what} {value:.3f}{wanted}')
    print('all gates are passed' if not missed else f'{missed} gates are missed')
    if missed:
        raise SystemExit(1)
