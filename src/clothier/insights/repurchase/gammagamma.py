"""The Gamma-Gamma model of spend per purchase.

Purchases of one customer vary around a personal mean, and the means vary between customers; nothing ties them to how
often somebody buys. Source: Fader, Hardie (2013), "The Gamma-Gamma model of monetary value",
http://www.brucehardie.com/notes/025/; equation 1a is the likelihood, 5 the expectation. The gradient is ours.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, psi

from clothier.insights.repurchase.contracts import FitFailed, Floats, Ints, Spend

_BOUND = 12.0


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """A fitted model; `v` is in the unit of money of the spend it was fitted on."""

    p: float
    q: float
    v: float
    log_likelihood: float

    def expected_spend(self, spend: Spend) -> Floats:
        """What each customer's purchases will cost on average: own purchases weighed against everybody's."""
        x = spend.frequency
        # q ≤ 1 has no mean over customers; then only one's own purchases can speak.
        if self.q <= 1:
            return np.asarray(spend.mean)
        return np.asarray(self.p * (self.v + x * spend.mean) / (self.p * x + self.q - 1))


def fit(spend: Spend) -> GammaGamma:
    """The parameters under which these means are most likely; customers without a repeat purchase say nothing.

    Raises FitFailed when fewer than three customers bought again.
    """
    told = (spend.frequency > 0) & (spend.mean > 0)
    if told.sum() < 3:
        raise FitFailed("fewer than three customers bought again, so their spend cannot be compared")
    scale = 1.0 / float(np.median(spend.mean[told]))
    scaled = Spend(spend.frequency[told], spend.mean[told] * scale)
    found = minimize(
        _negative,
        np.zeros(3),
        args=(scaled, *np.unique(scaled.frequency, return_inverse=True)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-_BOUND, _BOUND)] * 3,
        options={"maxiter": 500, "ftol": 1e-14, "gtol": 1e-8},
    )
    if not np.isfinite(found.fun):
        raise FitFailed("the search for parameters did not converge")
    p, q, v = np.exp(found.x)
    customers = int(told.sum())
    likelihood = -float(found.fun) * customers + customers * float(np.log(scale))
    return GammaGamma(float(p), float(q), float(v / scale), likelihood)


def _negative(logs: Floats, spend: Spend, often: Floats, which: Ints) -> tuple[float, Floats]:
    """Minus the mean log-likelihood (equation 1a) and its gradient, both in the logarithms of the parameters.

    `often` are the frequencies there are, `which` of them each customer has: special functions are dear, and people
    who bought equally often share their values.
    """
    p, q, v = parameters = np.exp(logs)
    x, m = spend.frequency, spend.mean
    alike = gammaln(p * often + q) - gammaln(p * often) + p * often * np.log(often)
    slope, level = psi(p * often + q) - psi(p * often) + np.log(often), psi(p * often + q)
    log_m, log_sum = np.log(m), np.log(x * m + v)
    each = alike[which] - gammaln(q) + q * np.log(v) + (p * x - 1) * log_m - (p * x + q) * log_sum
    gradient = np.array(
        [
            np.mean(x * (slope[which] + log_m - log_sum)),
            np.mean(level[which] - psi(q) + np.log(v) - log_sum),
            np.mean(q / v - (p * x + q) / (x * m + v)),
        ]
    )
    return -float(np.mean(each)), -gradient * parameters
