"""`python -m backend` is the `tailor` command."""

from backend.cli import main

if __name__ == "__main__":
    main()
