# How a person at a terminal does what the texts advise. The window has its own words for each: window.ftl.

-resume = “{ -command } resume”
-new-task = “{ -command } run”
-runs = “{ -command } runs”
-steps = “{ -command } show”
-help = “{ -command } --help”
-status = “{ -command } status”
-doctor = “{ -command } doctor”
-repair = “{ -command } doctor --repair”
-audit = “{ -command } audit”
-drill = “{ -command } audit --drill NAME”
-add-provider = with “{ -command } provider add”
-providers = “{ -command } provider list”
-known-providers = “{ -command } provider presets”
-check-provider = “{ -command } provider check”
-create-vault = with “{ -command } provider vault create”
-demo-team = “--team demo”
-raise-limit = with --budget or in the settings
-other-target = --target zip
