"""torch.optim: SGD, Adam, AdamW, RMSprop, Adagrad. Formulas in PyTorch's order of operations,
so that the same gradients give the same steps.
"""
import math
from collections import defaultdict
import torch
from torch.optim import lr_scheduler


class Optimizer:
    """Parameters in groups, each with its options; state per parameter."""

    def __init__(self, params, defaults):
        self.defaults = defaults
        self.state = defaultdict(dict)
        self.param_groups = []
        if isinstance(params, torch.Tensor):
            raise TypeError('params argument given to the optimizer should be an iterable of '
                            'Tensors or dicts, but got torch.FloatTensor')
        groups = list(params)
        if len(groups) == 0:
            raise ValueError('optimizer got an empty parameter list')
        if not isinstance(groups[0], dict):
            groups = [{'params': groups}]
        for group in groups:
            self.add_param_group(group)

    def add_param_group(self, group):
        """Adds parameters with options of their own."""
        params = group['params']
        group['params'] = [params] if isinstance(params, torch.Tensor) else list(params)
        for p in group['params']:
            if not isinstance(p, torch.Tensor):
                raise TypeError('optimizer can only optimize Tensors, but one of the params is '
                                + type(p).__name__)
            if not p.is_leaf:
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, default in self.defaults.items():
            group.setdefault(name, default)
        known = {id(p) for g in self.param_groups for p in g['params']}
        if any(id(p) in known for p in group['params']):
            raise ValueError('some parameters appear in more than one parameter group')
        self.param_groups.append(group)

    def zero_grad(self, set_to_none=False):
        """Zeroes (or drops) the gradients of all parameters."""
        for group in self.param_groups:
            for p in group['params']:
                if p.grad is not None:
                    if set_to_none:
                        p.grad = None
                    else:
                        p.grad.detach_()
                        p.grad.zero_()

    def step(self, closure=None):
        """One update of every parameter that has a gradient."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        with torch.no_grad():
            for group in self.param_groups:
                for p in group['params']:
                    if p.grad is not None:
                        self._update(p, p.grad, self.state[p], group)
        return loss

    def state_dict(self):
        """State and options with parameters as numbers."""
        index = {}
        groups = []
        for group in self.param_groups:
            numbers = []
            for p in group['params']:
                index.setdefault(id(p), len(index))
                numbers.append(index[id(p)])
            packed = {k: v for k, v in group.items() if k != 'params'}
            packed['params'] = numbers
            groups.append(packed)
        state = {index[id(p)]: s for p, s in self.state.items()}
        return {'state': state, 'param_groups': groups}

    def load_state_dict(self, state_dict):
        """Takes over what state_dict gave."""
        params = [p for group in self.param_groups for p in group['params']]
        for group, saved in zip(self.param_groups, state_dict['param_groups']):
            for name, value in saved.items():
                if name != 'params':
                    group[name] = value
        self.state = defaultdict(dict)
        for number, state in state_dict['state'].items():
            self.state[params[number]] = dict(state)

    def __repr__(self):
        s = self.__class__.__name__ + ' ('
        for i, group in enumerate(self.param_groups):
            s += f'\nParameter Group {i}\n'
            for key in sorted(group.keys()):
                if key != 'params':
                    s += f'    {key}: {group[key]}\n'
        return s + ')'


def _check(name, value, ok):
    if not ok:
        raise ValueError(f'Invalid {name}: {value}')


class SGD(Optimizer):
    """p -= lr g, with momentum: b = m b + g, p -= lr b."""

    def __init__(self, params, lr=1e-3, momentum=0, dampening=0, weight_decay=0, nesterov=False,
                 *, maximize=False, foreach=None, differentiable=False):
        _check('learning rate', lr, lr >= 0.0)
        _check('momentum value', momentum, momentum >= 0.0)
        _check('weight_decay value', weight_decay, weight_decay >= 0.0)
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError('Nesterov momentum requires a momentum and zero dampening')
        super().__init__(params, dict(lr=lr, momentum=momentum, dampening=dampening,
                                      weight_decay=weight_decay, nesterov=nesterov,
                                      maximize=maximize, foreach=foreach,
                                      differentiable=differentiable))

    def _update(self, p, grad, state, group):
        if group['maximize']:
            grad = -grad
        if group['weight_decay'] != 0:
            grad = grad.add(p, alpha=group['weight_decay'])
        momentum = group['momentum']
        if momentum != 0:
            buf = state.get('momentum_buffer')
            if buf is None:
                buf = grad.clone().detach()
                state['momentum_buffer'] = buf
            else:
                buf.mul_(momentum).add_(grad, alpha=1 - group['dampening'])
            grad = grad.add(buf, alpha=momentum) if group['nesterov'] else buf
        p.add_(grad, alpha=-group['lr'])


class Adam(Optimizer):
    """Steps scaled by running means of gradient and squared gradient. Kingma and Ba 2015."""
    _decoupled = False

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0,
                 amsgrad=False, *, foreach=None, maximize=False, capturable=False,
                 differentiable=False, fused=False):
        _check('learning rate', lr, lr >= 0.0)
        _check('epsilon value', eps, eps >= 0.0)
        _check('beta parameter at index 0', betas[0], 0.0 <= betas[0] < 1.0)
        _check('beta parameter at index 1', betas[1], 0.0 <= betas[1] < 1.0)
        _check('weight_decay value', weight_decay, weight_decay >= 0.0)
        defaults = dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad,
                        maximize=maximize, foreach=foreach, capturable=capturable)
        if not self._decoupled:
            defaults['differentiable'] = differentiable
            defaults['fused'] = fused
        super().__init__(params, defaults)

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = torch.tensor(0.)
            state['exp_avg'] = torch.zeros_like(p)
            state['exp_avg_sq'] = torch.zeros_like(p)
            if group['amsgrad']:
                state['max_exp_avg_sq'] = torch.zeros_like(p)
        if group['maximize']:
            grad = -grad
        state['step'] += 1
        step = state['step'].item()
        beta1, beta2 = group['betas']
        lr, decay = group['lr'], group['weight_decay']
        if self._decoupled:
            p.mul_(1 - lr * decay)
        elif decay != 0:
            grad = grad.add(p, alpha=decay)
        mean, square = state['exp_avg'], state['exp_avg_sq']
        mean.mul_(beta1).add_(grad, alpha=1 - beta1)
        square.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        correction1 = 1 - beta1 ** step
        correction2 = 1 - beta2 ** step
        if group['amsgrad']:
            state['max_exp_avg_sq'].copy_(torch.maximum(state['max_exp_avg_sq'], square))
            square = state['max_exp_avg_sq']
        denom = (square.sqrt() / math.sqrt(correction2)).add_(group['eps'])
        p.addcdiv_(mean, denom, value=-(lr / correction1))


class AdamW(Adam):
    """Adam with the weight decay apart from the gradient. Loshchilov and Hutter 2019."""
    _decoupled = True

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2,
                 amsgrad=False, *, maximize=False, foreach=None, capturable=False, fused=None):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad, maximize=maximize,
                         foreach=foreach, capturable=capturable)


class RMSprop(Optimizer):
    """Steps divided by a running mean of the gradient's size."""

    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8, weight_decay=0, momentum=0,
                 centered=False, foreach=None, maximize=False, differentiable=False):
        _check('learning rate', lr, lr >= 0.0)
        _check('epsilon value', eps, eps >= 0.0)
        _check('momentum value', momentum, momentum >= 0.0)
        _check('weight_decay value', weight_decay, weight_decay >= 0.0)
        _check('alpha value', alpha, alpha >= 0.0)
        super().__init__(params, dict(lr=lr, momentum=momentum, alpha=alpha, eps=eps,
                                      centered=centered, weight_decay=weight_decay,
                                      foreach=foreach, maximize=maximize,
                                      differentiable=differentiable))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = 0
            state['square_avg'] = torch.zeros_like(p)
            if group['momentum'] > 0:
                state['momentum_buffer'] = torch.zeros_like(p)
            if group['centered']:
                state['grad_avg'] = torch.zeros_like(p)
        state['step'] += 1
        grad = -grad if group['maximize'] else grad
        if group['weight_decay'] != 0:
            grad = grad.add(p, alpha=group['weight_decay'])
        alpha = group['alpha']
        square = state['square_avg']
        square.mul_(alpha).addcmul_(grad, grad, value=1 - alpha)
        if group['centered']:
            mean = state['grad_avg']
            mean.mul_(alpha).add_(grad, alpha=1 - alpha)
            avg = square.addcmul(mean, mean, value=-1).sqrt_().add_(group['eps'])
        else:
            avg = square.sqrt().add_(group['eps'])
        if group['momentum'] > 0:
            buf = state['momentum_buffer']
            buf.mul_(group['momentum']).addcdiv_(grad, avg)
            p.add_(buf, alpha=-group['lr'])
        else:
            p.addcdiv_(grad, avg, value=-group['lr'])


