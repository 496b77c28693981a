demo-label = Demo - scripted, no AI
demo-untitled = Sample program
demo-understood-task = Demo - scripted, no AI. Make "{ $title }", one of the sample programs.
demo-understood-change = Demo - scripted, no AI. Change the delivered program "{ $title }".
demo-understood-question = Demo - scripted, no AI. A question, not a task.
demo-understood-unclear = Demo - scripted, no AI. Some program is wanted, but not which one.
demo-ask-sample = Which sample program shall it be: { $tasks }?
demo-ask-look = How shall it look: normal or with big buttons?
demo-look-normal = normal
demo-ask-name = What shall the program be called?
demo-name-default = as in the sample
demo-judge-known = This is one of the built-in sample programs; it touches nothing but its own files.
demo-judge-foreign = This is not one of the built-in sample programs; the scripted judge cannot tell what it does.
demo-feasible-known = Certain: the sample is ready and is tested again now.
demo-feasible-foreign = Unknown to the scripted team.
demo-recommend-known = Go ahead.
demo-recommend-foreign = Look at it yourself, or add a provider so that a real model judges it.
demo-coder-write = Here are the complete files of the module.
demo-coder-good = Here are the complete files of the module once more, as the contract asks for them.
demo-coder-fix = The cause is clear from the findings. These replacements repair it:
demo-review-blocked = The diff has a fault that must be repaired before it can be accepted.
demo-review-accepted = The diff does what the contract asks for; nothing blocks it.
demo-tester-tests = These black-box tests follow the acceptance examples and the contracts; the code was not read for them.
demo-tester-attack = These tests try to break the program with hostile and unusual input.
demo-converse =
    I am not an AI: these are prepared answers, so I cannot think about your question. I can show you the whole way from a sentence to a finished program on these samples: { $tasks }.

    Type for example "Make a calculator with a GUI"; on the delivered calculator "add a history list" and "make the buttons bigger" work too. For everything else add a provider with a real model.
demo-found = The first lines of what was looked up:
demo-no-research = The demo team is scripted; it looks nothing up.
demo-facts = What is known about this project:
demo-change-history = add a history list
demo-change-bigger = make the buttons bigger

error-demo-unknown-task = The demo team is scripted and only knows these sample tasks: { $tasks }.
    .did = Nothing was started.
    .next = Type one of the sample tasks, or add a provider with a real model { -add-provider }.
error-demo-unknown-change = The demo team is scripted and does not know this change. Changes it knows for this program: { $changes }.
    .did = The delivered program was left as it is.
    .next = Ask for one of the known changes, or add a provider with a real model { -add-provider }.
error-demo-change-done = "{ $title }" already has this change.
    .did = The delivered program was left as it is.
    .next = Ask for another change, or start a new task.
