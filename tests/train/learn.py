"""A short training lowers the loss."""
from train.lab import bert_trainer, gpt_trainer
from train.lab_induction import trainer


def say(ok, text):
    print('ok -' if ok else 'not ok -', text)


t = trainer(steps=150)
t.run('induction')
say(t.recent(10) < t.losses[0] - 0.8, f'induction: {t.losses[0]:.2f} to {t.recent(10):.2f} nats')
for name, make in (('gpt', gpt_trainer), ('bert', bert_trainer)):
    t = make(steps=12)
    t.warmup = 2
    t.run(name)
    say(t.recent(3) < t.losses[0] - 0.1, f'{name}: {t.losses[0]:.2f} to {t.recent(3):.2f} nats')
t = trainer(steps=1000)
say(t.rate(0) < t.rate(25) < t.rate(49) == t.lr, 'the rate grows to its peak')
say(abs(t.rate(1000) - t.lr / 10) < 1e-9 and t.rate(300) > t.rate(700), 'and falls to a tenth')
