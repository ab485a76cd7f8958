class A:
    x = 1
    def __init__(self, *a, **k): self.a = a
    def __add__(self, o): return A(*self.a, o)
    def __getattr__(self, n): return n
class B(A):
    @property
    def p(self): return super().__init__(2)
(B(1) + 2).q, B().p
