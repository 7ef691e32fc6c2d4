"""Search: a port, a grammar of what people type, and two engines behind the port."""
