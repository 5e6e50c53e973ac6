"""Pages: a folder a role. They call the rooms' services and selectors and hold no rule of their own."""
