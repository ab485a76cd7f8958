import torch.nn as nn
import torch
m = nn.Sequential(nn.Linear(4, 2), nn.ReLU())
m(torch.zeros(1, 4)), sum(p.numel() for p in m.parameters())
