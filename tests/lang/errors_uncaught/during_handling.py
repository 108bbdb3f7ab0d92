settings = {}
try:
    value = settings["size"]
except KeyError:
    value = 100 / 0
print(value)
