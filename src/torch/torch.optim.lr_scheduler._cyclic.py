"""Learning rates in cycles, by products, by powers and by what a loss does."""

__late__ = """
torch.optim.lr_scheduler: MultiplicativeLR PolynomialLR CyclicLR OneCycleLR ChainedScheduler
    ReduceLROnPlateau
"""

import math
from torch.optim.lr_scheduler import LRScheduler


def _each_group(name, optimizer, value):
    """value for every group: a list with one for each, or the same for all."""
    n = len(optimizer.param_groups)
    if not isinstance(value, (list, tuple)):
        return [value] * n
    if len(value) != n:
        raise ValueError(f'expected {n} values for {name}, got {len(value)}')
    return list(value)


def _check_optimizer(optimizer):
    from torch.optim import Optimizer
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f'{type(optimizer).__name__} is not an Optimizer')


class MultiplicativeLR(LRScheduler):
    """Times lr_lambda(epoch) every epoch."""

    def __init__(self, optimizer, lr_lambda, last_epoch=-1, verbose=False):
        several = isinstance(lr_lambda, (list, tuple))
        if several and len(lr_lambda) != len(optimizer.param_groups):
            raise ValueError(f'Expected {len(optimizer.param_groups)} lr_lambdas, but got '
                             f'{len(lr_lambda)}')
        self.lr_lambdas = (list(lr_lambda) if several
                           else [lr_lambda] * len(optimizer.param_groups))
        super().__init__(optimizer, last_epoch, verbose)

    def get_lr(self):
        if self.last_epoch == 0:
            return self._now()
        return [lr * f(self.last_epoch) for f, lr in zip(self.lr_lambdas, self._now())]


class PolynomialLR(LRScheduler):
    """The base rate times (1 - epoch / total_iters) ** power."""

    def __init__(self, optimizer, total_iters=5, power=1.0, last_epoch=-1, verbose=False):
        self.total_iters = total_iters
        self.power = power
        super().__init__(optimizer, last_epoch, verbose)

    def get_lr(self):
        t, T = self.last_epoch, self.total_iters
        if t == 0 or t > T:
            return self._now()
        decay = ((1.0 - t / T) / (1.0 - (t - 1) / T)) ** self.power
        return [lr * decay for lr in self._now()]


class _Cycled(LRScheduler):
    """Momentum that goes the other way than the rate; Adam's first beta stands for it."""

    def _start_momentum(self, optimizer, base, most, first):
        if 'momentum' not in optimizer.defaults and 'betas' not in optimizer.defaults:
            raise ValueError('optimizer must support momentum with `cycle_momentum` option enabled')
        self.use_beta1 = 'betas' in optimizer.defaults
        for group, value in zip(optimizer.param_groups, first):
            self._set_momentum(group, value)
        for group, b, m in zip(optimizer.param_groups, base, most):
            group['base_momentum'] = b
            group['max_momentum'] = m

    def _set_momentum(self, group, value):
        if self.use_beta1:
            group['betas'] = (value,) + tuple(group['betas'][1:])
        else:
            group['momentum'] = value


class CyclicLR(_Cycled):
    """Between base_lr and max_lr, up and down. Smith 2017."""

    def __init__(self, optimizer, base_lr, max_lr, step_size_up=2000, step_size_down=None,
                 mode='triangular', gamma=1., scale_fn=None, scale_mode='cycle',
                 cycle_momentum=True, base_momentum=0.8, max_momentum=0.9, last_epoch=-1,
                 verbose=False):
        _check_optimizer(optimizer)
        lows = _each_group('base_lr', optimizer, base_lr)
        if last_epoch == -1:
            for low, group in zip(lows, optimizer.param_groups):
                group['lr'] = low
        self.max_lrs = _each_group('max_lr', optimizer, max_lr)
        up = float(step_size_up)
        down = float(step_size_down) if step_size_down is not None else up
        self.total_size = up + down
        self.step_ratio = up / self.total_size
        if mode not in ('triangular', 'triangular2', 'exp_range') and scale_fn is None:
            raise ValueError('mode is invalid and scale_fn is None')
        self.mode = mode
        self.gamma = gamma
        own = {'triangular': (lambda x: 1., 'cycle'),
               'triangular2': (lambda x: 1 / (2. ** (x - 1)), 'cycle'),
               'exp_range': (lambda x: self.gamma ** x, 'iterations')}
        self.scale_fn, self.scale_mode = (scale_fn, scale_mode) if scale_fn is not None else own[mode]
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self.base_momentums = _each_group('base_momentum', optimizer, base_momentum)
            self.max_momentums = _each_group('max_momentum', optimizer, max_momentum)
            if 'momentum' not in optimizer.defaults:
                raise ValueError('optimizer must support momentum with `cycle_momentum` option '
                                 'enabled')
            self.use_beta1 = False
            if last_epoch == -1:
                for group, value in zip(optimizer.param_groups, self.base_momentums):
                    group['momentum'] = value
        super().__init__(optimizer, last_epoch, verbose)
        self.base_lrs = lows

    def get_lr(self):
        cycle = math.floor(1 + self.last_epoch / self.total_size)
        x = 1. + self.last_epoch / self.total_size - cycle
        scale = x / self.step_ratio if x <= self.step_ratio else (x - 1) / (self.step_ratio - 1)
        by = self.scale_fn(cycle if self.scale_mode == 'cycle' else self.last_epoch)
        if self.cycle_momentum:
            for low, high, group in zip(self.base_momentums, self.max_momentums,
                                        self.optimizer.param_groups):
                group['momentum'] = high - (high - low) * scale * by
        return [low + (high - low) * scale * by for low, high in zip(self.base_lrs, self.max_lrs)]


