"""What was seen on a public agency page or portal, and when. Knows no person who logs in."""
