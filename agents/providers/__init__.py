"""Providers, keys, the gateway and the scripted demo team."""
