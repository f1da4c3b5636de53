"""Cases: stages from dated facts, deadlines, class schemes, openness, redaction."""
