"""The HR officer's pages. Their scope is the branches of the officer's grants, nothing beyond."""
