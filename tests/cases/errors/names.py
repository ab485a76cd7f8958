### an unknown name
print(undefined_thing)
### a misspelt variable
weights = 3
print(wieghts)
### a misspelt builtin
pritn('x')
### a name of another language
x = null
### a misspelt attribute
class A:
    def __init__(self):
        self.weight = 1
A().wieght
### a misspelt method
[1].apend(2)
### a misspelt string method
'a'.uper()
### a misspelt keyword argument
def f(queries, keys):
    pass
f(quries=1, keys=2)
### a misspelt module member
import math
math.sqr(4)
### from a module that lacks the name
from math import sqroot
print('goes on')
sqroot(2)
### a local that is not yet set
def f():
    print(total)
    total = 1
f()
### open is not part of it
open('file.txt')
### eval is not part of it
eval('1 + 1')
### exec is not part of it
exec('x = 1')
### os is imported and used
import os
print('imported')
os.getcwd()
### sys is imported and used
import sys
sys.exit(1)
### subprocess is imported and used
import subprocess
subprocess.run(['ls'])
### an unknown module is imported and used
import tensorboard_of_some_kind as tb
tb.log(1)
### from an unknown module
from matplotlib import pyplot as plt
plt.plot([1])
### metaclasses are not part of it
class M(type):
    pass
### a metaclass argument
class A(metaclass=int):
    pass
### input is not part of it
input('> ')
### numbers and strings are no base classes
class N(int):
    pass
### bytes are not part of it
b = b'abc'
### a function whose import is missing
print(4 / sqrt(4))
### softmax without a dimension runs, and says so once for the line
import torch
import torch.nn.functional as F
for i in range(3):
    w = F.softmax(torch.zeros(2, 2, 2))
print(w.sum(0)[0], torch.nn.Softmax()(torch.zeros(2, 2))[0])
