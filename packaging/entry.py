"""What both executables start: the command line, which opens the window when no word is given."""

import os
import warnings

# Pillow stays out of the folder: reports hold no pictures from files, and the PDF library only says that it is absent.
warnings.filterwarnings("ignore", message="Pillow could not be imported")

from engine.cli import main  # noqa: E402 - what it imports would warn
from engine.own_process import leave_boot_loader  # noqa: E402 - as above

if __name__ == "__main__":
    leave_boot_loader(os.environ)
    main()
