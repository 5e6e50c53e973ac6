"""Acts on many people or findings: confirmed on a page, done by a worker, told to the end."""
