"""What the window asks of the desktop around it: files, folders, editors, the tray, one instance."""
