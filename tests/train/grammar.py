"""The corpus has what is promised, and keeps apart what is trained on and what is scored on."""
from random import Random

from corpus.frames import CLASSES, SENSES, follow_ups, frames, held_out
from corpus.grammar import SPECIAL, Corpus, Vocabulary


def say(ok, text):
    print('ok -' if ok else 'not ok -', text)


say(set(SENSES) == {'mouse', 'bank', 'bat', 'spring'}, 'four words of several senses')
seen = set()
for word in SENSES:
    for sense in SENSES[word]:
        all_of_it = frames(word, sense)
        texts = [' '.join(f) for f in all_of_it]
        say(len(set(texts)) >= 30, f'{word}, {sense}: {len(set(texts))} frames')
        say(all(f.count(word) == 1 for f in all_of_it), f'{word}, {sense}: the word once in each')
        ends = sum(f[-1] == word for f in all_of_it)
        starts = sum(word in f[:4] for f in all_of_it)
        say(ends >= 10 and starts >= 10, f'{word}, {sense}: cues before it ({ends}), behind it ({starts})')
        say(len(follow_ups(word, sense)) >= 4, f'{word}, {sense}: what follows')
        say(not seen & set(texts), f'{word}, {sense}: no frame is of two senses')
        seen |= set(texts)
        slots = {w[1:-1] for f in all_of_it + follow_ups(word, sense) for w in f if w[0] == '{'}
        say(slots <= set(CLASSES), f'{word}, {sense}: every slot has words')
        kept = [i for i in range(len(all_of_it)) if held_out(i)]
        say(len(kept) >= 7, f'{word}, {sense}: {len(kept)} frames are held out')

text, vocabulary = Corpus(), Vocabulary(Corpus().words)
say(vocabulary.tokens[:7] == SPECIAL and len(set(vocabulary.tokens)) == len(vocabulary.tokens),
    'the vocabulary begins with the special tokens and has nothing twice')
for kind in ('senses', 'agreement', 'names', 'repeat'):
    draw = getattr(text, kind)
    a, b = ([draw(Random(i)) for i in range(400)] for _ in range(2))
    say(a == b, f'{kind}: the same seed gives the same text')
    say(all(w in vocabulary.ids for line in a for w in line), f'{kind}: every word has an id')
    held = [draw(Random(i), True) for i in range(400)]
    both = {' '.join(line) for line in a} & {' '.join(line) for line in held}
    say(not both, f'{kind}: nothing of it is both trained on and held out')
attractors = set()
for i in range(200):
    words, right, wrong, rest = text.clause(Random(i))
    attractors.add(words.count('the') - 1)
say(attractors == {0, 1, 2}, 'agreement with 0, 1 and 2 attractors')
say(not set(text.repeated) & set(text.unrepeated), 'words that are never repeated in training')
