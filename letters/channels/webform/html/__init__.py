"""What a browser knows of HTML pages and their forms, without a browser."""
