"""The roster: who holds which seat, from the public source to the database."""
