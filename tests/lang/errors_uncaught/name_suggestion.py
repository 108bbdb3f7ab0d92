# A misspelt name gets a suggestion.
threshold = 5
if treshold > 3:
    print("yes")