class OneCycleLR(_Cycled):
    """Up to max_lr and down far below where it began, in total_steps. Smith and Topin 2018."""

    def __init__(self, optimizer, max_lr, total_steps=None, epochs=None, steps_per_epoch=None,
                 pct_start=0.3, anneal_strategy='cos', cycle_momentum=True, base_momentum=0.85,
                 max_momentum=0.95, div_factor=25., final_div_factor=1e4, three_phase=False,
                 last_epoch=-1, verbose=False):
        _check_optimizer(optimizer)
        if total_steps is None and epochs is None and steps_per_epoch is None:
            raise ValueError('You must define either total_steps OR (epochs AND steps_per_epoch)')
        counts = ([('total_steps', total_steps)] if total_steps is not None
                  else [('epochs', epochs), ('steps_per_epoch', steps_per_epoch)])
        self.total_steps = 1
        for name, count in counts:
            if not isinstance(count, int) or count <= 0:
                raise ValueError(f'Expected positive integer {name}, but got {count}')
            self.total_steps *= count
        if not isinstance(pct_start, float) or pct_start < 0 or pct_start > 1:
            raise ValueError(f'Expected float between 0 and 1 pct_start, but got {pct_start}')
        if anneal_strategy not in ('cos', 'linear'):
            raise ValueError("anneal_strategy must by one of 'cos' or 'linear', instead got "
                             f'{anneal_strategy}')
        self._cosine = anneal_strategy == 'cos'
        self._phases = self._plan(pct_start, three_phase)
        highs = _each_group('max_lr', optimizer, max_lr)
        if last_epoch == -1:
            for high, group in zip(highs, optimizer.param_groups):
                group['initial_lr'] = high / div_factor
                group['max_lr'] = high
                group['min_lr'] = group['initial_lr'] / final_div_factor
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            base = _each_group('base_momentum', optimizer, base_momentum)
            most = _each_group('max_momentum', optimizer, max_momentum)
            if last_epoch == -1:
                self._start_momentum(optimizer, base, most, most)
            self.use_beta1 = 'betas' in optimizer.defaults
        super().__init__(optimizer, last_epoch, verbose)

    def _plan(self, pct_start, three_phase):
        """(last step, rate from, rate to, momentum from, momentum to) of each phase."""
        up = float(pct_start * self.total_steps) - 1
        end = self.total_steps - 1
        rise = (up, 'initial_lr', 'max_lr', 'max_momentum', 'base_momentum')
        if not three_phase:
            return [rise, (end, 'max_lr', 'min_lr', 'base_momentum', 'max_momentum')]
        down = float(2 * pct_start * self.total_steps) - 2
        return [rise, (down, 'max_lr', 'initial_lr', 'base_momentum', 'max_momentum'),
                (end, 'initial_lr', 'min_lr', 'max_momentum', 'max_momentum')]

    def _between(self, start, end, part):
        if self._cosine:
            return end + (start - end) / 2.0 * (math.cos(math.pi * part) + 1)
        return (end - start) * part + start

    def get_lr(self):
        step = self.last_epoch
        if step > self.total_steps:
            raise ValueError(f'Tried to step {step + 1} times. The total number of steps is '
                             f'{self.total_steps}')
        begin = 0
        for i, phase in enumerate(self._phases):
            if step <= phase[0] or i == len(self._phases) - 1:
                break
            begin = phase[0]
        end, *names = phase
        part = (step - begin) / (end - begin)
        rates = []
        for group in self.optimizer.param_groups:
            rates.append(self._between(group[names[0]], group[names[1]], part))
            if self.cycle_momentum:
                self._set_momentum(group, self._between(group[names[2]], group[names[3]], part))
        return rates


