"""The doors in the browser: pages and data API. They hold no rules."""
