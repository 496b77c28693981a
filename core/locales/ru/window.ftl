# Окно: почему его нельзя открыть.

error-window-no-screen = Нет экрана, на котором можно открыть окно (не заданы ни DISPLAY, ни WAYLAND_DISPLAY).
    .did = Ничего не запущено.
    .next = Запустите программу из рабочего стола или работайте в терминале: «{ -command } --help» покажет все команды.

error-window-screen-silent = Экран { $screen } не даёт этой программе открыть окно.
    .did = Ничего не запущено.
    .next = Проверьте переменную DISPLAY и право пользоваться этим экраном или работайте в терминале: «{ -command } --help» покажет все команды.

error-window-libraries = Не хватает системной библиотеки, нужной окну: { $detail }
    .did = Ничего не запущено.
    .next = В Debian и Ubuntu: sudo apt-get install libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libgssapi-krb5-2 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1. В других системах установите библиотеки Qt 6. В терминале работает всё то же самое: «{ -command } --help».

error-window-busy = Для этой папки данных уже открыто окно MultiCoder (процесс { NUMBER($pid, useGrouping: 0) }), но оно не отвечает.
    .did = Второе окно не открыто.
    .next = Подождите немного и попробуйте снова. Если окно зависло, завершите этот процесс; движок продолжит работу.

error-window-broken = Файлы окна не удаётся загрузить.
    .did = Окно не открыто; ваши данные не затронуты.
    .next = Установите MultiCoder заново. Что именно не так, сказано в multicoder-window.log в папке данных.
