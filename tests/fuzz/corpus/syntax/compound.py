@decorator(1)
@other
class A(B, metaclass=C):
    """doc"""
    x: int
    def f(self, a, /, b=1, *args, c, d=2, **kw) -> int:
        return self
    async def g(): await x
for i, (j, k) in enumerate(x):
    if i: continue
    elif j: break
    else: yield i
else:
    pass
while x := f(): x
with a as b, (c) as d: pass
try: f()
except (A, B) as e: raise
except* C: pass
else: pass
finally: return
match x:
    case [1, *_]: pass
lambda x, *y, z=1, **w: (yield)
