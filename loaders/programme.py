"""The contracts of the programme's own submissions that come as one sheet."""

from loaders import coding, outcomes, pathway, pathway_events, procedures

CONTRACTS = {module.CONTRACT.key: module.CONTRACT for module in (pathway, pathway_events, outcomes, coding, procedures)}
"""By the key of their kind. The rollout workbook has several sheets: loaders/rollout_sheets.py."""
