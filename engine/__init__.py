"""The engine process and its services, the doors to them, and the command line.

`graph` comes first: it switches strict checkpoint decoding on, which langgraph reads once, when it is imported.
"""

import graph as graph
