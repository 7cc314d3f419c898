"""Documents in and out: the only room that opens untrusted bytes."""
