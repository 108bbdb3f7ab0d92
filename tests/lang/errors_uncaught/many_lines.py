# A statement over several lines: the line that failed is shown.
total = (
    1
    + 2
    + [3, 4][5]
    + 6
)
print(total)