class Adagrad(Optimizer):
    """Steps divided by the root of the sum of squared gradients. Duchi et al. 2011."""

    def __init__(self, params, lr=1e-2, lr_decay=0, weight_decay=0, initial_accumulator_value=0,
                 eps=1e-10, foreach=None, *, maximize=False):
        _check('learning rate', lr, lr >= 0.0)
        _check('lr_decay value', lr_decay, lr_decay >= 0.0)
        _check('weight_decay value', weight_decay, weight_decay >= 0.0)
        _check('initial_accumulator_value value', initial_accumulator_value,
               initial_accumulator_value >= 0.0)
        _check('epsilon value', eps, eps >= 0.0)
        super().__init__(params, dict(lr=lr, lr_decay=lr_decay, eps=eps, weight_decay=weight_decay,
                                      initial_accumulator_value=initial_accumulator_value,
                                      foreach=foreach, maximize=maximize))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = 0
            state['sum'] = torch.full_like(p, group['initial_accumulator_value'])
        state['step'] += 1
        grad = -grad if group['maximize'] else grad
        if group['weight_decay'] != 0:
            grad = grad.add(p, alpha=group['weight_decay'])
        lr = group['lr'] / (1 + (state['step'] - 1) * group['lr_decay'])
        state['sum'].addcmul_(grad, grad, value=1)
        p.addcdiv_(grad, state['sum'].sqrt().add_(group['eps']), value=-lr)


