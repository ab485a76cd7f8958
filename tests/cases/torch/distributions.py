### Normal
import torch
from torch.distributions import Normal, kl_divergence
torch.manual_seed(0)
n = Normal(torch.tensor([0., 1.]), torch.tensor([1., 2.]))
print(n, n.batch_shape, n.event_shape, n.mean, n.stddev, n.variance, n.mode, n.has_rsample)
print(n.sample(), n.sample((3,)), n.sample(torch.Size([2, 2])), n.rsample((2,)), n.sample_n(2))
x = torch.tensor([.5, -.5])
print(n.log_prob(x), n.entropy(), n.cdf(x), n.icdf(torch.tensor([.3, .6])), n.log_prob(torch.tensor(1.)), n.perplexity())
print(Normal(0, 1), Normal(0., 1.).sample(), Normal(0., 1.).sample((2,)), Normal(torch.zeros(2), 3.).log_prob(torch.ones(2)))
print(kl_divergence(n, Normal(0., 1.)), n.expand((3, 2)).batch_shape, n.expand((2, 2)).sample(), n.expand((3, 2)))
loc = torch.zeros(2, requires_grad=True); scale = torch.ones(2, requires_grad=True)
d = Normal(loc, scale)
z = d.rsample((5,)); print(z.requires_grad, d.sample().requires_grad)
(-d.log_prob(z.detach()).mean() + d.entropy().sum() + z.sum()).backward(); print(loc.grad, scale.grad)
torch.manual_seed(3); print(Normal(torch.zeros(3, 7), 1.).sample(), Normal(torch.zeros(20), 1.).rsample())
### Categorical
import torch
from torch.distributions import Categorical, kl_divergence
torch.manual_seed(1)
c = Categorical(torch.tensor([.2, .3, .5]))
print(c, c.sample(), c.sample((4,)), c.sample((2, 3)), c.log_prob(torch.tensor(1)), c.log_prob(torch.tensor([0, 2])), c.entropy(), c.probs, c.mode, c.mean, c.variance)
print(c.logits, c)
b = Categorical(logits=torch.randn(2, 4))
print(b, b.batch_shape, b.event_shape, b.sample(), b.sample((3,)), b.log_prob(torch.tensor([1, 3])), b.entropy(), b.probs, b.param_shape)
print(kl_divergence(c, Categorical(torch.ones(3))), kl_divergence(b, Categorical(logits=torch.zeros(2, 4))), c.expand((2, 2)).sample(), c.enumerate_support(), b.enumerate_support(False), b.support, c.support)
logits = torch.zeros(3, requires_grad=True)
pi = Categorical(logits=logits); a = pi.sample()
(-pi.log_prob(a) * 2 - .1 * pi.entropy()).backward(); print(a, logits.grad)
print(Categorical(torch.tensor([1., 2., 1.])).probs, Categorical(probs=torch.tensor([[0., 1.], [.5, .5]])).logits)
### Bernoulli and Uniform
import torch
from torch.distributions import Bernoulli, Uniform, kl_divergence
torch.manual_seed(2)
b = Bernoulli(torch.tensor([.1, .5, .9]))
print(b, b.sample(), b.sample((2,)), b.log_prob(torch.tensor([0., 1., 1.])), b.entropy(), b.mean, b.variance, b.mode, b.logits, b.stddev)
l = Bernoulli(logits=torch.tensor([-1., 0., 2.]))
print(l, l.probs, l.sample(), l.log_prob(torch.ones(3)), kl_divergence(b, l), l.expand((2, 3)).sample(), Bernoulli(.3).sample((5,)), l.enumerate_support())
u = Uniform(torch.tensor([0., -1.]), torch.tensor([1., 3.]))
print(u, u.sample(), u.rsample((2,)), u.log_prob(torch.tensor([.5, 0.])), u.entropy(), u.mean, u.variance, u.stddev, u.cdf(torch.tensor([.2, .2])), u.icdf(torch.tensor(.5)), kl_divergence(u, Uniform(-2., 4.)), Uniform(0, 1).sample())
### Independent and MultivariateNormal
import torch
from torch.distributions import Independent, Normal, MultivariateNormal, kl_divergence, Bernoulli
import torch.distributions as D
torch.manual_seed(4)
i = Independent(Normal(torch.zeros(2, 3), torch.ones(2, 3)), 1)
print(i, i.batch_shape, i.event_shape, i.sample().shape, i.log_prob(torch.ones(2, 3)), i.entropy(), i.mean, i.variance, i.expand((4, 2)).batch_shape)
print(kl_divergence(i, D.Independent(D.Normal(torch.ones(3), 2.).expand((2, 3)), 1)), i.rsample((2,)).shape)
S = torch.tensor([[2., .5], [.5, 1.]])
m = MultivariateNormal(torch.tensor([1., -1.]), S)
print(m, m.sample(), m.sample((2,)), m.log_prob(torch.zeros(2)), m.entropy(), m.mean, m.variance, m.scale_tril, m.precision_matrix, m.covariance_matrix)
p = MultivariateNormal(torch.zeros(3, 2), precision_matrix=S)
print(p.batch_shape, p.event_shape, p.rsample(), p.log_prob(torch.ones(2)), kl_divergence(m, MultivariateNormal(torch.zeros(2), scale_tril=torch.eye(2))), p.expand((2, 3)).sample().shape, p.covariance_matrix[0])
### what is refused
import torch
from torch.distributions import *
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
attempt(lambda: Normal(0., -1.)); attempt(lambda: Normal(torch.tensor([0., float('nan')]), 1.)); attempt(lambda: Normal(0., torch.zeros(2)))
attempt(lambda: Bernoulli(1.5)); attempt(lambda: Bernoulli()); attempt(lambda: Bernoulli(.5, logits=.5)); attempt(lambda: Categorical(torch.tensor(.5))); attempt(lambda: Categorical(torch.tensor([-1., 2.]))); attempt(lambda: Categorical(logits=torch.tensor([float('nan'), 1.])))
attempt(lambda: Categorical(torch.ones(3)).log_prob(torch.tensor(3))); attempt(lambda: Categorical(torch.ones(3)).log_prob(torch.tensor(.5))); attempt(lambda: Bernoulli(.5).log_prob(torch.tensor(2.))); attempt(lambda: Uniform(1., 0.)); attempt(lambda: Uniform(0., 1.).log_prob(torch.tensor(2.))); attempt(lambda: Normal(0., 1.).log_prob(1.))
attempt(lambda: Normal(torch.zeros(2), 1.).log_prob(torch.zeros(3))); attempt(lambda: Normal(0., -1., validate_args=False)); attempt(lambda: Uniform(0., 1., validate_args=False).log_prob(torch.tensor(2.)))
attempt(lambda: kl_divergence(Categorical(torch.ones(2)), Normal(0., 1.))); attempt(lambda: MultivariateNormal(torch.zeros(2), torch.tensor([[1., 2.], [2., 1.]]))); attempt(lambda: MultivariateNormal(torch.zeros(2))); attempt(lambda: Independent(Normal(0., 1.), 1)); attempt(lambda: Bernoulli(.5).rsample()); attempt(lambda: Normal('x', 1.))
attempt(lambda: torch.distributions.constraints.positive); attempt(lambda: Normal(0., 1.).support)
