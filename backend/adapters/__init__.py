"""One vendor per module. Only `backend.container` imports from here."""
