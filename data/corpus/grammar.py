"""The corpus: sentences made by rules from a seed. Everything that a model reads or is scored on comes
from here; train and test never share a frame, a pair of nouns or a pair of names.

    text = Corpus(seed)
    text.senses(random)        a list of words: a frame of an ambiguous word and what follows it
    text.agreement(random), text.names(random), text.repeat(random)

Each takes a random.Random and held=True for the material that is kept for scoring."""

from random import Random

from corpus.frames import CLASSES, SENSES, follow_ups, frames, held_out, members

SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '[BOS]', '[EOS]']
PAD, UNK, CLS, SEP, MASK, BOS, EOS = range(7)

# ---- agreement -----------------------------------------------------------------------------------

NOUNS = [pair.split('/') for pair in '''key/keys door/doors picture/pictures book/books letter/letters
    table/tables lamp/lamps bridge/bridges engine/engines garden/gardens window/windows road/roads
    doctor/doctors lawyer/lawyers soldier/soldiers singer/singers pilot/pilots baker/bakers
    horse/horses bird/birds tree/trees house/houses car/cars train/trains'''.split()]
BETWEEN = 'near behind beside above of with'.split()
VERBS = [pair.split('/') for pair in 'is/are was/were has/have needs/need'.split()]
STATES = {'is': 'old new broken famous quiet ready', 'was': 'old lost empty famous slow ready',
          'has': 'problems visitors owners paint', 'needs': 'help water repair time'}

# ---- copied names --------------------------------------------------------------------------------

NAMES = '''anna bob carla david emma frank greta henry irene jack karen leo mary nick olivia paul
    rosa simon tina victor wanda xavier yvonne zoe'''.split()
GIFTS = 'book ring letter flower cake lamp map picture'.split()
PLACES = 'market school station garden office harbor library castle'.split()


def held_pair(i, j):
    """Of pairs of nouns or names every fifth is kept for scoring."""
    return (i * 7 + j * 3) % 5 == 0


class Corpus:
    """Words in a fixed order, and drawers of text. A text is a list of words."""

    def __init__(self):
        words = set('. , and the a an with to'.split())
        for word in SENSES:
            for sense in SENSES[word]:
                for line in frames(word, sense) + follow_ups(word, sense):
                    words.update(w for w in line if w[0] != '{')
        for name in CLASSES:
            words.update(members(name))
        for pair in NOUNS + VERBS:
            words.update(pair)
        for states in STATES.values():
            words.update(states.split())
        words.update(BETWEEN + NAMES + GIFTS + PLACES)
        words.update('met greeted thanked saw went gave left home at then who'.split())
        self.words = sorted(words)
        # Words that no repeated sequence of the training text holds
        self.unrepeated = [w for i, w in enumerate(self.words) if i % 9 == 4]
        self.repeated = [w for i, w in enumerate(self.words) if i % 9 != 4]

    def filled(self, line, random):
        return [random.choice(members(w[1:-1])) if w[0] == '{' else w for w in line] + ['.']

    def frame(self, word, sense, i, random):
        """One frame of a sense with words in its slots."""
        return self.filled(frames(word, sense)[i], random)

    def follow(self, word, sense, random):
        return self.filled(random.choice(follow_ups(word, sense)), random)

    def senses(self, random, held=False):
        word = random.choice(list(SENSES))
        sense = random.choice(list(SENSES[word]))
        numbers = [i for i in range(len(frames(word, sense))) if held_out(i) == held]
        text = self.frame(word, sense, random.choice(numbers), random)
        # Often another sentence of the same sense: the word again, in the same company
        if random.random() < 0.3:
            text = text + self.frame(word, sense, random.choice(numbers), random)
        return text + self.follow(word, sense, random)

    def clause(self, random, held=False, attractors=None):
        """(words up to the verb, the right verb, the wrong one, its rest)"""
        count = random.randrange(3) if attractors is None else attractors
        while True:
            heads = [random.randrange(len(NOUNS)) for _ in range(count + 1)]
            # Without an attractor it is the verb that decides what is held out
            verb = random.randrange(len(VERBS))
            pair = (heads[0], heads[1]) if count else (heads[0], verb)
            if held_pair(*pair) == held:
                break
        plural = [random.randrange(2) for _ in heads]
        text = ['the', NOUNS[heads[0]][plural[0]]]
        for i, number in zip(heads[1:], plural[1:]):
            text += [random.choice(BETWEEN), 'the', NOUNS[i][number]]
        right, wrong = VERBS[verb][plural[0]], VERBS[verb][1 - plural[0]]
        return text, right, wrong, [random.choice(STATES[VERBS[verb][0]].split()), '.']

    def agreement(self, random, held=False):
        text, right, _, rest = self.clause(random, held)
        return text + [right] + rest

    def names(self, random, held=False):
        while True:
            i, j = random.sample(range(len(NAMES)), 2)
            if held_pair(i, j) == held:
                break
        a, b, place = NAMES[i], NAMES[j], random.choice(PLACES)
        kind = random.randrange(3)
        if kind == 0:
            return f'{a} met {b} at the {place} . then {b} greeted {a} .'.split()
        if kind == 1:
            return f'{a} and {b} went to the {place} . {a} gave a {random.choice(GIFTS)} to {b} .'.split()
        return f'{a} saw {b} . {b} thanked {a} and {a} left {b} at the {place} .'.split()

    def repeat(self, random, held=False, least=3, most=14):
        """r r, r being any words. held: of words that were in no repeat before."""
        words = self.unrepeated if held else self.repeated
        r = [random.choice(words) for _ in range(random.randrange(least, most + 1))]
        return r + r


class Vocabulary:
    """Ids of words: the special tokens, pieces for what is no word here, the words of the corpus."""

    def __init__(self, words):
        letters = list('abcdefghijklmnopqrstuvwxyz0123456789')
        ends = ['##ed', '##ing', '##er', '##ly', '##es', '##est', '##ness']
        marks = list(',.!?\'"-:;()')
        pieces = letters + ['##' + c for c in letters] + ends + marks
        rest = [w for w in words if w not in pieces]
        self.tokens = SPECIAL + pieces + rest
        self.ids = {w: i for i, w in enumerate(self.tokens)}

    def encode(self, words):
        return [self.ids[w] for w in words]
