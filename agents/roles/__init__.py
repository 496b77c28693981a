"""One module per role: it builds the prompt, asks the gateway and reads the answer."""
