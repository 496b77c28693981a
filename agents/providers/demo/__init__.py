"""The demo team: scripted answers for a few sample tasks, so that the whole pipeline runs without key or network."""

from agents.providers.demo.gateway import DemoGateway

__all__ = ["DemoGateway"]
