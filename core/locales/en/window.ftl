# The window: why it cannot be opened.

error-window-no-screen = There is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).
    .did = Nothing was started.
    .next = Start it from a desktop, or work in the terminal: “{ -command } --help” shows every command.

error-window-screen-silent = The screen { $screen } does not let this program open a window.
    .did = Nothing was started.
    .next = Check the variable DISPLAY and that you may use that screen, or work in the terminal: “{ -command } --help” shows every command.

error-window-libraries = A system library that the window needs is missing: { $detail }
    .did = Nothing was started.
    .next = On Debian and Ubuntu: sudo apt-get install libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libgssapi-krb5-2 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1. On other systems: install the libraries of Qt 6. Everything works in the terminal as well: “{ -command } --help”.

error-window-busy = A MultiCoder window (process { NUMBER($pid, useGrouping: 0) }) is open for this data folder, but does not answer.
    .did = No second window was opened.
    .next = Wait a moment and try again. If it hangs, end that process; the work of the engine goes on.

error-window-broken = The files of the window cannot be loaded.
    .did = The window was not opened; your data were not touched.
    .next = Install MultiCoder again. multicoder-window.log in the data folder says what is wrong.
