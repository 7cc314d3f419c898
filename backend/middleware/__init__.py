"""What happens to every request: plain ASGI, no task or buffer per request."""
