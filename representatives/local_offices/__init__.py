"""Members' offices at home: from the public source to the database."""
