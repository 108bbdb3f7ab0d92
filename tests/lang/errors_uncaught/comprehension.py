values = [4, 1, "x", 2]
squares = [
    value ** 2
    for value in values
]
print(squares)
