"""What is shipped passes its gates on fewer held-out texts than `make models-check` takes."""
from train.gates import GATES
from train.ship import shipped


def say(ok, text):
    print('ok -' if ok else 'not ok -', text)


for name in ('lab-induction',):
    for what, value, gate in GATES[name](shipped(name, 'models'), 40):
        if gate is not None:
            say(value >= gate, f'{name}: {what} {value:.3f}, wanted {gate:.3g}')