class Adadelta(Optimizer):
    """Steps by the ratio of running means of updates and gradients. Zeiler 2012."""

    def __init__(self, params, lr=1.0, rho=0.9, eps=1e-6, weight_decay=0, foreach=None, *,
                 maximize=False):
        _check('learning rate', lr, lr >= 0.0)
        _check('rho value', rho, 0.0 <= rho <= 1.0)
        _check('epsilon value', eps, eps >= 0.0)
        _check('weight_decay value', weight_decay, weight_decay >= 0.0)
        super().__init__(params, dict(lr=lr, rho=rho, eps=eps, weight_decay=weight_decay,
                                      maximize=maximize, foreach=foreach))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = 0
            state['square_avg'] = torch.zeros_like(p)
            state['acc_delta'] = torch.zeros_like(p)
        state['step'] += 1
        if group['maximize']:
            grad = -grad
        if group['weight_decay'] != 0:
            grad = grad.add(p, alpha=group['weight_decay'])
        rho, eps = group['rho'], group['eps']
        square, delta = state['square_avg'], state['acc_delta']
        square.mul_(rho).addcmul_(grad, grad, value=1 - rho)
        std = square.add(eps).sqrt_()
        step = delta.add(eps).sqrt_().div_(std).mul_(grad)
        p.add_(step, alpha=-group['lr'])
        delta.mul_(rho).addcmul_(step, step, value=1 - rho)


class Adamax(Optimizer):
    """Adam with the running maximum in place of the mean square. Kingma and Ba 2015."""

    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, foreach=None,
                 *, maximize=False):
        _check('learning rate', lr, lr >= 0.0)
        _check('epsilon value', eps, eps >= 0.0)
        _check('beta parameter at index 0', betas[0], 0.0 <= betas[0] < 1.0)
        _check('beta parameter at index 1', betas[1], 0.0 <= betas[1] < 1.0)
        _check('weight_decay value', weight_decay, weight_decay >= 0.0)
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay,
                                      foreach=foreach, maximize=maximize))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = torch.tensor(0.)
            state['exp_avg'] = torch.zeros_like(p)
            state['exp_inf'] = torch.zeros_like(p)
        if group['maximize']:
            grad = -grad
        state['step'] += 1
        beta1, beta2 = group['betas']
        if group['weight_decay'] != 0:
            grad = grad.add(p, alpha=group['weight_decay'])
        state['exp_avg'].mul_(beta1).add_(grad, alpha=1 - beta1)
        both = torch.stack([state['exp_inf'].mul_(beta2), grad.abs().add_(group['eps'])])
        state['exp_inf'].copy_(torch.amax(both, 0))
        rate = group['lr'] / (1 - beta1 ** state['step'].item())
        p.addcdiv_(state['exp_avg'], state['exp_inf'], value=-rate)


