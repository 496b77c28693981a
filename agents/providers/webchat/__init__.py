"""Web chats as models: the person's installed browser, signed in by the person, driven by a recipe for each site."""
