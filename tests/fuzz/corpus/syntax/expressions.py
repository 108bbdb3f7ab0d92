x if y else not z and a or b < c <= d is not e not in f
[i for i in x if i for j in y]; {i: j for i, j in x}; {i for i in x}; (i for i in x)
a[1:2, ::3, ..., None, -1:]; f(*a, **b, c=1, d)
~-+a ** -b @ c // d % e << 1 & 2 ^ 3 | 4
(a, ), [], {}, (), {**a, 'b': 1}, [*a, b]
a.b.c(d)[e](f).g
