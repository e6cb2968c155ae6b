"""Small numbers: what may be shown of counts of people, alone and beside each other.

`gate` lets every single figure out of `metrics`, under a named `policy`. `secondary` hides more where the
figures of a table give a hidden one away, `differencing` where two selections do. `audit` tries to work
out what is hidden, as a reader might.
"""

from metrics.disclosure.gate import Shown, disclose
from metrics.disclosure.policy import HES_2018, MHSDS, NONE, POLICIES, Policy, policy_in_force

__all__ = ["HES_2018", "MHSDS", "NONE", "POLICIES", "Policy", "Shown", "disclose", "policy_in_force"]
