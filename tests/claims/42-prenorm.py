### the last gradient is flat over depth in Post-LN, about 1/√L in Pre-LN | depth=2 steps=20 seeds=8
assert abs(slopes['Post-LN']) < 0.1, slopes
assert abs(slopes['Pre-LN'] + 0.5) < 0.15, slopes
assert abs(slopes['Pre-LN'] - expected) < 0.1, (slopes, expected)

### the stream stays inside the bounds, the Post-LN sum at 3/2; norms are counted | depth=2 steps=20 seeds=8
for l in layers:
    assert 1 + l / 2 <= scale['Pre-LN'][l - 1] <= 1 + 3 * l / 2, l
    assert abs(scale['Post-LN'][l - 1] - 3 / 2) < 0.2, l
assert extra == 2 * d

### a Post-LN decoder grows by √2 a layer, an encoder and Pre-LN do not | depth=2 steps=20
assert abs(each(growth['Post-LN']) - math.sqrt(2)) < 0.1, growth
assert trend(growth['Post-LN']) == 'grows' and trend(growth_encoder['Post-LN']) == 'about even'
assert max(growth['Pre-LN'], growth_encoder['Pre-LN']) < 0.7, (growth, growth_encoder)

### the same at 6 and 12 layers, of which the review spoke | layers=6,12 depth=2 steps=20
assert growth['Post-LN'] > 9 and growth['Pre-LN'] < 0.7, growth
assert 0.6 < growth_encoder['Post-LN'] < 1.6, growth_encoder
assert ratio['Post-LN'] > 2.5 and ratio['Pre-LN'] < 0.8 and 0.8 < ratio['DeepNorm'] < 1.2, ratio

### Post-LN amplifies like L, Pre-LN less; ln L over these depths is a power of about 0.6 | layers=2,4,8,16,24 depth=2 steps=20 seeds=8
assert amplified['Post-LN'] > amplified['Pre-LN'] + 0.4, amplified
assert abs(log_slope - 0.6) < 0.02, log_slope

### the same with other widths and tokens | d=32 n=6 seeds=16 layers=3,6,12 depth=2 steps=20
assert abs(slopes['Post-LN']) < 0.15 and -0.65 < slopes['Pre-LN'] < -0.3, slopes
assert extra == 2 * d

### without warm-up Post-LN learns nothing, with it and as Pre-LN it learns | layers=2,4
assert end['Post-LN cold'] > 0.9 * guess, end
assert end['Post-LN warm'] < guess / 2, end
assert cold[0] < start[0] / 20 and warm[0] > start[0] / 20, (cold, warm)
assert end['Pre-LN cold'] < guess / 20, end
assert 'Only Post-LN without' in verdict_on_training(end, guess, warmup, steps)

### the verdict is chosen by the losses, where the early gradients say otherwise | layers=2,4 depth=1 warmup=1
assert 'All four learn' in verdict_on_training(end, guess, warmup, steps), end

### at too great a rate none learns | layers=2,4 lr=0.1 steps=60
assert 'None of the four' in verdict_on_training(end, guess, warmup, steps), end
names = ('Post-LN cold', 'Post-LN warm', 'Pre-LN cold', 'Pre-LN warm')
def says(*losses):
    return verdict_on_training(dict(zip(names, losses)), guess, 60, 200)
assert 'nothing learns without' in says(3, 1, 3, 1) and 'Learned: Pre-LN warm.' in says(3, 3, 3, 0)
assert 'Pre-LN cold and Pre-LN warm. The others' in says(3, 3, 0, 0)

### deep and slow, the lesson's own tip | layers=2,4 depth=12 steps=150
learned = [name for name in end if end[name] < guess / 2]
text = verdict_on_training(end, guess, warmup, steps)
assert all(name in text for name in learned) or 'Only Post-LN' in text or 'All four' in text

### Adam cancels the loss's factor, SGD does not | layers=2,4 depth=2 steps=20
assert abs(adam[1] / adam[0] - 1) < 0.01, adam
assert abs(sgd[1] / sgd[0] - 1000) < 1, sgd
