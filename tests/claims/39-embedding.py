### the counts are the published ones
assert totals['GPT-2 small'] == 124439808 and models['GPT-2 small']['tokens'] == 38597376
assert totals['GPT-2 small'] + models['GPT-2 small']['tokens'] == 163037184
assert totals['BERT-base'] == 109482240 and models['BERT-base']['tokens'] == 23440896
assert counted[768] == 7087872
assert shares == sorted(shares, reverse=True), shares

### lookup and product are equal, and one is cheaper | text="to be or not to be"
assert torch.equal(product, x)
assert times[-1] > 10, times

### exactly the rows that occur get a gradient; tied, all do | text="one two two three" seed=5
assert [entries[i] for i in range(len(entries)) if touched[i]] == vocabulary
assert (tied.weight.grad.norm(dim=1) > 0).all()
assert moves['SGD'] == moves['Adam'] == 0 < moves['AdamW'], moves

### an unseen word is lost to words and spelt by the others | unseen=sleepless merges=20
assert by_word([unseen]) == ['[UNK]']
assert ''.join(by_subword(['slowfish'])) == 'slowfish_'
assert by_byte(['aß€']) == [97, 195, 159, 226, 130, 172]

### lengths are as predicted | d=256
for got, want in lengths.values():
    assert abs(got / want - 1) < 0.02, lengths
