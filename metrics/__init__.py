"""Turn a measure and a selection into figures with their uncertainty."""
