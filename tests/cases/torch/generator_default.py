### the generator of all that name none
import torch
g = torch.manual_seed(3)
print(type(g), g is torch.default_generator, g.initial_seed(), g.device, torch.Generator().device, torch.random.initial_seed())
a = torch.rand(2)
g.manual_seed(3)
print(torch.equal(a, torch.rand(2)), torch.rand(1, generator=g), torch.rand(1))
state = torch.default_generator.get_state()
print(torch.equal(state, torch.random.get_rng_state()), torch.randn(2))
torch.random.set_rng_state(state)
print(torch.randn(2), torch.random.manual_seed(5).initial_seed(), torch.random.seed() == torch.initial_seed())
s = torch.Generator()
print(s.seed() == s.initial_seed())
### what is drawn within leaves the generator as it was
import torch
torch.manual_seed(0)
with torch.random.fork_rng(devices=[]):
    a = torch.rand(1)
    torch.manual_seed(9)
print(torch.equal(a, torch.rand(1)))
with torch.random.fork_rng(enabled=False):
    a = torch.rand(1)
print(a, torch.rand(1), torch.cuda._initialized)
try:
    with torch.random.fork_rng():
        torch.manual_seed(4)
        raise ValueError('x')
except ValueError: print(torch.rand(1))
### everywhere a generator is taken
import torch
from torch.utils.data import DataLoader, RandomSampler, SubsetRandomSampler, WeightedRandomSampler, random_split
g = torch.Generator().manual_seed(3)
half = torch.full((3,), .5)
for f in (lambda: torch.rand(2, generator=g), lambda: torch.randn(17, generator=g), lambda: torch.randn(3, dtype=torch.float64, generator=g), lambda: torch.randint(9, (3,), generator=g), lambda: torch.randint(-4, 9, (3,), generator=g), lambda: torch.randperm(5, generator=g), lambda: torch.normal(0., 1., (2,), generator=g), lambda: torch.normal(torch.zeros(2), torch.ones(2), generator=g), lambda: torch.normal(torch.zeros(2), 2., generator=g), lambda: torch.normal(1., torch.ones(2), generator=g), lambda: torch.empty(2).normal_(1, 2, generator=g), lambda: torch.empty(2).uniform_(-1, 1, generator=g), lambda: torch.multinomial(torch.ones(4), 2, generator=g), lambda: torch.ones(4).multinomial(6, True, generator=g), lambda: torch.bernoulli(half, generator=g), lambda: half.bernoulli(generator=g), lambda: half.bernoulli(.3, generator=g), lambda: torch.empty(3).bernoulli_(.5, generator=g), lambda: torch.empty(3).bernoulli_(half, generator=g), lambda: torch.empty(2).exponential_(2., generator=g), lambda: torch.empty(3, dtype=torch.long).random_(10, generator=g), lambda: torch.empty(3, dtype=torch.long).random_(3, 10, generator=g), lambda: torch.empty(2).random_(generator=g), lambda: torch.empty(3).cauchy_(generator=g), lambda: torch.empty(3).log_normal_(0, .5, generator=g), lambda: torch.empty(3).geometric_(.4, generator=g), lambda: list(DataLoader(list(range(6)), batch_size=2, shuffle=True, generator=g)), lambda: [list(s) for s in random_split(range(6), [4, 2], generator=g)], lambda: list(RandomSampler(range(6), generator=g)), lambda: list(RandomSampler(range(6), replacement=True, num_samples=4, generator=g)), lambda: list(SubsetRandomSampler([3, 4, 5], generator=g)), lambda: list(WeightedRandomSampler([3., 4, 5], 2, generator=g))):
    print(f())
torch.manual_seed(3)
print(torch.rand(2), torch.empty(2).exponential_())
### nodes bear their operation's name
import torch
x = torch.ones(2, 2, requires_grad=True)
for y in (x + 1, x * 2, x @ x, x.sum(), x.softmax(0), x.exp().log(), x[0], x.view(4), x.T):
    print(type(y.grad_fn).__name__, y.grad_fn.name(), type(y.grad_fn))
n = (x + 1).grad_fn
print(type(n.next_functions[0][0]).__name__, type(n) is type((x + 2).grad_fn))
### checkpoints of one's own ask for the devices
import torch
from torch.utils.checkpoint import get_device_states, set_device_states
states = get_device_states(torch.ones(1), 3)
print(states, set_device_states(*states))
from torch.autograd.function import Function, once_differentiable, FunctionCtx
print(Function is torch.autograd.Function)
