# L-BFGS: Newton's method with a Hessian guessed from the last gradients.
import torch
from torch.optim.optimizer import Optimizer


def _cubic_minimum(x1, f1, g1, x2, f2, g2, bounds=None):
    """Where the cubic through two points with these slopes is least."""
    low, high = bounds if bounds is not None else (min(x1, x2), max(x1, x2))
    d1 = g1 + g2 - 3 * (f1 - f2) / (x1 - x2)
    square = d1**2 - g1 * g2
    if square < 0:
        return (low + high) / 2.0
    d2 = float(square) ** 0.5
    if x1 <= x2:
        at = x2 - (x2 - x1) * ((g2 + d2 - d1) / (g2 - g1 + 2 * d2))
    else:
        at = x1 - (x1 - x2) * ((g1 + d2 - d1) / (g1 - g2 + 2 * d2))
    return min(max(at, low), high)


def _strong_wolfe(evaluate, x, t, d, f, g, gtd, c1=1e-4, c2=0.9, tolerance=1e-9, most=25):
    """A step along d that lowers f enough and flattens it."""
    length = d.abs().max()
    g = g.clone()
    f_new, g_new = evaluate(x, t, d)
    count = 1
    gtd_new = g_new.dot(d)
    t_prev, f_prev, g_prev, gtd_prev = 0, f, g, gtd
    done = False
    steps = 0
    bracket = None
    while steps < most:
        if f_new > f + c1 * t * gtd or (steps > 1 and f_new >= f_prev):
            bracket = [(t_prev, f_prev, g_prev.clone(), gtd_prev),
                       (t, f_new, g_new.clone(), gtd_new)]
            break
        if abs(gtd_new) <= -c2 * gtd:
            bracket = [(t, f_new, g_new, gtd_new)]
            done = True
            break
        if gtd_new >= 0:
            bracket = [(t_prev, f_prev, g_prev.clone(), gtd_prev),
                       (t, f_new, g_new.clone(), gtd_new)]
            break
        bounds = (t + 0.01 * (t - t_prev), t * 10)
        before = t
        t = _cubic_minimum(t_prev, f_prev, gtd_prev, t, f_new, gtd_new, bounds)
        t_prev, f_prev, g_prev, gtd_prev = before, f_new, g_new.clone(), gtd_new
        f_new, g_new = evaluate(x, t, d)
        count += 1
        gtd_new = g_new.dot(d)
        steps += 1
    if bracket is None:
        bracket = [(0, f, g, gtd), (t, f_new, g_new, gtd_new)]
    insufficient = False
    if len(bracket) == 2:
        low, high = (0, 1) if bracket[0][1] <= bracket[1][1] else (1, 0)
    else:
        low = high = 0
    while not done and steps < most:
        if abs(bracket[1][0] - bracket[0][0]) * length < tolerance:
            break
        t = _cubic_minimum(bracket[0][0], bracket[0][1], bracket[0][3],
                           bracket[1][0], bracket[1][1], bracket[1][3])
        ends = (bracket[0][0], bracket[1][0])
        margin = 0.1 * (max(ends) - min(ends))
        if min(max(ends) - t, t - min(ends)) < margin:
            if insufficient or t >= max(ends) or t <= min(ends):
                near_high = abs(t - max(ends)) < abs(t - min(ends))
                t = max(ends) - margin if near_high else min(ends) + margin
                insufficient = False
            else:
                insufficient = True
        else:
            insufficient = False
        f_new, g_new = evaluate(x, t, d)
        count += 1
        gtd_new = g_new.dot(d)
        steps += 1
        point = (t, f_new, g_new.clone(), gtd_new)
        if f_new > f + c1 * t * gtd or f_new >= bracket[low][1]:
            bracket[high] = point
            low, high = (0, 1) if bracket[0][1] <= bracket[1][1] else (1, 0)
        else:
            if abs(gtd_new) <= -c2 * gtd:
                done = True
            elif gtd_new * (bracket[high][0] - bracket[low][0]) >= 0:
                bracket[high] = bracket[low]
            bracket[low] = point
    t, f_new, g_new, _ = bracket[low]
    return f_new, g_new, t, count


