"""Plain types, ports, the error tree and settings: what every layer may import, importing nothing of ours."""
