# Views that ask for a gradient themselves, and views made while gradients were off: what may be
# changed in place.
import torch


def attempt(name, change):
    try:
        change()
        print(name, "is done")
    except RuntimeError as error:
        print(name, "-", str(error)[:72])


def leaf_view():
    x = torch.ones(2, 2).t()
    x.requires_grad_()
    x.sigmoid_()


def view_of_leaf_view():
    x = torch.ones(2, 2)[0]
    x.requires_grad_()
    x[0].mul_(2)


def leaf_view_by_its_base():
    base = torch.ones(2, 2)
    x = base[0]
    x.requires_grad_()
    base.mul_(2)
    print(x, base.requires_grad, x.is_leaf)


def made_without_gradients(of):
    with torch.no_grad():
        view = of[0]
    view.mul_(2)


def made_without_gradients_then_recorded():
    with torch.no_grad():
        view = torch.ones(2, 2).t()
    view.mul_(torch.ones(2, 2, requires_grad=True))


def all_without_gradients():
    w = torch.ones(2, 2, requires_grad=True)
    with torch.no_grad():
        w[0].mul_(5)
    w.data[1].add_(1)
    print(w)


def leaf_view_with_gradient():
    x = torch.ones(2, 2)[0]
    x.requires_grad_()
    (x * x).sum().backward()
    x.data.mul_(3)
    print(x, x.grad, x.is_leaf)


attempt("a view that is a leaf", leaf_view)
attempt("a view of a view that is a leaf", view_of_leaf_view)
attempt("the base of a view that is a leaf", leaf_view_by_its_base)
attempt("a view of a leaf, made in no_grad", lambda: made_without_gradients(torch.ones(2, 2, requires_grad=True)))
attempt("a view of a result, made in no_grad", lambda: made_without_gradients(torch.ones(2, 2, requires_grad=True) * 2))
attempt("a view of a constant, made in no_grad", lambda: made_without_gradients(torch.ones(2, 2)))
attempt("the same, by what wants a gradient", made_without_gradients_then_recorded)
attempt("all in no_grad, and by .data", all_without_gradients)
attempt("a view that is a leaf, by .data", leaf_view_with_gradient)
