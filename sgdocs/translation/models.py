"""Tables: machine translation through a service behind a port: jobs, results, labels. Never official."""
