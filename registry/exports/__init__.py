"""What leaves the register: lists that can be proved untouched."""
