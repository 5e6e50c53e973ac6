"""Letters to people: written down first, then sent, each once as far as the world allows."""
