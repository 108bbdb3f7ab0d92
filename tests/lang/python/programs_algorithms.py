# Small whole programs.
def sieve(limit):
    marks = [True] * (limit + 1)
    marks[0] = marks[1] = False
    for n in range(2, int(limit ** 0.5) + 1):
        if marks[n]:
            for multiple in range(n * n, limit + 1, n):
                marks[multiple] = False
    return [n for n, prime in enumerate(marks) if prime]


print(sieve(50))


def shortest(graph, start):
    distance = {start: 0}
    queue = [start]
    while queue:
        node = queue.pop(0)
        for neighbour in graph[node]:
            if neighbour not in distance:
                distance[neighbour] = distance[node] + 1
                queue.append(neighbour)
    return distance


print(shortest({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["e"], "e": []}, "a"))
text = "the quick brown fox jumps over the lazy dog the end"
frequency = {}
for word in text.split():
    frequency[word] = frequency.get(word, 0) + 1
for word, count in sorted(frequency.items(), key=lambda item: (-item[1], item[0]))[:3]:
    print(f"{word:<6}{'#' * count}")


def edit_distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


print(edit_distance("kitten", "sitting"))
board = [[" "] * 3 for _ in range(3)]
for player, (r, c) in zip("XOXOX", [(0, 0), (1, 1), (0, 1), (2, 2), (0, 2)]):
    board[r][c] = player
print("\n".join("|".join(row) for row in board))
print(any(all(board[r][c] == "X" for c in range(3)) for r in range(3)))
roman = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def to_roman(n):
    out = ""
    for value, symbol in roman:
        while n >= value:
            out += symbol
            n -= value
    return out


print([to_roman(n) for n in [1, 4, 9, 14, 27]])
