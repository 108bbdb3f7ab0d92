rows = ["a 1", "b 2", "c"]
for row in rows:
    name, number = row.split()
    print(name, number)
