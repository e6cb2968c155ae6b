"""The imputation estimator: what treated areas would have shown, told from cells not yet treated.

Every area has its own level and every month its own effect, y = a_i + l_t, fitted on the cells where
the pathway is not live. A treated cell's effect is its value less that fit. An average of effects is
therefore a fixed weighting of all values, worked out once from the dates of go-live alone.

Source: Borusyak, Jaravel and Spiess (2024), Rev Econ Stud 91(6):3253-85; Gardner (2022) and the saturated
regression of Wooldridge (2021) give the same number.
"""

import numpy as np

ENOUGH = 1e-8
"""How closely the untreated cells must reproduce the levels and months that are asked of them."""


class NotIdentified(ValueError):
    """Some cell has no comparison: nobody untreated in its month, or no month of its area untreated."""


def live_cells(go_live: np.ndarray, months: int) -> np.ndarray:
    """Whether the pathway is live: areas x months. `go_live` is the first live month; `months` or more for none."""
    return np.arange(months) >= go_live[:, None]


def contrast(go_live: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """Weights v, areas x months, such that (v * y).sum() is the mean effect over the chosen cells.

    `cells` (..., areas x months) says which cells, or how much each weighs; leading axes are kept. Cells
    before go-live may be chosen too: theirs is the deviation from the fit that they are part of. The
    weights of every area and of every month add up to nothing, so levels and common months play no part.
    Raises NotIdentified.
    """
    wanted = cells / cells.sum(axis=(-2, -1), keepdims=True)
    fitted = ~live_cells(go_live, cells.shape[-1])
    design = _levels_and_months(*fitted.shape)
    asked = (wanted.reshape(-1, fitted.size) @ design).T
    known = design[fitted.ravel()].T
    used = known.T @ np.linalg.pinv(known @ known.T, rcond=ENOUGH, hermitian=True) @ asked  # the least-squares fit's
    if np.abs(known @ used - asked).max() > ENOUGH:
        raise NotIdentified("Some treated cell has no untreated cell to be compared with.")
    weights = wanted.copy()
    weights[..., fitted] -= used.T.reshape(*wanted.shape[:-2], -1)
    return weights


def _levels_and_months(areas: int, months: int) -> np.ndarray:
    """One row per cell: which area and which month it is."""
    area, month = np.indices((areas, months)).reshape(2, -1)
    return np.hstack([np.eye(areas)[area], np.eye(months)[month]])


def by_months_since(go_live: np.ndarray, since: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of months since go-live, and for each the weights of the mean effect over areas that go live.

    `since` (areas x months) holds that number for each cell; those of areas that do not go live are
    not read. Before go-live it is the deviation from the area's own mean, which must be zero on average.
    """
    treated = np.broadcast_to((go_live < since.shape[1])[:, None], since.shape)
    numbers = np.unique(since[treated])
    return numbers, contrast(go_live, ((since == numbers[:, None, None]) & treated).astype(float))
