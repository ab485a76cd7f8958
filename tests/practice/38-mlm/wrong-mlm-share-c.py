import random

def corrupt(ids, mask_id, vocab, seed):
    rng = random.Random(seed)
    out, labels = [], []
    for token in ids.reshape(-1).tolist():
        new, label = token, -100
        if rng.random() < 0.8:
            label = token
            u = rng.random()
            if u < 0.8:
                new = mask_id
            elif u < 0.9:
                new = rng.randrange(vocab)
        out.append(new)
        labels.append(label)
    return torch.tensor(out).view(ids.shape), torch.tensor(labels).view(ids.shape)
