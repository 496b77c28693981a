"""What both executables start: the command line, which opens the window when no word is given."""

import warnings

# Pillow stays out of the folder: reports hold no pictures from files, and the PDF library only says that it is absent.
warnings.filterwarnings("ignore", message="Pillow could not be imported")

from engine.cli import main  # noqa: E402 - what it imports would warn

if __name__ == "__main__":
    main()
