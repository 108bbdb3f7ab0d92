f(lambda(: {}["missing
