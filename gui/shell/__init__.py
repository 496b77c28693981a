"""What the frame of the window needs to know: where it stood, whose models work, its language, its first steps."""
