error-workspace-missing = The project { $project } has no saved files.
    .did = Nothing was changed.
    .next = { -runs } shows all runs with their projects.

error-workspace-commit-missing = The saved version { $commit } does not exist in this project.
    .did = Nothing was changed.
    .next = Choose a version that is listed in { -steps }.

error-workspace-base-missing = The version { $commit } this change was made for is no longer part of the project's history.
    .did = The change was not saved and nothing was overwritten.
    .next = Continue with { -resume }: the change is made again on the current version.

error-workspace-damaged = The saved files of the project { $project } are damaged.
    .did = They were left as they are; nothing was overwritten and nothing damaged was used.
    .next = Check the disk, then restore the project's folder from a backup of the data folder.

error-workspace-busy = Another program keeps changing the repository of the project { $project }.
    .did = The change was not saved; everything saved before is kept.
    .next = Close the other git program, then continue with { -resume }.

error-workspace-project = “{ $project }” cannot be the name of a project folder.
    .did = Nothing was changed.
    .next = { -runs } shows all runs with their projects.

error-workspace-path-twice = The file { $path } was given twice in one change.
    .did = The change was not saved.
    .next = Continue with { -resume }; if it happens again, describe the problem as the next message.

error-workspace-text = The file { $path } holds characters that cannot be saved as text.
    .did = The change was not saved.
    .next = Continue with { -resume }; if it happens again, describe the problem as the next message.

error-workspace-export-occupied = The folder { $folder } is not empty.
    .did = Nothing was written into it.
    .next = Choose an empty or a new folder.

error-workspace-tag-name = A version cannot be called “{ $name }”.
    .did = Nothing was changed.
    .next = Use letters, digits and hyphens, for example v2.

error-workspace-tag-taken = Another version is already called { $name }.
    .did = The existing version keeps its name.
    .next = Choose another name.
