### the counts are the published ones
assert totals['GPT-2 small'] == 124439808 and models['GPT-2 small']['tokens'] == 38597376
assert totals['GPT-2 small'] + models['GPT-2 small']['tokens'] == 163037184
assert totals['BERT-base'] == 109482240 and models['BERT-base']['tokens'] == 23440896
assert counted[768] == 7087872
published = {'Llama 2 7B': 6738415616, 'Llama 3 8B': 8030261248,
             'Llama 3.2 1B': 1235814400, 'Gemma 2 2B': 2614341888}
for name, total in published.items():
    assert llama(*today[name])[1] == total, name
assert round(share['Llama 3.2 1B'], 2) == 0.21 and round(share['Gemma 2 2B'], 2) == 0.23

### lookup and product are equal, and one is cheaper | text="to be or not to be"
assert torch.equal(product, x)
assert times[-1] > 10, times

### exactly the rows that occur get a gradient; tied, all do, however little | text="one two two three" seed=5
assert [entries[i] for i in range(len(entries)) if touched[i]] == vocabulary
assert all(a > 0 for a in length[1]) and '0.00' not in [amount(a) for a in length[1]]

### a text of one word is looked up and predicted, too | text=cat d=8
assert len(vocabulary) == 1 and all(a > 0 for a in length[1])

### rows absent from the batch stay only with what has no memory and no decay | anywhere
seen, rest = len(only_first), len(never)
assert moves['SGD'][1:] == moves['Adagrad'][1:] == [0, 1, 0, 0], moves
assert moves['Adam'][1:] == moves['SGD, momentum'][1:] == [0, 1, seen, 0], moves
assert moves['AdamW'][1:] == [rest, 1, seen, rest], moves
assert torch.equal(product, x)

### an unseen word is lost to words and spelt by the others | unseen=sleepless merges=20
assert lost == ['words', 'subwords'] and 'p' not in made.letters
assert ''.join(made.cut('subwords', ['slowfish'])) == 'slowfish_'
assert made.cut('bytes', ['aß€']) == [97, 195, 159, 226, 130, 172]
assert made.cut('subwords over bytes', ['ü']) == [195, 188, '_']

### a letter that the corpus has not is unknown to subwords, and the lesson says so | unseen=Zürich merges=400
assert lost == ['words', 'subwords'] and len(made.rules) < 400

### with a table of variance 1 the first loss is far above ln V
assert first_loss['1'] > 5 * math.log(many) and first_loss['1/d'] < math.log(many) + 1.5

### lengths are as predicted | d=256
for name, std in (('1', 1), ('1/d', 1 / 16), ('0.02², as in GPT-2', 0.02)):
    assert abs(lengths[name] / (std * 16) - 1) < 0.02, lengths
assert abs(length_of(position) / math.sqrt(128) - 1) < 0.02
