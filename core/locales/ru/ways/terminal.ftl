# Как человек в терминале делает то, что советуют тексты. Для окна есть свои слова: window.ftl.

-resume = командой «{ -command } resume»
-new-task = командой «{ -command } run»
-runs = Команда «{ -command } runs»
-steps = выводе «{ -command } show»
-help = «{ -command } --help»
-status = «{ -command } status»
-doctor = «{ -command } doctor»
-repair = «{ -command } doctor --repair»
-audit = «{ -command } audit»
-drill = командой «{ -command } audit --drill ИМЯ»
-add-provider = командой «{ -command } provider add»
-providers = «{ -command } provider list»
-known-providers = «{ -command } provider presets»
-check-provider = «{ -command } provider check»
-create-vault = командой «{ -command } provider vault create»
-demo-team = «--team demo»
-raise-limit = ключом --budget или в настройках
-other-target = --target zip
