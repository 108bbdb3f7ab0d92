# Sorting by keys.
words = ["banana", "fig", "Apple", "cherry", "date"]
print(sorted(words))
print(sorted(words, key=str.lower))
print(sorted(words, key=len), sorted(words, key=len, reverse=True))
print(sorted(words, key=lambda w: (len(w), w)))
people = [("Ann", 30), ("Bob", 25), ("Cid", 30), ("Dan", 25)]
print(sorted(people, key=lambda p: p[1]))
print(sorted(people, key=lambda p: (-p[1], p[0])))
people.sort(key=lambda p: p[0], reverse=True)
print(people)
print(max(words, key=len), min(people, key=lambda p: p[1]))
print(max(1, 2.5), min("b", "a"), max([], default=0), max("abc", "abd"))
print(sorted([3, 1.5, True, -2]), sorted([(2, "b"), (1, "z"), (2, "a")]))
print(sorted({"b": 1, "a": 2}), sorted("hello", reverse=True), sorted(range(5), key=lambda x: -x))


class Item:
    def __init__(self, weight):
        self.weight = weight

    def __lt__(self, other):
        return self.weight < other.weight

    def __repr__(self):
        return f"Item({self.weight})"


print(sorted([Item(3), Item(1), Item(2)]), min(Item(5), Item(4)))
try:
    sorted([1, "a"])
except TypeError as error:
    print(error)


def merge_sort(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    merged = []
    while left and right:
        merged.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return merged + left + right


print(merge_sort([5, 2, 9, 1, 5, 6]))
