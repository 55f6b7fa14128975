"""What people write, and how it gets there."""
