"""What happens when something breaks, with real parts."""
