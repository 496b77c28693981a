"""What the drawer's other pages show and change; the engine keeps all of it."""
