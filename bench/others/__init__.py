"""What people would otherwise do: the same rules over the same rows, in the tools they know."""
