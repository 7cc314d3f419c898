"""The twins that need no key and no server."""
