"""Tables: notices of the service itself: maintenance, releases, news, with from and until."""
