### one mask's difference: the future | anywhere
assert seen == {'BERT': n_words ** 2, 'GPT': n_words * (n_words + 1) // 2}
assert all(torch.allclose(w.sum(-1), torch.ones(n_words), atol=1e-5) for w in weights.values())
assert (weights['GPT'][~masks['GPT']] == 0).all()

### a causal output never changes when a word is appended, nor notices a later one | anywhere
assert change['GPT'] < 1e-5
assert (moved['GPT'][:-1] == 0).all()

### in a bidirectional layer everything moves
assert noticed == {'BERT': n_words, 'GPT': 1} and change['BERT'] > 0.1, (noticed, change)

### 15 % against all | n=512
assert losses == {'BERT': 77, 'GPT': 511}, losses

### so it is at every length and rate | anywhere
assert losses['BERT'] == long['labels'].__len__() - long['labels'].count(-100)
assert abs(losses['BERT'] - rate * n) <= 1 and sum(fates) == losses['BERT'], losses

### the block is the published one, in both
assert sum(bert.values()) == sum(gpt.values()) == 7087872 and bert == gpt
