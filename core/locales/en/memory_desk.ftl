memory-rebuild-title = Making the memory’s index anew
memory-import-title = Taking { $name } into the memory

error-memory-reason-needed = Nothing was changed in the memory: the reason is missing.
    .did = The document stays as it is.
    .next = Say why; the reason is kept with the decision.

option-reach = Memory scope
option-reach-session = This chat
option-reach-project = This project
option-reach-person = All my projects
option-reach-archive = Everything

memory-pinned-retracted = A later line takes it back.
memory-pinned-changed = A later line changes a part of it.
memory-pinned-agrees = It agrees to what MultiCoder had proposed.
