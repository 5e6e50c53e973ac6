"""What the register holds about a person, who looked at it, and what the person asks for."""
