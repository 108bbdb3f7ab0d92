# Dictionaries and sets.
d = {"a": 1, "b": 2}
d["c"] = 3
d["a"] += 10
print(d, len(d), d["b"], d.get("x"), d.get("x", 0), "a" in d, 1 in d)
print(list(d), list(d.keys()), list(d.values()), list(d.items()))
for key, value in d.items():
    print(key, value, end="; ")
print()
print(d.pop("b"), d.pop("zz", None), d.setdefault("n", []), d.setdefault("a", 0), d)
d.update({"x": 1}, y=2)
d["n"].append(5)
print(d, {**d, "a": 0}, d | {"z": 9})
del d["x"]
print(list(d), d == {"c": 3, "a": 11, "y": 2, "n": [5]}, dict(d) is d)
counts = {}
for letter in "abracadabra":
    counts[letter] = counts.get(letter, 0) + 1
print(counts, max(counts, key=counts.get), sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
print({(1, 2): "pair", 1.5: "float", True: "bool", None: "none"}[(1, 2)])
print({1: "int", 1.0: "float", True: "bool"})
print(dict.fromkeys("ab", 0), d.popitem(), dict(zip("xy", [1, 2])))
groups = {}
for word in ["apple", "avocado", "banana"]:
    groups.setdefault(word[0], []).append(word)
print(groups)
s = {3, 1, 2, 3}
s.add(5)
s.discard(100)
s.remove(1)
print(sorted(s), len(s), 3 in s, {1, 2} | {2, 3}, {1, 2} & {2, 3}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1} <= {1, 2}, {1, 2} == {2, 1})
print(set([1, 1, 2]), frozenset([1]), {1, 2}.union([3]), {1, 2}.isdisjoint({3}), set(), {1}.issubset({1, 2}))
d.clear()
print(d, bool(d))
for bad in [lambda: {}["k"], lambda: {[1]: 2}, lambda: {1}.remove(9)]:
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
