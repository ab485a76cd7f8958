"""Training that can stop at any step and go on to the bit: AdamW, warm-up and cosine, clipping, a line
of progress, checkpoints. A step's batch depends on the seed and the step's number alone; what else
is drawn comes from torch's generator, whose state is in the checkpoint."""

import math
import time

import qkv
import torch
from safetensors.torch import load_file, save_file


class Trainer:
    """loss(model, step) is a step's loss. path: of the checkpoint, None: none is written."""

    def __init__(self, model, loss, steps, lr=1e-3, warmup=100, decay=0.01, clip=1.0, tokens=0,
                 path=None, every=200, seed=0):
        self.model, self.loss, self.steps = model, loss, steps
        self.lr, self.warmup, self.clip = lr, warmup, clip
        self.tokens, self.path, self.every = tokens, path, every
        matrices = [p for p in model.parameters() if p.dim() > 1]
        vectors = [p for p in model.parameters() if p.dim() == 1]
        self.params = matrices + vectors
        self.adam = torch.optim.AdamW([{'params': matrices, 'weight_decay': decay},
                                       {'params': vectors, 'weight_decay': 0.0}],
                                      lr=lr, betas=(0.9, 0.99))
        self.step, self.losses, self.said = 0, [], ''
        torch.manual_seed(seed)

    def rate(self, step):
        """The learning rate: up in a line, then down by a cosine to a tenth."""
        if step < self.warmup:
            return self.lr * (step + 1) / self.warmup
        share = (step - self.warmup) / max(self.steps - self.warmup, 1)
        return self.lr * (0.1 + 0.45 * (1 + math.cos(math.pi * share)))

    def one(self):
        for group in self.adam.param_groups:
            group['lr'] = self.rate(self.step)
        loss = self.loss(self.model, self.step)
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.params, self.clip)
        self.adam.step()
        self.losses.append(loss.item())
        self.step += 1

    def recent(self, n=50):
        """The mean of the last losses."""
        last = self.losses[-n:]
        return sum(last) / max(len(last), 1)

    def save(self):
        """Weights, both of Adam's means, the generator, the losses: all that the next step needs."""
        tensors = {'model.' + k: v for k, v in self.model.state_dict().items()}
        for i, p in enumerate(self.params):
            for name, t in self.adam.state[p].items():
                tensors[f'adam.{i}.{name}'] = t
        tensors['rng'] = torch.get_rng_state()
        tensors['losses'] = torch.tensor(self.losses, dtype=torch.float64)
        save_file(tensors, self.path)

    def resume(self, path=None):
        """From a checkpoint of the same model."""
        tensors = load_file(path or self.path)
        weights = {k[6:]: v for k, v in tensors.items() if k.startswith('model.')}
        self.model.load_state_dict(weights)
        self.losses = tensors['losses'].tolist()
        self.step = len(self.losses)
        for i, p in enumerate(self.params):
            prefix = f'adam.{i}.'
            for name, t in tensors.items():
                if name.startswith(prefix):
                    self.adam.state[p][name[len(prefix):]] = t.clone()
        torch.set_rng_state(tensors['rng'])

    def run(self, label, until=None, each=None, keep=True):
        """Up to step `until` (the last one); each(self) runs every `every` steps, and what it returns
        stands in the line of progress. True: done; False: stopped by Ctrl-C, and saved. keep=False:
        only then."""
        until = min(until or self.steps, self.steps)
        first, start = self.step, time.perf_counter()
        def line():
            speed = self.tokens * (self.step - first) / (time.perf_counter() - start)
            return f'{label}: loss {self.recent():.3f}, {speed:,.0f} tokens/s{self.said}'
        try:
            for _ in qkv.progress(range(first, until), line):
                self.one()
                if self.step % self.every == 0 or self.step == self.steps:
                    if each is not None:
                        self.said = each(self) or ''
                    if keep and self.path is not None:
                        self.save()
        except KeyboardInterrupt:
            if self.path is not None:
                self.save()
            return False
        return True


def shrunk(model):
    """The weights in half precision, as they are shipped."""
    return {k: v.half().contiguous() for k, v in model.state_dict().items()}


def widened(tensors):
    return {k: v.float() for k, v in tensors.items()}
