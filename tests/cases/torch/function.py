### a Function in all its kinds
import torch
import torch.nn as nn
from torch.autograd import Function
from torch.autograd.function import once_differentiable


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__ + ':', e)


class Square(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return 2 * x * g


x = torch.tensor([1., 2., 3.], requires_grad=True)
y = Square.apply(x)
print(y)
print(y.requires_grad, y.is_leaf, y.grad_fn.name(), len(y.grad_fn.next_functions))
y.sum().backward()
print(x.grad)
attempt(lambda: y.sum().backward())
print(Square.apply(torch.ones(2)))
with torch.no_grad():
    print(Square.apply(x))
square = Square.apply
(square(square(x))).sum().backward()
print(x.grad)


# straight-through estimators and the reversal of a gradient
class Round(Function):
    @staticmethod
    def forward(ctx, x):
        return x.round()

    @staticmethod
    def backward(ctx, g):
        return g


class Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x >= 0, 1., -1.)

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * (x.abs() <= 1)


class Reverse(Function):
    @staticmethod
    def forward(ctx, x, alpha):
        ctx.alpha = alpha
        return x.view_as(x)

    @staticmethod
    def backward(ctx, g):
        return g.neg() * ctx.alpha, None


x = torch.tensor([-1.7, -.2, .4, 2.6], requires_grad=True)
(Round.apply(x) * torch.arange(4.)).sum().backward()
print(x.grad)
x.grad = None
y = Sign.apply(x)
print(y)
y.sum().backward()
print(x.grad)
x.grad = None
y = Reverse.apply(x, .5)
print(y)
(y * 3).sum().backward()
print(x.grad)


# several inputs and outputs, some of them no tensors
class Many(Function):
    @staticmethod
    def forward(ctx, a, n, b, *rest, flag=None):
        print('needs', ctx.needs_input_grad)
        ctx.n = n
        ctx.save_for_backward(a, b, None)
        top, at = (a * b).max(-1)
        ctx.mark_non_differentiable(at)
        return a * n, b + a, at, 'text', (a * b).sum()

    @staticmethod
    def backward(ctx, ga, gb, gat, gtext, gs):
        a, b, none = ctx.saved_tensors
        print('came', ga, gb, gat, gtext, gs, none)
        return ga * ctx.n + gb + gs * b, None, gb + gs * a, None


a = torch.tensor([1., 2.], requires_grad=True)
b = torch.tensor([3., 4.], requires_grad=True)
out = Many.apply(a, 3, b, 'rest')
print(out)
(out[0].sum() + out[4]).backward()
print(a.grad, b.grad)
b2 = b.detach()
out = Many.apply(a, 3, b2, 7)
print(out[2].requires_grad, out[1].requires_grad)
out[1].sum().backward()
print(a.grad, b2.grad)


class NoZeros(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.set_materialize_grads(False)
        return x + 1, x + 2

    @staticmethod
    def backward(ctx, g, h):
        print(g, h)
        return g if h is None else h


NoZeros.apply(a)[1].sum().backward()
NoZeros.apply(a)[0].sum().backward()


# an output that is saved, an input that comes back, an input written into
class Exp(Function):
    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        y, = ctx.saved_tensors
        return g * y


class Same(Function):
    @staticmethod
    def forward(ctx, x):
        return x

    @staticmethod
    def backward(ctx, g):
        return g * 10


class AddOne(Function):
    @staticmethod
    def forward(ctx, x):
        x += 1
        ctx.mark_dirty(x)
        return x

    @staticmethod
    def backward(ctx, g):
        return g * 5


x = torch.zeros(2, requires_grad=True)
y = Exp.apply(x)
y.sum().backward()
print(y, x.grad)
y = Exp.apply(x)
y += 1
attempt(lambda: y.sum().backward())
s = Same.apply(x)
print(s, s is x)
x.grad = None
s.sum().backward()
print(x.grad)


def write():
    t = Same.apply(x * 1)
    t += 1


attempt(write)
h = x * 2
k = AddOne.apply(h)
print(k is h, k, h)
x.grad = None
k.sum().backward()
print(x.grad)
attempt(AddOne.apply, x)


# what is wrong
def function(result):
    class Wrong(Function):
        @staticmethod
        def forward(ctx, x, n):
            return x * n

        @staticmethod
        def backward(ctx, g):
            return result
    return Wrong


for result in (torch.ones(2), (torch.ones(2), None, None), (torch.ones(2), torch.ones(2)),
               (torch.ones(3), None), (1, None), (None, None), (None, None, 5),
               (torch.ones(1, 1), None), (torch.ones(4, 2), None),
               (torch.ones(2, dtype=torch.float64), None)):
    x = torch.ones(2, requires_grad=True)
    attempt(lambda: function(result).apply(x, 2).sum().backward())
    print(x.grad)


class Bare(Function):
    pass


class OnlyForward(Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2


attempt(Bare.apply, x)
attempt(lambda: OnlyForward.apply(x).sum().backward())
attempt(lambda: OnlyForward()(x))
attempt(lambda: Square.apply(x, n=2))
attempt(Square.apply)


class SaveText(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward('text')
        return x * 1


class NotReturned(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        return x * 1


attempt(SaveText.apply, x)
attempt(NotReturned.apply, x * 1)


# in a module, twice through the same leaf, with a hook
class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        return Sign.apply(self.fc(x)) + Reverse.apply(self.fc(x), 2.)


torch.manual_seed(0)
m = Gate()
out = m(torch.randn(4, 3))
out.register_hook(lambda g: g * 2)
print(out)
out.sum().backward()
print(m.fc.weight.grad, m.fc.bias.grad)


# computing inside of backward with recording on: checkpointing
class Checkpoint(Function):
    @staticmethod
    def forward(ctx, run, x):
        ctx.run = run
        ctx.save_for_backward(x)
        return run(x)

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        x = x.detach().requires_grad_()
        with torch.enable_grad():
            y = ctx.run(x)
        torch.autograd.backward(y, g)
        return None, x.grad


m.zero_grad(set_to_none=True)
x = torch.ones(1, 3, requires_grad=True)
Checkpoint.apply(lambda t: torch.tanh(m.fc(t)), x).sum().backward()
print(x.grad, m.fc.weight.grad)

print(torch.autograd.gradcheck(Square.apply, (torch.randn(3, dtype=torch.float64,
                                                          requires_grad=True),)))
print(torch.autograd.gradcheck(Reverse.apply, (torch.ones(2, dtype=torch.float64,
                                                          requires_grad=True), 1.),
                               raise_exception=False))
attempt(torch.autograd.gradcheck, Square.apply, (torch.ones(2),))
print(torch.autograd.functional.jacobian(lambda t: t ** 2, torch.tensor([1., 2., 3.])))
print(torch.autograd.functional.jacobian(lambda p, q: (p * q.sum(), q), (torch.ones(2),
                                                                         torch.ones(1))))
print(torch.autograd.functional.vjp(lambda t: t ** 2, torch.tensor([1., 2.]), torch.ones(2)))
