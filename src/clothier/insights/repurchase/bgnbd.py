"""The BG/NBD model of repeat purchases.

While alive a customer buys at a steady personal rate; after each purchase the customer may leave for good. Rates are
gamma distributed (r, α), chances of leaving beta distributed (a, b).

Source: Fader, Hardie, Lee (2005), "Counting your customers" the easy way, Marketing Science 24(2): equation 6 is the
likelihood, 10 the expectation; the chance of being alive is in Fader, Hardie, Lee (2008), "Computing P(alive) using
the BG/NBD model". The gradient is ours, derived from equation 6.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1, psi

from clothier.insights.repurchase.contracts import FitFailed, Floats, Histories, Ints, grouped

# Beyond e^±12 a parameter says "no spread at all" or "nobody ever leaves"; the data cannot tell the degrees apart.
_BOUND = 12.0


@dataclass(frozen=True, slots=True)
class BgNbd:
    """A fitted model. Time is in the unit of the histories (weeks here); `log_likelihood` is of the whole sample."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def probability_alive(self, h: Histories) -> Floats:
        """The chance that each customer still is one, at the end of the observation."""
        return np.asarray(1.0 / self._one_plus_odds(h))

    def expected_purchases(self, h: Histories, *, within: float) -> Floats:
        """Purchases each customer will make in the coming stretch of time, on average (equation 10).

        Written with Euler's transformation of the hypergeometric function, which does not overflow for buyers with
        hundreds of purchases.
        """
        # At a = 1 the formula is 0/0; a hair beside it is within 1e-7 of the limit.
        a = self.a if abs(self.a - 1) > 1e-7 else 1 + 1e-7
        x = h.frequency
        z = within / (self.alpha + h.age + within)
        series = hyp2f1(a + self.b - 1 - self.r, a - 1, a + self.b + x - 1, z)
        with np.errstate(invalid="ignore", over="ignore"):
            bought = (a + self.b + x - 1) / (a - 1) * (1 - (1 - z) ** (a - 1) * series)
        # Where customers hardly differ, the parameters grow past what the series can be summed for; nobody leaves then
        # within the horizon, and the limit of the formula is the personal rate times the time.
        steady = (self.r + x) / (self.alpha + h.age) * within
        return np.asarray(np.where(np.isfinite(bought), bought, steady) / self._one_plus_odds(h))

    def _one_plus_odds(self, h: Histories) -> Floats:
        x = h.frequency
        # A customer without a repeat purchase never had the chance to leave: alive for certain.
        left = self.a / (self.b + np.maximum(x, 1) - 1)
        power = np.exp((self.r + x) * (np.log(self.alpha + h.age) - np.log(self.alpha + h.recency)))
        return np.asarray(1.0 + np.where(x > 0, left * power, 0.0))


def fit(h: Histories) -> BgNbd:
    """The parameters under which these histories are most likely. Raises FitFailed when nobody bought twice."""
    if not len(h.frequency) or not (h.frequency > 0).any():
        raise FitFailed("nobody bought twice, so nothing can be learned about repeat purchases")
    # Ages around one keep the search well conditioned whatever the unit of time.
    scale = 1.0 / float(h.age.max())
    told = grouped(h)
    some = told.histories
    scaled = Histories(some.frequency, some.recency * scale, some.age * scale)
    found = minimize(
        _negative,
        np.zeros(4),
        args=(scaled, told.times / len(h.frequency), *np.unique(scaled.frequency, return_inverse=True)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-_BOUND, _BOUND)] * 4,
        options={"maxiter": 500, "ftol": 1e-14, "gtol": 1e-8},
    )
    if not np.isfinite(found.fun):
        raise FitFailed("the search for parameters did not converge")
    r, alpha, a, b = np.exp(found.x)
    # Undoing the scale: a density in the old unit is scale^x times the new one, customer by customer.
    likelihood = -float(found.fun) * len(h.frequency) + float(h.frequency.sum()) * float(np.log(scale))
    return BgNbd(float(r), float(alpha / scale), float(a), float(b), likelihood)


def _negative(logs: Floats, h: Histories, share: Floats | float, some: Floats, at: Ints) -> tuple[float, Floats]:
    """Minus the mean log-likelihood (equation 6) and its gradient, both in the logarithms of the parameters.

    `share` is each history's part of the customers; `some` are the different numbers of purchases, whose gammas are
    worked out once each, and `at` says which of them each history has.
    """
    r, alpha, a, b = parameters = np.exp(logs)
    x, recency, age = h.frequency, h.recency, h.age
    repeat = x > 0
    log_recency, log_age = np.log(alpha + recency), np.log(alpha + age)
    later = np.maximum(x, 1) - 1
    stayed = -(r + x) * log_age
    left = np.where(repeat, np.log(a) - np.log(b + later) - (r + x) * log_recency, -np.inf)
    either = np.logaddexp(stayed, left)
    common = gammaln(r + some) - gammaln(r) + r * np.log(alpha)
    common += gammaln(a + b) + gammaln(b + some) - gammaln(b) - gammaln(a + b + some)
    p_stayed, p_left = np.exp(stayed - either), np.exp(left - either)
    of_rate = psi(r + some) - psi(r) + np.log(alpha)
    of_leaving = psi(a + b) - psi(a + b + some)
    of_staying = of_leaving + psi(b + some) - psi(b)

    def mean(values: Floats) -> float:
        return float((values * share).sum())

    gradient = np.array(
        [
            mean(of_rate[at] - p_stayed * log_age - p_left * log_recency),
            mean(r / alpha - (r + x) * (p_stayed / (alpha + age) + p_left / (alpha + recency))),
            mean(of_leaving[at] + p_left / a),
            mean(of_staying[at] - p_left / (b + later)),
        ]
    )
    return -mean(common[at] + either), -gradient * parameters
