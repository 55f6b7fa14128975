"""ZIP codes, the districts they touch and their cities, from the public sources to the database."""
