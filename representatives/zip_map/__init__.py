"""ZIP codes and the districts they touch, from the public sources to the database."""
