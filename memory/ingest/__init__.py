"""Files, folders and archives on their way into the memory: kept byte for byte, their text taken out where it hides."""
