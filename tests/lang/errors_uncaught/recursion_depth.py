def count_down(n):
    if n == 0:
        return [][0]
    return count_down(n - 1)


count_down(6)
