# How a person at the window does what the texts advise. At a terminal there are other words for each: terminal.ftl.

-resume = “Try again” on the card
-new-task = “New chat”
-runs = The list of chats
-steps = the chat it belongs to
-help = the documentation
-status = “Settings → System”
-doctor = “Settings → System”
-repair = “Restart” under “Settings → System → Toolchain”
-audit = “Audit now” under “Settings → System”
-drill = “Run what-if simulations” under “Settings → System”
-add-provider = under “Settings → Providers and keys”
-providers = “Settings → Providers and keys”
-known-providers = “Settings → Providers and keys”
-check-provider = “Settings → Providers and keys”
-create-vault = at a terminal with “{ -command } provider vault create”
-demo-team = “Demo team”, beside the name MultiCoder at the top
-raise-limit = on the card
-other-target = “Zip archive” in the menu of “+”
