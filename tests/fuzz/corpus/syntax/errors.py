if x = 1:
print "hi"
f(a b)
x = (1,
  2]
