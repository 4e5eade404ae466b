"""The references: the same work, done as a good or as a careless Django project would do it."""
