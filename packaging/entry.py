"""What both executables start: the command line, which opens the window when no word is given."""

from engine.cli import main

if __name__ == "__main__":
    main()
