s = 'Hello, {}! {:>5.2f} {name}'.format('w', 3.14159, name='n')
print(s, s.split(','), s[::-1], '%d %s' % (1, 'a'), s.encode if hasattr(s, 'encode') else 0)
print(f'{1+1=} {s!r:>30} {[1, 2]}', 'a' * 3, 'x' in s, s.replace('l', 'L'), ','.join('abc'))
d = {'a': [1, (2, 3)], 'b': {1, 2}}
d['c'] = d; print(d, len(d), d.get('z', 0), d.pop('a'))
import math, itertools, functools, collections, random, copy
print(math.sqrt(2), list(itertools.chain([1], [2])), functools.reduce(lambda a, b: a + b, [1, 2]))
print(collections.Counter('aab'), copy.deepcopy([1, [2]]), random.Random(1).random())
