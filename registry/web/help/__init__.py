"""Help at hand: what each page is for, and what the words mean."""
