"""What a meeting did: dispositions, decisions, action items, reports."""
