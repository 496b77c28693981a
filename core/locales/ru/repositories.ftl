# Чужие репозитории, файлы которых взяты с согласия человека: что из них не взято и что нужно знать.

left-out-agent = он указывает помощникам-программистам, что делать; такие чужие файлы не хранятся там, где их могут послушаться
left-out-autorun = такие файлы система запускает или исполняет сама
left-out-collision = есть файл с тем же именем, если не различать большие и маленькие буквы
left-out-compression = он упакован способом, который здесь не читается
left-out-damaged = он повреждён внутри архива
left-out-device = это не обычный файл
left-out-editor = он настраивает редактор, и тот мог бы запустить из-за него программы
left-out-encrypted = он зашифрован: заглянуть в него никто не может
left-out-executable = это программа, а не текст; чужие программы не сохраняются
left-out-forgotten = его намеренно забыли, а забытое остаётся забытым
left-out-git = он относится к внутреннему устройству системы контроля версий
left-out-hooks = из-за него система контроля версий запускает команды
left-out-lfs = он лишь заменяет большой файл, который хранится в другом месте; тот файл не загружается
left-out-link = это ссылка; по ссылкам переход не выполняется
left-out-malware = в нём есть признак вредоносной программы
left-out-nested = это архив, который небезопасен или не просматривается ({ $detail ->
        [archive-bytes] внутри слишком много
        [archive-damaged] повреждён
        [archive-entries] слишком много файлов
        [collision] два файла с одним именем
        [compression] неизвестная упаковка
        [damaged] повреждён
        [depth] слишком много архивов друг в друге
        [device] внутри не файл
        [encrypted] зашифрован
        [link] внутри ссылка
        [ratio] архивная бомба
        [unsafe-name] имя ведёт за его пределы
       *[other] { $detail }
    })
left-out-ratio = при распаковке он неимоверно вырастает, как бывает у архивных бомб
left-out-sealed = это архив, в который здесь не заглянуть
left-out-submodules = он называет другие репозитории для загрузки; больше ничего не загружается
left-out-unreadable = система не дала его прочесть ({ $detail }); возможно, его держит антивирус
left-out-unsafe-name = небезопасное имя: { $detail ->
        [absolute] оно ведёт в определённое место компьютера
        [character] в нём знаки, недопустимые в именах файлов
        [empty] его нет
        [ending] оно кончается точкой или пробелом
        [invisible] в нём невидимые знаки
        [long] оно слишком длинное
        [parent] оно ведёт за пределы своей папки
        [reserved] Windows оставляет его для устройств
       *[other] { $detail }
    }

repository-warning-addressed = он обращается к помощнику («забудь свои указания»); для MultiCoder это просто текст
repository-warning-hidden-code = он выполняет код, спрятанный в закодированном тексте
repository-warning-install-code = при установке он выполняет команды
repository-warning-install-network = при установке он обращается к сети
repository-warning-invisible = в нём знаки, из-за которых текст выглядит не тем, что он есть
repository-warning-piped-shell = он выполняет то, что загружает из интернета
repository-warning-secrets = он называет места, где лежат ключи и пароли
repository-warning-start-code = из-за него что-то запускается само

antivirus-absent = Антивируса на этом компьютере не нашлось: содержимое проверено только по правилам самого MultiCoder.
antivirus-clean = { $name }: проверено, ничего не найдено.
antivirus-failed = { $name } не смог проверить содержимое ({ $detail }): оно проверено только по правилам самого MultiCoder.

error-download-not-allowed = { $target } (коммит { $commit }) загружать нельзя: { $why ->
        [missing] этого никто не разрешал
        [refused] в этом отказано
        [revoked] разрешение отозвано
        [other-commit] разрешён другой коммит
        [other-repository] разрешён другой репозиторий
       *[changed] действует уже не это разрешение
    }.
    .did = Туда ничего не отправлено.
    .next = Работайте без него или запросите его снова: карточка спросит вас именно об этом коммите.

error-repository-refused = { $target } (коммит { $commit }) не взят: { $why ->
        [address] такого адреса или коммита быть не может
        [archive-bytes] в распакованном виде он больше, чем MultiCoder берёт
        [archive-damaged] пришёл не целый zip-архив
        [archive-entries] файлов в нём больше, чем MultiCoder берёт
        [infected] антивирус этого компьютера нашёл в нём вредоносную программу ({ $detail })
        [unreadable] система не дала его прочесть ({ $detail }); возможно, его держит антивирус
       *[wrong-commit] пришёл другой коммит, не тот, который вы разрешили ({ $detail })
    }.
    .did = Из него ничего не сохранено и ничего не выполнено.
    .next = Работайте без него или загрузите его сами, просмотрите и приложите нужное.

repository-taken = Взято из { $target } (коммит { $commit }): { $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[other] { $files } файлов
    }, пропущено { $refused }, стоит посмотреть { $warned }. Лицензия: { $licence ->
        [none] не найдена — без разрешения автора пользоваться нельзя
        [own] смотрите её файл
       *[other] { $licence }
    }.
repository-warned = Взят из { $target }, стоит посмотреть: { $file } — { $why }
repository-refused-file = Не взят из { $target }: { $file } — { $why }
repository-refused-whole = { $target } не взят: { $why }

error-consent-reason = Чтобы отозвать разрешение, нужна причина ({ $consent }).
    .did = Ничего не изменено; действует прежнее решение.
    .next = Повторите и укажите причину.

search-key-kept = Ключ для { $engine } сохранён.
search-key-removed = Ключ для { $engine } забыт.
search-nothing = Ничего не найдено.
consents-none = О загрузках ещё ничего не решено.
consents-allow = разрешено, ещё не загружено: { $target } (коммит { $commit }; { $via }: { $reason })
consents-taken = разрешено и загружено: { $target } (коммит { $commit }; { $via }: { $reason })
consents-refuse = отказано: { $target } (коммит { $commit }; { $via }: { $reason })
consents-revoked = отозвано: { $target } (коммит { $commit }; { $via }: { $reason })
consents-revoked-untaken = Отозвано: { $target } (коммит { $commit }). По этому разрешению ничего не загружено и не будет.
consents-revoked-taken = Отозвано: { $target } (коммит { $commit }). Больше по нему ничего не загрузится; загруженное остаётся в памяти как чужие документы, пока вы не забудете его там.
