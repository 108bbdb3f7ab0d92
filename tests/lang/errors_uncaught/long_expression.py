# The marks cover the part that failed, also within a long line.
data = {"weights": [1.0, 2.0, None]}
result = data["weights"][0] + data["weights"][1] * (3 - data["weights"][2]) + 4
print(result)