class NAdam(Optimizer):
    """Adam with Nesterov's momentum. Dozat 2016."""

    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0,
                 momentum_decay=4e-3, *, foreach=None):
        _check('learning rate', lr, lr >= 0.0)
        _check('epsilon value', eps, eps >= 0.0)
        _check('beta parameter at index 0', betas[0], 0.0 <= betas[0] < 1.0)
        _check('beta parameter at index 1', betas[1], 0.0 <= betas[1] < 1.0)
        _check('weight_decay value', weight_decay, weight_decay >= 0.0)
        _check('momentum_decay value', momentum_decay, momentum_decay >= 0.0)
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay,
                                      momentum_decay=momentum_decay, foreach=foreach))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = torch.tensor(0.)
            state['mu_product'] = torch.tensor(1.)
            state['exp_avg'] = torch.zeros_like(p)
            state['exp_avg_sq'] = torch.zeros_like(p)
        state['step'] += 1
        step = state['step'].item()
        beta1, beta2 = group['betas']
        decay = group['momentum_decay']
        if group['weight_decay'] != 0:
            grad = grad.add(p, alpha=group['weight_decay'])
        mu = beta1 * (1. - 0.5 * (0.96 ** (step * decay)))
        mu_next = beta1 * (1. - 0.5 * (0.96 ** ((step + 1) * decay)))
        state['mu_product'] *= mu
        product = state['mu_product'].item()
        following = (state['mu_product'] * mu * mu_next).item()  # as PyTorch 1.13 has it
        mean, square = state['exp_avg'], state['exp_avg_sq']
        mean.mul_(beta1).add_(grad, alpha=1 - beta1)
        square.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        denom = square.div(1 - beta2 ** step).sqrt().add_(group['eps'])
        p.addcdiv_(grad, denom, value=-group['lr'] * (1. - mu) / (1. - product))
        p.addcdiv_(mean, denom, value=-group['lr'] * mu_next / (1. - following))


class RAdam(Optimizer):
    """Adam whose first steps are plain until the variance is known. Liu et al. 2019."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, *,
                 foreach=None):
        _check('learning rate', lr, lr >= 0.0)
        _check('epsilon value', eps, eps >= 0.0)
        _check('beta parameter at index 0', betas[0], 0.0 <= betas[0] < 1.0)
        _check('beta parameter at index 1', betas[1], 0.0 <= betas[1] < 1.0)
        _check('weight_decay value', weight_decay, weight_decay >= 0.0)
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay,
                                      foreach=foreach))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = torch.tensor(0.)
            state['exp_avg'] = torch.zeros_like(p)
            state['exp_avg_sq'] = torch.zeros_like(p)
        state['step'] += 1
        step = state['step'].item()
        beta1, beta2 = group['betas']
        if group['weight_decay'] != 0:
            grad = grad.add(p, alpha=group['weight_decay'])
        mean, square = state['exp_avg'], state['exp_avg_sq']
        mean.mul_(beta1).add_(grad, alpha=1 - beta1)
        square.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        correction2 = 1 - beta2 ** step
        corrected = mean / (1 - beta1 ** step)
        longest = 2 / (1 - beta2) - 1
        length = longest - 2 * step * (beta2 ** step) / correction2
        if length > 5.:
            rect = math.sqrt((length - 4) * (length - 2) * longest
                             / ((longest - 4) * (longest - 2) * length))
            adaptive = math.sqrt(correction2) / square.sqrt().add_(group['eps'])
            p.add_(corrected * group['lr'] * adaptive * rect, alpha=-1.0)
        else:
            p.add_(corrected * group['lr'], alpha=-1.0)


class Rprop(Optimizer):
    """Steps by the gradient's sign, longer while it stays and shorter when it turns."""

    def __init__(self, params, lr=1e-2, etas=(0.5, 1.2), step_sizes=(1e-6, 50), *, foreach=None,
                 maximize=False):
        _check('learning rate', lr, lr >= 0.0)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError(f'Invalid eta values: {etas[0]}, {etas[1]}')
        super().__init__(params, dict(lr=lr, etas=etas, step_sizes=step_sizes, foreach=foreach,
                                      maximize=maximize))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = 0
            state['prev'] = torch.zeros_like(p)
            state['step_size'] = torch.full_like(grad, group['lr'])
        state['step'] += 1
        grad = -grad if group['maximize'] else grad
        less, more = group['etas']
        same = grad.mul(state['prev']).sign()
        factor = torch.where(same > 0, more, torch.where(same < 0, less, 1.)).to(grad.dtype)
        state['step_size'].mul_(factor).clamp_(*group['step_sizes'])
        grad = grad.clone()
        grad[same < 0] = 0
        p.addcmul_(grad.sign(), state['step_size'], value=-1)
        state['prev'].copy_(grad)

# Where PyTorch has them: types print their module
for _home, _classes in (
    ('torch.optim.adadelta', (Adadelta,)),
    ('torch.optim.adagrad', (Adagrad,)),
    ('torch.optim.adam', (Adam,)),
    ('torch.optim.adamax', (Adamax,)),
    ('torch.optim.adamw', (AdamW,)),
    ('torch.optim.nadam', (NAdam,)),
    ('torch.optim.optimizer', (Optimizer,)),
    ('torch.optim.radam', (RAdam,)),
    ('torch.optim.rmsprop', (RMSprop,)),
    ('torch.optim.rprop', (Rprop,)),
    ('torch.optim.sgd', (SGD,)),
):
    for _class in _classes:
        _class.__module__ = _home
