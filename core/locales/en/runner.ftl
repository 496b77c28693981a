# Running generated code, tools and file names.

error-unsafe-path = “{ $name }” cannot be used as a file name: { $reason ->
        [empty] it is empty
        [absolute] it points to a fixed place instead of into the project
        [parent] it leads out of the project
        [reserved] Windows keeps this name for itself
        [ending] it ends with a dot or a space
        [character] it contains a character that Windows does not allow
        [invisible] it contains control or invisible characters
        [long] it is too long
        [collision] another file differs from it only in upper and lower case
        [link] a link on the way leads out of the project
       *[other] it is not safe
    }.
    .did = Nothing was written.
    .next = Choose another name: letters, digits, hyphens, underscores and dots always work.

error-sandbox-missing = Programs cannot be tried out here: { $tool } is not installed.
    .did = Nothing was started: generated code is never run without protection.
    .next = Install { $tool } (on Debian and Ubuntu the package “bubblewrap”) and try again.

error-sandbox-refused = The protected area for trying programs out could not be set up: { $detail }
    .did = Nothing was started: generated code is never run without protection.
    .next = Look at { -doctor }; often the system forbids user namespaces, or bubblewrap is older than 0.8.

error-screen-missing = Programs with a window cannot be tried out here: { $tool } is not installed.
    .did = The program was not started.
    .next = Install { $tool } (on Debian and Ubuntu the package “xvfb”) and try again.

error-screen-refused = The private screen for trying programs out did not start: { $detail }
    .did = The program was not started.
    .next = Try again; if it stays so, look at { -doctor }.

error-probe-missing = A server program cannot be looked at here: no Python was found to ask it with.
    .did = The program was not started.
    .next = Install Python 3 and try again.

error-tool-missing = The tool “{ $tool }” could not be started: { $detail }
    .did = The step that needs it was not begun.
    .next = What is missing is shown by { -doctor }; install it and try again.

runner-status-available = Programs run in a protected area ({ $mechanism }).
runner-status-unavailable = Programs cannot be run: { $detail }
runner-network-blocked = no network
runner-network-open = network NOT blocked
runner-ending = { $ending ->
        [exit] ended by itself
        [signal] was stopped or crashed
        [timeout] ran out of time and was stopped
        [output] wrote far too much and was stopped
       *[closed] was closed after a look
    }
