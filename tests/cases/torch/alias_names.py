### every other name of a function gives what the function gives, as function, method and in place
import torch

one = {'absolute': 'abs', 'negative': 'neg', 'arcsin': 'asin', 'arccos': 'acos', 'arctan': 'atan',
       'arcsinh': 'asinh', 'arccosh': 'acosh', 'arctanh': 'atanh', 'fix': 'trunc', 'sgn': 'sign'}
two = {'multiply': 'mul', 'subtract': 'sub', 'divide': 'div', 'true_divide': 'div', 'arctan2': 'atan2',
       'greater': 'gt', 'greater_equal': 'ge', 'less': 'lt', 'less_equal': 'le', 'not_equal': 'ne'}

for names, more in (one, ()), (two, (torch.tensor([0.5, 0.25, 2.0]),)):
    for other, name in names.items():
        x = torch.tensor([0.5, -0.25, 1.5]) if other != 'arccosh' else torch.tensor([1.5, 2.0, 1.0])
        want = getattr(torch, name)(x, *more)
        same = [torch.equal(torch.nan_to_num(v.float(), 9.0), torch.nan_to_num(want.float(), 9.0)) for v in (
            getattr(torch, other)(x, *more), getattr(x, other)(*more), getattr(x.clone(), other + '_')(*more))]
        print(other, name, *same)