class LBFGS(Optimizer):
    def __init__(self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-7,
                 tolerance_change=1e-9, history_size=100, line_search_fn=None):
        if max_eval is None:
            max_eval = max_iter * 5 // 4
        super().__init__(params, dict(lr=lr, max_iter=max_iter, max_eval=max_eval,
                                      tolerance_grad=tolerance_grad,
                                      tolerance_change=tolerance_change,
                                      history_size=history_size, line_search_fn=line_search_fn))
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params = self.param_groups[0]["params"]

    def _gradient(self):
        return torch.cat([
            (torch.zeros_like(p) if p.grad is None else p.grad).reshape(-1) for p in self._params
        ])

    def _move(self, t, direction):
        at = 0
        for p in self._params:
            n = p.numel()
            p.add_(direction[at : at + n].view_as(p), alpha=t)
            at += n

    def _restore(self, values):
        for p, value in zip(self._params, values):
            p.copy_(value)

    def step(self, closure):
        with torch.no_grad():
            return self._minimise(torch.enable_grad()(closure))

    def _minimise(self, closure):
        group = self.param_groups[0]
        lr = group["lr"]
        state = self.state[self._params[0]]
        state.setdefault("func_evals", 0)
        state.setdefault("n_iter", 0)
        first_loss = closure()
        loss = float(first_loss)
        evals = 1
        state["func_evals"] += 1
        gradient = self._gradient()
        if gradient.abs().max() <= group["tolerance_grad"]:
            return first_loss
        d = state.get("d")
        t = state.get("t")
        old_dirs = state.get("old_dirs")
        old_steps = state.get("old_stps")
        ro = state.get("ro")
        scale = state.get("H_diag")
        previous = state.get("prev_flat_grad")
        previous_loss = state.get("prev_loss")
        iteration = 0
        while iteration < group["max_iter"]:
            iteration += 1
            state["n_iter"] += 1
            if state["n_iter"] == 1:
                d = gradient.neg()
                old_dirs, old_steps, ro = [], [], []
                scale = 1
            else:
                y = gradient.sub(previous)
                s = d.mul(t)
                ys = y.dot(s)
                if ys > 1e-10:
                    if len(old_dirs) == group["history_size"]:
                        old_dirs.pop(0)
                        old_steps.pop(0)
                        ro.pop(0)
                    old_dirs.append(y)
                    old_steps.append(s)
                    ro.append(1.0 / ys)
                    scale = ys / y.dot(y)
                count = len(old_dirs)
                al = [None] * count
                q = gradient.neg()
                for i in range(count - 1, -1, -1):
                    al[i] = old_steps[i].dot(q) * ro[i]
                    q.add_(old_dirs[i] * -al[i])
                d = torch.mul(q, scale)
                for i in range(count):
                    be = old_dirs[i].dot(d) * ro[i]
                    d.add_(old_steps[i] * (al[i] - be))
            previous = gradient.clone()
            previous_loss = loss
            t = min(1.0, 1.0 / float(gradient.abs().sum())) * lr if state["n_iter"] == 1 else lr
            slope = gradient.dot(d)
            if slope > -group["tolerance_change"]:
                break
            now = 0
            if group["line_search_fn"] is not None:
                if group["line_search_fn"] != "strong_wolfe":
                    raise RuntimeError("only 'strong_wolfe' is supported")
                start = [p.clone() for p in self._params]

                def evaluate(x, step, direction):
                    self._move(step, direction)
                    value = float(closure())
                    found = self._gradient()
                    self._restore(x)
                    return value, found

                loss, gradient, t, now = _strong_wolfe(evaluate, start, t, d, loss, gradient,
                                                       slope)
                self._move(t, d)
                flat = gradient.abs().max() <= group["tolerance_grad"]
            else:
                self._move(t, d)
                flat = False
                if iteration != group["max_iter"]:
                    with torch.enable_grad():
                        loss = float(closure())
                    gradient = self._gradient()
                    flat = gradient.abs().max() <= group["tolerance_grad"]
                    now = 1
            evals += now
            state["func_evals"] += now
            if iteration == group["max_iter"] or evals >= group["max_eval"] or flat:
                break
            if d.mul(t).abs().max() <= group["tolerance_change"]:
                break
            if abs(loss - previous_loss) < group["tolerance_change"]:
                break
        state.update(d=d, t=t, old_dirs=old_dirs, old_stps=old_steps, ro=ro, H_diag=scale,
                     prev_flat_grad=previous, prev_loss=previous_loss)
        return first_loss
