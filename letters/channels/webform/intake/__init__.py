"""From the public recipes of contact forms to recipes of our own, or the reason why not."""
