"""Run the program with `python -m bodymap`."""

from bodymap.cli import main

if __name__ == "__main__":
    main()
