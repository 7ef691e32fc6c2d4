"""The put-together house of a test: services, application, client."""