class ChainedScheduler:
    """Several schedulers that step together."""

    def __init__(self, schedulers):
        optimizer = schedulers[0].optimizer
        for i, scheduler in enumerate(schedulers):
            if scheduler.optimizer != optimizer:
                raise ValueError('ChainedScheduler expects all schedulers to belong to the same '
                                 'optimizer, but got schedulers at index 0 and '
                                 f'{i} to be different')
        self._schedulers = list(schedulers)
        self.optimizer = optimizer
        self._last_lr = [group['lr'] for group in optimizer.param_groups]

    def step(self):
        for scheduler in self._schedulers:
            scheduler.step()
        self._last_lr = [group['lr'] for group in self.optimizer.param_groups]

    def get_last_lr(self):
        return self._last_lr

    def state_dict(self):
        own = {k: v for k, v in self.__dict__.items() if k not in ('optimizer', '_schedulers')}
        own['_schedulers'] = [s.state_dict() for s in self._schedulers]
        return own

    def load_state_dict(self, state_dict):
        for name, value in state_dict.items():
            if name != '_schedulers':
                setattr(self, name, value)
        for scheduler, state in zip(self._schedulers, state_dict['_schedulers']):
            scheduler.load_state_dict(state)


class ReduceLROnPlateau:
    """Times factor when a metric has not got better for more than patience steps."""

    def __init__(self, optimizer, mode='min', factor=0.1, patience=10, threshold=1e-4,
                 threshold_mode='rel', cooldown=0, min_lr=0, eps=1e-8, verbose=False):
        if factor >= 1.0:
            raise ValueError('Factor should be < 1.0.')
        _check_optimizer(optimizer)
        if mode not in ('min', 'max'):
            raise ValueError('mode ' + mode + ' is unknown!')
        if threshold_mode not in ('rel', 'abs'):
            raise ValueError('threshold mode ' + threshold_mode + ' is unknown!')
        if isinstance(min_lr, (list, tuple)) and len(min_lr) != len(optimizer.param_groups):
            raise ValueError(f'expected {len(optimizer.param_groups)} min_lrs, got {len(min_lr)}')
        self.factor = factor
        self.optimizer = optimizer
        self.min_lrs = _each_group('min_lr', optimizer, min_lr)
        self.patience = patience
        self.verbose = verbose
        self.cooldown = cooldown
        self.cooldown_counter = 0
        self.mode = mode
        self.threshold = threshold
        self.threshold_mode = threshold_mode
        self.mode_worse = math.inf if mode == 'min' else -math.inf
        self.best = self.mode_worse
        self.num_bad_epochs = 0
        self.eps = eps
        self.last_epoch = 0

    def step(self, metrics, epoch=None):
        """metrics: the number that is to get better."""
        current = float(metrics)
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        if self.is_better(current, self.best):
            self.best = current
            self.num_bad_epochs = 0
        else:
            self.num_bad_epochs += 1
        if self.in_cooldown:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            self._reduce_lr(self.last_epoch)
            self.cooldown_counter = self.cooldown
            self.num_bad_epochs = 0
        self._last_lr = [group['lr'] for group in self.optimizer.param_groups]

    def _reduce_lr(self, epoch):
        for i, group in enumerate(self.optimizer.param_groups):
            old = float(group['lr'])
            new = max(old * self.factor, self.min_lrs[i])
            if old - new > self.eps:
                group['lr'] = new
                if self.verbose:
                    print(f'Epoch {epoch:05d}: reducing learning rate of group {i} to {new:.4e}.')

    @property
    def in_cooldown(self):
        return self.cooldown_counter > 0

    def is_better(self, a, best):
        sign = 1 if self.mode == 'min' else -1
        if self.threshold_mode == 'rel':
            bound = best * (1. - sign * self.threshold)
        else:
            bound = best - sign * self.threshold
        return a < bound if sign == 1 else a > bound

    def state_dict(self):
        return {k: v for k, v in self.__dict__.items() if k != 'optimizer'}

    def load_state_dict(self, state_dict):
        for name, value in state_dict.items():
            setattr(self, name, value)

# Where PyTorch has them: types print their module
for _home, _classes in (
    ('torch.optim.lr_scheduler', (ChainedScheduler, CyclicLR, MultiplicativeLR, OneCycleLR,
        PolynomialLR, ReduceLROnPlateau)),
):
    for _class in _classes:
        _class.__module__ = _home
