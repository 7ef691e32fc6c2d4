"""Study periods, study groups, working parties, Questions and other groups; who holds which role in them."""
