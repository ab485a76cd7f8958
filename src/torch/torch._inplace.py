"""Methods of Tensor that write what a function of torch computes into it: x.sinc_() of torch.sinc."""

__late__ = """
torch.Tensor: absolute_ addbmm_ addmm_ addmv_ addr_ arccos_ arccosh_ arcsin_ arcsinh_ arctan2_
    arctan_ arctanh_ baddbmm_ copysign_ divide_ fix_ float_power_ gcd_ greater_ greater_equal_
    heaviside_ index_reduce_ lcm_ ldexp_ less_ less_equal_ logaddexp2_ multiply_ nan_to_num_
    negative_ nextafter_ not_equal_ put_ renorm_ scatter_reduce_ sgn_ sinc_ subtract_ swapaxes_
    swapdims_ true_divide_
"""

import torch


def _inplace(f, name):
    """The method that writes what f computes into its tensor."""

    def method(self, *args, **kwargs):
        if self.requires_grad and self.is_leaf and torch.is_grad_enabled():
            raise RuntimeError('a leaf Variable that requires grad is being used in an in-place '
                               'operation.')
        return self.copy_(f(self, *args, **kwargs))

    method.__name__ = name
    return method


def __getattr__(name):
    return _inplace(getattr(torch, name[:-1]), name)
