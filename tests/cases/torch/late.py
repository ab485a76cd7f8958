### every name that is listed is there, whichever file has it
import torch, numpy, time
import torch.nn.functional as F
import torch.autograd, torch.nn.parameter, torch.optim.lr_scheduler
for owner in (torch, torch.Tensor, torch.nn, F, torch.autograd, torch.nn.parameter, torch.nn.modules.activation,
              torch.nn.modules.loss, torch.optim.lr_scheduler, numpy, time):
    print(owner.__name__, [name for name in dir(owner) if not hasattr(owner, name)])
print('sinc_' in dir(torch.Tensor), 'LSTM' in dir(torch.nn), 'gmtime' in dir(time))
### what is there is kept, what is not there is an error as any other
import torch
print(torch.autocast is torch.autocast, torch.nn.LSTM is torch.nn.modules.rnn.LSTM)
print(hasattr(torch, 'nobody'), hasattr(torch.Tensor, 'nobody_'), hasattr(torch.nn, ':'), hasattr(torch, 'torch.Tensor'))
class T(torch.Tensor): pass
print(torch.ones(1).sinc_(), T.sinc_ is torch.Tensor.sinc_ or T.sinc_.__name__)
