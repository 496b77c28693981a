"""CoreCoordinator: the state machine from a message to a delivered program.

Strict checkpoint decoding is switched on here because langgraph reads the switch when it is first imported: without
it a crafted checkpoint runs code (CVE-2026-28277). `graph.checkpoints` refuses to open a file when it is off.
"""

import os

os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"
