"""The citizen's question: is this page really theirs? Sees the book's public face and evidence only."""
