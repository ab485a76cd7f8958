"""A training that was stopped goes on as if it had not been, to the bit."""
import torch
from safetensors.torch import load_file
from train.lab import bert_trainer
from train.lab_induction import trainer


def say(ok, text):
    print('ok -' if ok else 'not ok -', text)


def same(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


def check(name, make, steps, stop):
    whole = make(steps=steps, path='whole.safetensors')
    whole.run(name)
    part = make(steps=steps, path='part.safetensors')
    part.run(name, until=stop)
    part.save()
    torch.manual_seed(99)
    torch.rand(7)
    again = make(steps=steps, path='part.safetensors')
    again.resume()
    say(again.step == stop, f'{name}: it goes on from step {stop}')
    again.run(name)
    say(again.losses == whole.losses, f'{name}: {steps} steps have the losses of {stop} and the rest')
    say(same(again.model.state_dict(), whole.model.state_dict()), f'{name}: and the weights, to the bit')
    say(same(load_file('part.safetensors'), load_file('whole.safetensors')),
        f'{name}: and the checkpoint, the generator in it')


check('induction', trainer, 30, 13)
check('bert', bert_trainer, 4, 2)
