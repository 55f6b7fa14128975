"""The organizers' desk: the stock admin, with the pages of this product above it."""
