"""Turn submissions into a published release of the warehouse."""
