"""Invented people, for trying the register out and for measuring it. Never installed in production."""
