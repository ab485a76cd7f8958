"""From a training to the files of data/models/NAME: model.safetensors in half precision, config.json and
vocab.txt. The last two are printed; data/train/make.sh puts them into their files."""

import json

from safetensors.torch import load_file, save_file
from train.lab import VOCABULARY, bert, bert_trainer, gpt, gpt_trainer
from train.lab_induction import WORDS, build, trainer

MODELS = {
    'lab-induction': (build, WORDS, trainer),
    'lab-gpt': (gpt, VOCABULARY.tokens, gpt_trainer),
    'lab-bert': (bert, VOCABULARY.tokens, bert_trainer),
}


def train(name, path):
    """Trains from the seed, or on from the checkpoint at `path` if it is there."""
    t = MODELS[name][2](path=path)
    try:
        t.resume()
        print(f'{name}: going on from step {t.step} of {t.steps}')
    except FileNotFoundError:
        pass
    if not t.run(name):
        print(f'{name}: stopped at step {t.step} of {t.steps}, saved; `make models` goes on')
        raise SystemExit(1)
    print(f'{name}: {t.steps} steps, loss {t.recent():.3f}')


def weights(path, to):
    """A checkpoint's weights, rounded to half precision."""
    save_file({k[6:]: v.half() for k, v in load_file(path).items() if k.startswith('model.')}, to)


def config(name):
    print(json.dumps(MODELS[name][0]().config.keys, indent=2))


def vocabulary(name):
    for token in MODELS[name][1]:
        print(token)


def shipped(name, folder):
    """The model as it is shipped in a folder, widened to float32."""
    model = MODELS[name][0]()
    model.load_state_dict({k: v.float() for k, v in load_file(f'{folder}/{name}/model.safetensors').items()})
    model.eval()
    return model
