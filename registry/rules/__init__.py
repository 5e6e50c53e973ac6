"""Rules: what is asked of a declaration, by which law, for whom."""
