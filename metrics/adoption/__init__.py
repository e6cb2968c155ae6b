"""Adoption of the pathway: reach, fidelity, practices and the time they take, milestones."""
