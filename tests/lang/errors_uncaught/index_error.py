def last(items):
    return items[len(items)]


data = [1, 2, 3]
print(last(data))
