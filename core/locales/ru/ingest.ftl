# Почему файл не принят в память и почему принятый не читается.

ingest-refused-missing = такого файла нет
ingest-refused-unreadable = он не читается: { $detail }
ingest-refused-link = это ссылка; по ссылкам переход не выполняется
ingest-refused-device = это не обычный файл
ingest-refused-loop = папка ведёт обратно в саму себя
ingest-refused-changed = он менялся, пока его читали; импортируйте его ещё раз, когда он будет готов
ingest-refused-file-too-large = он больше { $limit } МБ; разделите его и импортируйте по частям
ingest-refused-total-too-large = всё вместе больше { $limit } МБ; импортируйте остальное отдельно
ingest-refused-too-many-files = файлов больше { $limit }; импортируйте остальные отдельно
ingest-refused-tool-folder = её создают программы, она пропущена; если она нужна, назовите её саму
ingest-refused-unsafe-name = небезопасное имя ({ $detail })
ingest-refused-collision = в архиве есть файл с тем же именем, если не различать большие и маленькие буквы
ingest-refused-encrypted = он зашифрован; распакуйте его с паролем и импортируйте результат
ingest-refused-ratio = при распаковке он вырастает более чем в { $limit } раз, как бывает у архивных бомб
ingest-refused-compression = он упакован способом, который здесь не читается; распакуйте его и импортируйте результат
ingest-refused-damaged = он повреждён внутри архива
ingest-refused-archive-entries = в архиве больше { $limit } записей; он сохранён нераспакованным. Распакуйте его и импортируйте папку
ingest-refused-archive-bytes = в распакованном виде архив больше { $limit } МБ; он сохранён нераспакованным. Распакуйте его и импортируйте папку
ingest-refused-archive-damaged = это не читаемый zip-архив; он сохранён нераспакованным

ingest-trouble-encrypted = сохранён; он зашифрован, поэтому текст прочесть нельзя
ingest-trouble-no-text = сохранён; текста в нём не нашлось (возможно, это скан)
ingest-trouble-damaged = сохранён; прочесть текст не удалось, файл, похоже, повреждён
ingest-trouble-too-heavy = сохранён; чтение текста требовало слишком много времени или памяти и было остановлено
ingest-trouble-no-reader = сохранён; текст такого вида MultiCoder не читает. Сохраните его как DOCX, PDF или текст, чтобы он находился
ingest-trouble-nested = сохранён; архив внутри архива не открывается. Импортируйте его отдельно
ingest-trouble-archive = сохранён, но не открыт
ingest-trouble-forgotten = снова не сохранён: его намеренно забыли, а забытое остаётся забытым

ingest-known = уже был известен

error-import-nothing = Импортировать нечего: не указан ни один путь.
    .did = В памяти ничего не изменено.
    .next = Укажите файлы или папки, которые нужно запомнить.
error-import-not-absolute = «{ $path }» — не полный путь к файлу или папке.
    .did = Ничего не импортировано.
    .next = Укажите путь целиком, от корня или диска.

ingest-refused = Не импортирован: { $name } — { $why }
ingest-summary = { $kept ->
    [one] { $kept } документ
    [few] { $kept } документа
   *[other] { $kept } документов
 } (новых { $new }, уже известных { $known }), строк { $lines }; { $refused ->
    [0] отказов нет
   *[other] отказов { $refused }
 }.
