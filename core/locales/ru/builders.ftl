error-out-inside-install = { $folder } находится внутри папки самого MultiCoder.
    .did = Ничего не запущено.
    .next = Выберите для готовой программы другую папку, например на рабочем столе.

error-out-not-folder = { $folder } не может быть папкой: мешает файл с таким именем.
    .did = Ничего не запущено.
    .next = Выберите для готовой программы другую папку.

error-out-unwritable = В папку { $folder } нельзя ничего записать: { $reason }.
    .did = Ничего не запущено.
    .next = Выберите папку, в которую вам разрешено писать, или измените её права доступа.

error-out-full = В папке { $folder } мало места: свободно { $free } МБ, нужно { $needed } МБ.
    .did = Ничего не запущено.
    .next = Освободите место или выберите папку на другом диске.

error-delivery-name-taken = По адресу { $path } уже лежит что-то другое.
    .did = Оно осталось нетронутым; готовый файл хранится в папке данных.
    .next = Переместите или переименуйте то, что там лежит, и продолжите командой «{ -command } resume».

error-delivery-full = На диске с папкой { $folder } закончилось место.
    .did = Недописанных файлов там не осталось; готовый файл хранится в папке данных.
    .next = Освободите место и продолжите командой «{ -command } resume».

error-delivery-denied = Готовый файл не разрешено записать в папку { $folder }: { $reason }.
    .did = Недописанных файлов там не осталось; готовый файл хранится в папке данных.
    .next = Измените права доступа к папке и продолжите командой «{ -command } resume».

error-delivery-damaged = Копия { $path } не совпадает с собранным файлом.
    .did = Копия удалена; повреждённый файл не выдан.
    .next = Проверьте диск и продолжите командой «{ -command } resume».

error-delivery-io = Готовый файл не удалось записать в папку { $folder }: { $reason }.
    .did = Недописанных файлов там не осталось; готовый файл хранится в папке данных.
    .next = Проверьте, что папка доступна, и продолжите командой «{ -command } resume».

error-dependency-consent = Программе нужны пакеты, которых нет в списке общеизвестных: { $packages }.
    .did = Ничего не скачано.
    .next = Попросите решение без этих пакетов или назовите вместо них общеизвестные.

error-dependency-invalid = «{ $requirement }» — это не просто имя пакета.
    .did = Ничего не скачано.
    .next = Повторите просьбу: адреса, пути и ключи командной строки в качестве пакетов не принимаются.

error-dependency-unresolved = Эти пакеты не удаётся установить здесь вместе: { $packages }.
    .did = Ничего не установлено. Сообщение установщика: { $detail }
    .next = Проверьте подключение к сети или попросите решение, которому нужно меньше пакетов.

error-toolchain-missing = В папке { $folder } нет Python для сборки программ, как нет и списка, по которому его создают.
    .did = Ничего не собрано.
    .next = Выполните «{ -command } doctor --repair» или укажите готовую папку в переменной MULTICODER_TOOLCHAIN.

error-toolchain-broken = Python для сборки программ в папке { $folder } не работает: { $detail }
    .did = Ничего не собрано.
    .next = Выполните «{ -command } doctor --repair»: он создаст всё заново; в Python должен быть tkinter.

error-toolchain-no-uv = Не найдена программа uv, которая устанавливает пакеты.
    .did = Ничего не установлено.
    .next = Скопируйте папку MultiCoder сюда ещё раз; при работе из исходников выполните «python3 mc.py setup».

error-toolchain-no-python = В этой копии MultiCoder нет Python, которым программы проверяются и собираются.
    .did = Ничего не собрано.
    .next = Скопируйте сюда папку MultiCoder целиком или укажите список других в переменной MULTICODER_INTERPRETERS.

error-interpreter-failed = Не удалось распаковать Python для сборки программ из { $path }.
    .did = Ничего недоделанного не осталось. Сообщение программы: { $detail }
    .next = Проверьте, что на диске свободно 500 МБ. Если файл повреждён, скопируйте папку MultiCoder сюда ещё раз.

error-toolchain-failed = Не удалось подготовить Python для сборки программ.
    .did = Ничего недоделанного не осталось. Сообщение программы: { $detail }
    .next = Проверьте подключение к сети и попробуйте ещё раз.

error-target-unsupported = Здесь нет сборщика, который сделает { $target } из программы на языке { $language }.
    .did = Ничего не собрано.
    .next = Выберите другой вид результата, например --target zip.

error-artifact-changed = Собранный файл { $path } изменился после сборки.
    .did = Он не был запущен и не выдан.
    .next = Проверьте, не трогают ли папку данных другие программы, и продолжите командой «{ -command } resume».

evidence-intro = Что просили сделать:
evidence-file = Файл: { $name } ({ $size })
evidence-version = Версия { $version }, коммит { $commit }
evidence-time = Готово { $time }, заняло минут: { $minutes }
evidence-tests = Тесты
evidence-no-tests = Результатов тестов не записано.
evidence-test-counts = Пройдено: { $passed }, провалено: { $failed }, с ошибкой: { $errors }.
evidence-smoke = Готовый файл запустили
evidence-smoke-ok = Он работает, насколько это удалось увидеть.
evidence-smoke-failed = Он не работает.
evidence-acceptance = Что программа должна делать
evidence-passed = Проверено:
evidence-failed = Не выполнено:
evidence-unchecked = Автоматически не проверено, посмотрите сами:
evidence-verdicts = Оценка безопасности
evidence-subject-request = Задание
evidence-subject-plan = План
evidence-subject-code = Готовый код
evidence-level-green = безопасно
evidence-level-yellow = с оговорками
evidence-level-red = отклонено
evidence-not-judged = не оценено
evidence-models = Кто над этим работал
evidence-models-header = | Роль | Модель | Вызовов | Токенов | Стоимость |
evidence-unpriced = цена неизвестна
evidence-commands = Выполненные команды
evidence-notes = Решения, о которых стоит знать

smoke-window = Открылось окно «{ $title }» ({ $width } × { $height } пикс.).
smoke-alive = Программа работала до самого закрытия.
smoke-started = Запуск без аргументов: завершилась с кодом { $code }.
smoke-waits = Запуск без аргументов: работает и ждёт.
smoke-example = Пример выполнен: { $when } → { $then }
smoke-port = Сервер ответил на порту { $port }.
smoke-page = { $name } читается: элементов — { $elements }, ссылок — { $references }.
smoke-no-browser = Браузер здесь не найден: внешний вид страниц не проверен.
smoke-drawn = Браузер отобразил страницу.
smoke-not-drawn = Найденный браузер не сделал снимка: внешний вид страниц не проверен.
smoke-picture = Снимок экрана сделан, он не пустой.
smoke-picture-unread = Снимок экрана сделан, но прочитать его не удалось.
