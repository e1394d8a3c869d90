"""A run from recipe to sealed package; ``article.py`` tells the story of one article."""
