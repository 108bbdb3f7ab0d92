name = "n = "
count = 3
message = name + count * 2
print(message)
