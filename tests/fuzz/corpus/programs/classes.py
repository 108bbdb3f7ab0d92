class A:
    n = 0
    def __init__(self, x): self.x = x
    def __add__(self, o): return A(self.x + o.x)
    def __repr__(self): return f'A({self.x!r})'
    @property
    def p(self): return self.x
    @staticmethod
    def s(): return 1
class B(A):
    def __init__(self, x): super().__init__(x); self.__dict__['y'] = 2
    def __getattr__(self, k): return k
print(B(1) + A(2), B(1).p, B.s(), B(1).z, isinstance(B(1), A))
