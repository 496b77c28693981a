<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <location filename="../qml/drawer/AboutPage.qml" line="+17"/>
        <source>Window</source>
        <translation>Окно</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Engine</source>
        <translation>Движок</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>process %1, started %2, %n client(s)</source>
        <translation>
            <numerusform>процесс %1, запущен %2, %n клиент</numerusform>
            <numerusform>процесс %1, запущен %2, %n клиента</numerusform>
            <numerusform>процесс %1, запущен %2, %n клиентов</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>not reached</source>
        <translation>нет связи</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Data folder</source>
        <translation>Папка данных</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Put right at the start</source>
        <translation>Исправлено при запуске</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Keeping</source>
        <translation>Хранение</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Stop the engine</source>
        <translation>Остановить движок</translation>
    </message>
    <message>
        <location line="+4"/>
        <location line="+26"/>
        <source>Notices</source>
        <translation>Лицензии</translation>
    </message>
    <message>
        <location line="-23"/>
        <source>The window is made with Qt through PySide6 (LGPL 3). The bundled typeface Inter is under the SIL Open Font License 1.1. The icons are MultiCoder&apos;s own.</source>
        <translation>Окно сделано на Qt через PySide6 (LGPL 3). Приложенный шрифт Inter распространяется по лицензии SIL Open Font License 1.1. Значки — собственные.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Hide the notices</source>
        <translation>Скрыть лицензии</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Show all notices</source>
        <translation>Показать все лицензии</translation>
    </message>
    <message>
        <location line="+24"/>
        <source>Stop the engine?</source>
        <translation>Остановить движок?</translation>
    </message>
    <message numerus="yes">
        <location line="+6"/>
        <source>%n task(s) are running. They stop at a safe place and go on when the engine starts again.</source>
        <translation>
            <numerusform>Выполняется %n задача. Она остановится в безопасном месте и продолжится, когда движок запустится снова.</numerusform>
            <numerusform>Выполняются %n задачи. Они остановятся в безопасном месте и продолжатся, когда движок запустится снова.</numerusform>
            <numerusform>Выполняется %n задач. Они остановятся в безопасном месте и продолжатся, когда движок запустится снова.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It starts again when it is needed.</source>
        <translation>Он запустится снова, когда понадобится.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
</context>
<context>
    <name>ActionButtons</name>
    <message>
        <location filename="../qml/thread/ActionButtons.qml" line="+27"/>
        <source>Previous version</source>
        <translation>Предыдущая версия</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Version %1 of %2</source>
        <translation>Версия %1 из %2</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Next version</source>
        <translation>Следующая версия</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Good answer</source>
        <translation>Хороший ответ</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Bad answer</source>
        <translation>Плохой ответ</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Try again</source>
        <translation>Попробовать ещё раз</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Edit</source>
        <translation>Изменить</translation>
    </message>
</context>
<context>
    <name>AddDialogs</name>
    <message>
        <location filename="../qml/composer/AddDialogs.qml" line="+11"/>
        <source>Zip files (*.zip)</source>
        <translation>Архивы zip (*.zip)</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Add a folder</source>
        <translation>Добавить папку</translation>
    </message>
</context>
<context>
    <name>AgainMenu</name>
    <message>
        <location filename="../qml/thread/AgainMenu.qml" line="+22"/>
        <source>Try again</source>
        <translation>Попробовать ещё раз</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The same team answers once more</source>
        <translation>Та же команда ответит ещё раз</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>With another model</source>
        <translation>С другой моделью</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It plans, writes and answers this time; your team still judges, reviews and tests</source>
        <translation>В этот раз планирует, пишет и отвечает она; оценивает, проверяет и тестирует по-прежнему ваша команда</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Try again with %1</source>
        <translation>Попробовать ещё раз с %1</translation>
    </message>
</context>
<context>
    <name>AlarmList</name>
    <message>
        <location filename="../qml/drawer/AlarmList.qml" line="+15"/>
        <source>Alarms</source>
        <translation>Тревоги</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>I have seen them</source>
        <translation>Я их видел</translation>
    </message>
    <message>
        <location line="+40"/>
        <source>I have seen this alarm</source>
        <translation>Я видел эту тревогу</translation>
    </message>
</context>
<context>
    <name>AnswerLine</name>
    <message>
        <location filename="../qml/cards/AnswerLine.qml" line="+16"/>
        <source>Your answer is on its way…</source>
        <translation>Ваш ответ отправляется…</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>This question no longer waits for an answer.</source>
        <translation>На этот вопрос отвечать больше не нужно.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Approved</source>
        <translation>Одобрено</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Changes were asked for</source>
        <translation>Запрошены изменения</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Rejected</source>
        <translation>Отклонено</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+3"/>
        <source>Answered</source>
        <translation>Ответ дан</translation>
    </message>
    <message>
        <location line="-3"/>
        <source>Gone on</source>
        <translation>Продолжено</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Stopped</source>
        <translation>Остановлено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Allowed</source>
        <translation>Разрешено</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Refused</source>
        <translation>Отказано</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>you</source>
        <translation>вы</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>you, in the terminal</source>
        <translation>вы, в терминале</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>you, in %1</source>
        <translation>вы, в %1</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <location filename="../application.py" line="+72"/>
        <source>How this window looked could not be read. The file is kept as %1; the defaults hold.</source>
        <translation>Не удалось прочитать, как выглядело это окно. Файл сохранён как %1; действуют значения по умолчанию.</translation>
    </message>
    <message>
        <location line="+92"/>
        <source>Something in this window failed. It was written to the log.</source>
        <translation>В окне произошла ошибка. Она записана в журнал окна.</translation>
    </message>
</context>
<context>
    <name>ApprovalCard</name>
    <message>
        <location filename="../qml/cards/ApprovalCard.qml" line="+39"/>
        <source>Modules:</source>
        <translation>Модули:</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>It is done when:</source>
        <translation>Готово, когда:</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Can be done</source>
        <translation>Можно сделать</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Needs your decision</source>
        <translation>Нужно ваше решение</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Refused</source>
        <translation>Отказано</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Not judged</source>
        <translation>Не оценено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Approve the task?</source>
        <translation>Одобряете задачу?</translation>
    </message>
    <message>
        <location line="+30"/>
        <source>This cannot be approved. You can change the task or close the question.</source>
        <translation>Это одобрить нельзя. Можно изменить задачу или закрыть вопрос.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>What should be different?</source>
        <translation>Что должно быть иначе?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Change the text above. Ctrl+Enter sends it, Esc goes back.</source>
        <translation>Измените текст выше. Ctrl+Enter отправит его, Esc вернёт назад.</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>Send the change</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Approve</source>
        <translation>Одобрить</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Modify</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Reject</source>
        <translation>Отклонить</translation>
    </message>
</context>
<context>
    <name>ArtifactActions</name>
    <message>
        <location filename="../qml/cards/ArtifactActions.qml" line="+19"/>
        <source>Rebuild</source>
        <translation>Собрать заново</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Build “%1” again.</source>
        <translation>Собери «%1» ещё раз.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Save as</source>
        <translation>Сохранить как</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Open folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Open in IDE</source>
        <translation>Открыть в IDE</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Run in the sandbox</source>
        <translation>Запустить в песочнице</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Versions</source>
        <translation>Версии</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Copy SHA-256</source>
        <translation>Копировать SHA-256</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Copy path</source>
        <translation>Копировать путь</translation>
    </message>
</context>
<context>
    <name>ArtifactCard</name>
    <message>
        <location filename="../qml/cards/ArtifactCard.qml" line="+19"/>
        <source>Web page</source>
        <translation>Веб-страница</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Source code</source>
        <translation>Исходный код</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>tests %1/%2</source>
        <translation>тесты %1/%2</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>version %1</source>
        <translation>версия %1</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>signed</source>
        <translation>подписан</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>not signed</source>
        <translation>не подписан</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Finished program: %1</source>
        <translation>Готовая программа: %1</translation>
    </message>
    <message>
        <location line="+53"/>
        <source>The file is no longer where it was put.</source>
        <translation>Файла больше нет там, куда он был положен.</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>The program as it looked when it was tried</source>
        <translation>Так программа выглядела при проверке</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Careful: this file is not the one that was delivered; its SHA-256 differs.</source>
        <translation>Осторожно: это не тот файл, который был передан, его SHA-256 другой.</translation>
    </message>
</context>
<context>
    <name>ArtifactRow</name>
    <message>
        <location filename="../qml/drawer/ArtifactRow.qml" line="+37"/>
        <source>version %1</source>
        <translation>версия %1</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>The file is not there any more.</source>
        <translation>Этого файла больше нет.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Open folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Open the folder of %1</source>
        <translation>Открыть папку файла %1</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Save as ...</source>
        <translation>Сохранить как…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Save %1 as ...</source>
        <translation>Сохранить %1 как…</translation>
    </message>
</context>
<context>
    <name>ArtifactsPage</name>
    <message>
        <location filename="../qml/drawer/ArtifactsPage.qml" line="+25"/>
        <source>Delivered programs</source>
        <translation>Переданные программы</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Nothing was delivered yet. What is built in a chat is listed here.</source>
        <translation>Пока ничего не передано. Здесь появится то, что будет собрано в беседах.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Limits of a run</source>
        <translation>Пределы одного запуска</translation>
    </message>
</context>
<context>
    <name>AttachedFile</name>
    <message>
        <location filename="../qml/thread/AttachedFile.qml" line="+11"/>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Attached: %1</source>
        <translation>Приложено: %1</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <location filename="../qml/composer/AttachmentChip.qml" line="+21"/>
        <source>Not attached</source>
        <translation>Не приложено</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Reading, %1 %</source>
        <translation>Читается, %1 %</translation>
    </message>
    <message numerus="yes">
        <location line="+4"/>
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n файл</numerusform>
            <numerusform>%n файла</numerusform>
            <numerusform>%n файлов</numerusform>
        </translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Attachment %1. %2</source>
        <translation>Вложение %1. %2</translation>
    </message>
    <message>
        <location line="+61"/>
        <source>Try %1 again</source>
        <translation>Попробовать ещё раз: %1</translation>
    </message>
    <message>
        <location line="+36"/>
        <source>Stop reading %1</source>
        <translation>Прекратить чтение: %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Remove %1</source>
        <translation>Убрать %1</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <location filename="../composer/attachments.py" line="+135"/>
        <source>Pasted text</source>
        <translation>Вставленный текст</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Picture</source>
        <translation>Изображение</translation>
    </message>
    <message numerus="yes">
        <location line="+117"/>
        <source>A message takes %1 attachments; %n were left out. Attach their folder or a zip file instead.</source>
        <translation>
            <numerusform>Вложений в сообщении — не больше %1; не вошло: %n. Приложите вместо этого папку или архив zip.</numerusform>
            <numerusform>Вложений в сообщении — не больше %1; не вошло: %n. Приложите вместо этого папку или архив zip.</numerusform>
            <numerusform>Вложений в сообщении — не больше %1; не вошло: %n. Приложите вместо этого папку или архив zip.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+25"/>
        <source>Changed since it was attached: %1. It was read again; send once more if it is right.</source>
        <translation>Изменилось с тех пор, как было приложено: %1. Прочитано заново; если всё верно, отправьте ещё раз.</translation>
    </message>
    <message>
        <location filename="../composer/trouble.py" line="+69"/>
        <source>%1 is empty (0 bytes). There is nothing in it to attach.</source>
        <translation>%1: пусто (0 байт), прикладывать нечего.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 holds no files. There is nothing in it to attach.</source>
        <translation>%1: внутри нет файлов, прикладывать нечего.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is larger than %L MB. It was not read; attach a smaller file.</source>
        <translation>%1: больше %L МБ. Файл не прочитан; приложите файл поменьше.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 holds %2, which is larger than %L MB. Attach a part of the folder.</source>
        <translation>%1: внутри лежит %2, где больше %L МБ. Приложите часть папки.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 holds more than %F MB. Attach a part of it.</source>
        <translation>%1: внутри больше %F МБ. Приложите часть.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 holds more than %N files. Attach a part of it, or a zip file.</source>
        <translation>%1: внутри больше %N файлов. Приложите часть или архив zip.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is no longer there. Put it back and try again, or remove it.</source>
        <translation>%1: на месте больше нет. Верните и попробуйте ещё раз или уберите из сообщения.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is locked by another program. Close it there and try again.</source>
        <translation>%1: занято другой программой. Закройте файл в ней и попробуйте ещё раз.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 may not be read by you: permission is missing. Change that and try again.</source>
        <translation>%1: у вас нет права на чтение. Измените права и попробуйте ещё раз.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 holds %2, which may not be read by you. Change that and try again.</source>
        <translation>%1: внутри лежит %2, на чтение которого у вас нет права. Измените права и попробуйте ещё раз.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 is a link that leads back to itself. Attach the file it should lead to.</source>
        <translation>%1: это ссылка, которая ведёт сама на себя. Приложите файл, на который она должна указывать.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is neither a file nor a folder. Attach a file.</source>
        <translation>%1: это не файл и не папка. Приложите файл.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 was changed while it was read. Try again when it is finished.</source>
        <translation>%1: содержимое изменилось во время чтения. Попробуйте ещё раз, когда файл будет готов.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 could not be saved: the disk is full. Make room and try again.</source>
        <translation>%1: не удалось сохранить, диск заполнен. Освободите место и попробуйте ещё раз.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 has a name that cannot be used. Rename it and attach it again.</source>
        <translation>%1: такое имя использовать нельзя. Переименуйте и приложите снова.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There is not enough memory to read %1. Close other programs and try again.</source>
        <translation>Не хватает памяти, чтобы прочитать %1. Закройте другие программы и попробуйте ещё раз.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>%1 cannot be read (%2). Try again, or attach another file.</source>
        <translation>%1: не читается (%2). Попробуйте ещё раз или приложите другой файл.</translation>
    </message>
</context>
<context>
    <name>Beginning</name>
    <message>
        <location filename="../chat/beginning.py" line="+59"/>
        <source>The chat could not be begun.</source>
        <translation>Беседу начать не удалось.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Send it again.</source>
        <translation>Отправьте ещё раз.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>The folder %1 cannot be used: %2.</source>
        <translation>Папку %1 использовать нельзя: %2.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Nothing was sent.</source>
        <translation>Ничего не отправлено.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Choose another folder for finished programs in the settings.</source>
        <translation>Выберите в настройках другую папку для готовых программ.</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <location filename="../board/systems.py" line="+194"/>
        <source>No data: the engine does not answer.</source>
        <translation>Нет данных: движок не отвечает.</translation>
    </message>
</context>
<context>
    <name>Budget</name>
    <message>
        <location filename="../board/budget.py" line="+89"/>
        <source>Calls today</source>
        <translation>Вызовов сегодня</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Tokens today</source>
        <translation>Токенов сегодня</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Money today</source>
        <translation>Расход сегодня</translation>
    </message>
    <message numerus="yes">
        <location line="+7"/>
        <source>%n call(s) of models without a known price are not in it.</source>
        <translation>
            <numerusform>Сюда не входит %n вызов модели, цена которой неизвестна.</numerusform>
            <numerusform>Сюда не входят %n вызова моделей, цена которых неизвестна.</numerusform>
            <numerusform>Сюда не входят %n вызовов моделей, цена которых неизвестна.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Prices are entered with each provider, under “More settings”.</source>
        <translation>Цены вводятся у каждого провайдера в разделе «Ещё настройки».</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>At most %1 per run</source>
        <translation>Не больше %1 на запуск</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Memory</source>
        <translation>Память</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Processor</source>
        <translation>Процессор</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Disk</source>
        <translation>Диск</translation>
    </message>
</context>
<context>
    <name>BudgetStrip</name>
    <message>
        <location filename="../qml/drawer/BudgetStrip.qml" line="+34"/>
        <source>tight</source>
        <translation>мало места</translation>
    </message>
</context>
<context>
    <name>Bullets</name>
    <message>
        <location filename="../qml/cards/Bullets.qml" line="+50"/>
        <source>Show less</source>
        <translation>Свернуть</translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>Show all %n</source>
        <translation>
            <numerusform>Показать всё: %n</numerusform>
            <numerusform>Показать всё: %n</numerusform>
            <numerusform>Показать всё: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatDrag</name>
    <message>
        <location filename="../qml/shell/ChatDrag.qml" line="+111"/>
        <source>Move to %1</source>
        <translation>Переместить в «%1»</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Remove from project</source>
        <translation>Убрать из проекта</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <location filename="../qml/shell/ChatList.qml" line="+59"/>
        <source>Chats</source>
        <translation>Беседы</translation>
    </message>
    <message>
        <location line="+45"/>
        <source>Projects</source>
        <translation>Проекты</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>New project</source>
        <translation>Новый проект</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Hide the archive</source>
        <translation>Скрыть архив</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Show the archive</source>
        <translation>Показать архив</translation>
    </message>
    <message>
        <location line="+55"/>
        <source>Your chats will be listed here.</source>
        <translation>Здесь появятся ваши беседы.</translation>
    </message>
</context>
<context>
    <name>ChatMenu</name>
    <message>
        <location filename="../qml/shell/ChatMenu.qml" line="+21"/>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Unpin</source>
        <translation>Открепить</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Pin</source>
        <translation>Закрепить</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Bring back from the archive</source>
        <translation>Вернуть из архива</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Archive</source>
        <translation>В архив</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>ChatRow</name>
    <message>
        <location filename="../qml/shell/ChatRow.qml" line="+22"/>
        <source>New chat</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Title of the chat</source>
        <translation>Название беседы</translation>
    </message>
    <message>
        <location line="-2"/>
        <source>Options of the chat %1</source>
        <translation>Действия с беседой «%1»</translation>
    </message>
</context>
<context>
    <name>Chats</name>
    <message>
        <location filename="../chat/dates.py" line="+31"/>
        <source>Pinned</source>
        <translation>Закреплённые</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Previous 7 days</source>
        <translation>Последние 7 дней</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Previous 30 days</source>
        <translation>Последние 30 дней</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Archive</source>
        <translation>Архив</translation>
    </message>
</context>
<context>
    <name>CloseDialog</name>
    <message>
        <location filename="../qml/cards/CloseDialog.qml" line="+18"/>
        <source>Go on working when the window is closed?</source>
        <translation>Продолжать работу, когда окно закрыто?</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>A program is still being built. It can go on in the background; an icon beside the clock brings the window back.</source>
        <translation>Программа ещё создаётся. Работа может продолжаться в фоне; значок возле часов вернёт окно.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A program is still being built. It can go on in the background; open MultiCoder again to see it.</source>
        <translation>Программа ещё создаётся. Работа может продолжаться в фоне; чтобы её увидеть, откройте MultiCoder снова.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Your answer is remembered. You can change it in the settings.</source>
        <translation>Ваш ответ запомнится. Его можно изменить в настройках.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Stop and quit</source>
        <translation>Остановить и выйти</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Go on in the background</source>
        <translation>Продолжать в фоне</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <location filename="../qml/thread/blocks/CodeBlock.qml" line="+171"/>
        <source>Code: %1</source>
        <translation>Код: %1</translation>
    </message>
    <message numerus="yes">
        <location line="+52"/>
        <source>Show all %n lines</source>
        <translation>
            <numerusform>Показать всю %n строку</numerusform>
            <numerusform>Показать все %n строки</numerusform>
            <numerusform>Показать все %n строк</numerusform>
        </translation>
    </message>
    <message>
        <location line="+20"/>
        <source>text</source>
        <translation>текст</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Save as</source>
        <translation>Сохранить как</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Open in an editor</source>
        <translation>Открыть в редакторе</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <location filename="../composer/composer.py" line="+172"/>
        <source>The engine does not run.</source>
        <translation>Движок не запущен.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>A file cannot be attached. Try it again or remove it, then send.</source>
        <translation>Один из файлов не прикладывается. Попробуйте ещё раз или уберите его, затем отправьте.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>A file is still being read.</source>
        <translation>Один из файлов ещё читается.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>The message has %1 characters; %2 can be sent. Put the long part into a file.</source>
        <translation>Знаков в сообщении — %1, а отправить можно %2. Вынесите длинную часть в файл.</translation>
    </message>
</context>
<context>
    <name>ComposerBox</name>
    <message>
        <location filename="../qml/composer/ComposerBox.qml" line="+21"/>
        <source>Look through this project, build it and run it.</source>
        <translation>Разбери этот проект, собери и запусти его.</translation>
    </message>
    <message>
        <location line="+61"/>
        <source>New message</source>
        <translation>Новое сообщение</translation>
    </message>
    <message numerus="yes">
        <location line="+54"/>
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n вложение</numerusform>
            <numerusform>%n вложения</numerusform>
            <numerusform>%n вложений</numerusform>
        </translation>
    </message>
    <message>
        <location line="+91"/>
        <source>Close this note</source>
        <translation>Закрыть это замечание</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>Add files and more</source>
        <translation>Добавить файлы и другое</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>Memory: %1</source>
        <translation>Память: %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Web search: %1</source>
        <translation>Поиск в интернете: %1</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>The message is empty</source>
        <translation>Сообщение пустое</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <location filename="../qml/drawer/ConfirmDialog.qml" line="+16"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>Consents</name>
    <message>
        <location filename="../settings/consents.py" line="+56"/>
        <source>Card</source>
        <translation>Карточка</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Dangerous action</source>
        <translation>Опасное действие</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Setting</source>
        <translation>Настройка</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Paranoid tester</source>
        <translation>Параноидальный тестировщик</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>in this window</source>
        <translation>в этом окне</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>in the terminal</source>
        <translation>в терминале</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>the task</source>
        <translation>задача</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>the plan</source>
        <translation>план</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>the finished code</source>
        <translation>готовый код</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>questions</source>
        <translation>вопросы</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>the purpose</source>
        <translation>цель</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>a run that stopped</source>
        <translation>остановившийся запуск</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>a search on the internet</source>
        <translation>поиск в интернете</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>downloads</source>
        <translation>скачивания</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Approved</source>
        <translation>Одобрено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Allowed once</source>
        <translation>Разрешено один раз</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Allowed for the run</source>
        <translation>Разрешено на этот запуск</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Tried again</source>
        <translation>Сделана новая попытка</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Modified</source>
        <translation>Изменено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Answered in words</source>
        <translation>Ответ дан словами</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Rejected</source>
        <translation>Отклонено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Refused</source>
        <translation>Отказано</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Stopped</source>
        <translation>Остановлено</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+1"/>
        <source>Answered</source>
        <translation>Ответ дан</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Purpose given</source>
        <translation>Названа цель</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Changed</source>
        <translation>Изменено</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <location filename="../chat/conversation.py" line="+169"/>
        <source>Branched from %1</source>
        <translation>Ответвлено от «%1»</translation>
    </message>
    <message>
        <location line="+324"/>
        <source>This line is not in the chat any more.</source>
        <translation>Этой строки в чате больше нет.</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <location filename="../qml/shell/DeleteDialog.qml" line="+13"/>
        <source>Delete this chat?</source>
        <translation>Удалить эту беседу?</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>“%1” will leave the list, and what still works in it is stopped. Programs it has made stay in their folder.</source>
        <translation>«%1» исчезнет из списка, а то, что в ней ещё работает, будет остановлено. Созданные программы останутся в своей папке.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>New chat</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>DeleteShelfDialog</name>
    <message>
        <location filename="../qml/shell/DeleteShelfDialog.qml" line="+14"/>
        <source>Delete this project?</source>
        <translation>Удалить этот проект?</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>“%1” will leave the list.</source>
        <translation>«%1» исчезнет из списка.</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n chat(s) of it stay and go back to the others.</source>
        <translation>
            <numerusform>%n беседа из него останется и вернётся к остальным.</numerusform>
            <numerusform>%n беседы из него останутся и вернутся к остальным.</numerusform>
            <numerusform>%n бесед из него останутся и вернутся к остальным.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <location filename="../desktop/desktop.py" line="+99"/>
        <source>The folder cannot be shown: it is no longer there.</source>
        <translation>Папку показать нельзя: её больше нет.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Programs are not started from here. This is where it lies.</source>
        <translation>Отсюда программы не запускаются. Вот где лежит файл.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>“%1” cannot be opened.</source>
        <translation>«%1» открыть не удаётся.</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>This address is not opened: only plain http and https pages are.</source>
        <translation>Этот адрес не открывается: открываются только обычные страницы http и https.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>No browser could be started.</source>
        <translation>Запустить браузер не удалось.</translation>
    </message>
    <message>
        <location line="+59"/>
        <source>This cannot be opened: the editor or the file is no longer there.</source>
        <translation>Открыть это нельзя: редактора или файла больше нет.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>%1 could not be started.</source>
        <translation>Запустить %1 не удалось.</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Save a copy</source>
        <translation>Сохранить копию</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>It already lies there.</source>
        <translation>Он там уже лежит.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>There is already a file of this name. Nothing was replaced.</source>
        <translation>Файл с таким именем уже есть. Ничего не заменено.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>The copy was not made: %1</source>
        <translation>Копия не сделана: %1</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Saved as %1</source>
        <translation>Сохранено как %1</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <location filename="../qml/cards/DetailPanel.qml" line="+22"/>
        <source>Draft %1</source>
        <translation>Черновик %1</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Log</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Changes</source>
        <translation>Изменения</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Nothing was said about this yet.</source>
        <translation>Об этом пока ничего не сказано.</translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message numerus="yes">
        <location filename="../qml/cards/DiffView.qml" line="+49"/>
        <source>and %n more line(s)</source>
        <translation>
            <numerusform>и ещё %n строка</numerusform>
            <numerusform>и ещё %n строки</numerusform>
            <numerusform>и ещё %n строк</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentRow</name>
    <message numerus="yes">
        <location filename="../qml/drawer/DocumentRow.qml" line="+12"/>
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n строка</numerusform>
            <numerusform>%n строки</numerusform>
            <numerusform>%n строк</numerusform>
        </translation>
    </message>
    <message>
        <location line="+0"/>
        <source>no text</source>
        <translation>не текст</translation>
    </message>
    <message>
        <location line="+30"/>
        <source>What to do with %1</source>
        <translation>Что сделать с %1</translation>
    </message>
</context>
<context>
    <name>DownloadCard</name>
    <message>
        <location filename="../qml/cards/DownloadCard.qml" line="+48"/>
        <source>Needs your decision</source>
        <translation>Нужно ваше решение</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Downloads</source>
        <translation>Скачивания</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>May this be downloaded?</source>
        <translation>Можно это скачать?</translation>
    </message>
    <message numerus="yes">
        <location line="+3"/>
        <source>%n repositories</source>
        <translation>
            <numerusform>%n репозиторий</numerusform>
            <numerusform>%n репозитория</numerusform>
            <numerusform>%n репозиториев</numerusform>
        </translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Only what you allow is fetched, at exactly the commit that is named. It is checked, kept as foreign text and never run by itself.</source>
        <translation>Скачивается только то, что вы разрешите, и ровно тот коммит, который назван. Оно проверяется, хранится как чужой текст и само никогда не запускается.</translation>
    </message>
    <message numerus="yes">
        <location line="+9"/>
        <source>“%1”: %n results of %2</source>
        <translation>
            <numerusform>«%1»: %n результат (%2)</numerusform>
            <numerusform>«%1»: %n результата (%2)</numerusform>
            <numerusform>«%1»: %n результатов (%2)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+23"/>
        <source>Download %n repositories</source>
        <translation>
            <numerusform>Скачать %n репозиторий</numerusform>
            <numerusform>Скачать %n репозитория</numerusform>
            <numerusform>Скачать %n репозиториев</numerusform>
        </translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Go on without downloads</source>
        <translation>Продолжить без скачивания</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Refuse all</source>
        <translation>Отказать во всём</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <location filename="../settings/downloads.py" line="+86"/>
        <source>Allowed</source>
        <translation>Разрешено</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Refused</source>
        <translation>Отказано</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Taken back</source>
        <translation>Отозвано</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>commit %1</source>
        <translation>коммит %1</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>downloaded %1</source>
        <translation>скачано %1</translation>
    </message>
</context>
<context>
    <name>DownloadsPart</name>
    <message>
        <location filename="../qml/drawer/DownloadsPart.qml" line="+13"/>
        <source>Downloads</source>
        <translation>Скачивания</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Nothing was asked for yet. Each repository is asked about before it is downloaded.</source>
        <translation>Пока ни о чём не спрашивали. О каждом репозитории спрашивают до скачивания.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A permission holds for one repository at one commit, in the run it was given for.</source>
        <translation>Разрешение действует для одного репозитория на одном коммите, в том запуске, для которого дано.</translation>
    </message>
    <message>
        <location line="+26"/>
        <location line="+38"/>
        <source>Take back</source>
        <translation>Отозвать</translation>
    </message>
    <message>
        <location line="-37"/>
        <source>Take back the permission for %1</source>
        <translation>Отозвать разрешение для %1</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Nothing more is downloaded from %1 under this permission. What came stays.</source>
        <translation>По этому разрешению из %1 больше ничего не скачивается. Что уже пришло, остаётся.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Show more</source>
        <translation>Показать ещё</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>These are the newest %1 of %2. The event log knows the others.</source>
        <translation>Это последние %1 из %2. Остальные есть в журнале событий.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Take back this permission?</source>
        <translation>Отозвать это разрешение?</translation>
    </message>
</context>
<context>
    <name>Drawer</name>
    <message>
        <location filename="../qml/drawer/Drawer.qml" line="+19"/>
        <source>System</source>
        <translation>Система</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>General</source>
        <translation>Общие</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Providers and keys</source>
        <translation>Провайдеры и ключи</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Team and models</source>
        <translation>Команда и модели</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Memory</source>
        <translation>Память</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Builds and artifacts</source>
        <translation>Сборки и артефакты</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Privacy and consent</source>
        <translation>Приватность и согласия</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Reports</source>
        <translation>Отчёты</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>About</source>
        <translation>О программе</translation>
    </message>
    <message>
        <location line="+84"/>
        <source>Settings and system</source>
        <translation>Настройки и система</translation>
    </message>
    <message>
        <location line="+31"/>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Pages</source>
        <translation>Страницы</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <location filename="../qml/composer/DropOverlay.qml" line="+25"/>
        <source>Only files and folders of this computer can be taken into the memory.</source>
        <translation>В память можно принять только файлы и папки этого компьютера.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Only files, folders and text of this computer can be attached.</source>
        <translation>Приложить можно только файлы, папки и текст с этого компьютера.</translation>
    </message>
    <message>
        <location line="+33"/>
        <source>Drop it here</source>
        <translation>Перетащите сюда</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Drop it into the memory</source>
        <translation>Отпустите, чтобы принять в память</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Files, folders and zip projects, up to 50 MB each</source>
        <translation>Файлы, папки и проекты zip, до 50 МБ каждый</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Files and folders are kept byte for byte</source>
        <translation>Файлы и папки хранятся байт в байт</translation>
    </message>
</context>
<context>
    <name>EditorMenu</name>
    <message>
        <location filename="../qml/thread/EditorMenu.qml" line="+28"/>
        <source>Show in folder</source>
        <translation>Показать в папке</translation>
    </message>
</context>
<context>
    <name>EngineLink</name>
    <message>
        <location filename="../link/engine_link.py" line="+217"/>
        <source>The engine is of another version of MultiCoder.</source>
        <translation>Движок — от другой версии MultiCoder.</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>The engine did not answer.</source>
        <translation>Движок не ответил.</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>The engine was stopped. It starts again when something needs it.</source>
        <translation>Движок остановлен. Он запустится снова, когда понадобится.</translation>
    </message>
    <message>
        <location filename="../link/words.py" line="+33"/>
        <source>The engine did not accept this request.</source>
        <translation>Движок не принял этот запрос.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Nothing was changed.</source>
        <translation>Ничего не изменено.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Try again. If it happens again, look into multicoder.log in the data folder.</source>
        <translation>Попробуйте ещё раз. Если это повторится, загляните в multicoder.log в папке данных.</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>The connection to the engine broke before it answered.</source>
        <translation>Связь с движком оборвалась прежде, чем он ответил.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It is being made again; everything finished so far is kept.</source>
        <translation>Она восстанавливается; всё готовое сохранено.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>See whether it was done, else do it again.</source>
        <translation>Посмотрите, сделано ли это; если нет, повторите.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>This is too much to send at once.</source>
        <translation>За один раз столько отправить нельзя.</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+10"/>
        <source>Nothing was sent.</source>
        <translation>Ничего не отправлено.</translation>
    </message>
    <message>
        <location line="-9"/>
        <source>Make it shorter, or put it into a file and attach that.</source>
        <translation>Сократите текст или сохраните его в файл и приложите.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>The engine cannot be reached.</source>
        <translation>С движком нет связи.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Try again in a moment; multicoder.log in the data folder says more.</source>
        <translation>Повторите через мгновение; подробности — в multicoder.log в папке данных.</translation>
    </message>
</context>
<context>
    <name>EngineSetting</name>
    <message>
        <location filename="../qml/drawer/EngineSetting.qml" line="+13"/>
        <source>Off</source>
        <translation>Выключен</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Watch</source>
        <translation>Следит</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Strict</source>
        <translation>Строгий</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Daily</source>
        <translation>Ежедневно</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Weekly</source>
        <translation>Еженедельно</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Monthly</source>
        <translation>Ежемесячно</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Automatic</source>
        <translation>Автоматически</translation>
    </message>
</context>
<context>
    <name>ErrorCard</name>
    <message>
        <location filename="../qml/cards/ErrorCard.qml" line="+21"/>
        <source>Something failed</source>
        <translation>Что-то не удалось</translation>
    </message>
    <message>
        <location line="+16"/>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Hide details</source>
        <translation>Скрыть подробности</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Details</source>
        <translation>Подробности</translation>
    </message>
</context>
<context>
    <name>EventDetail</name>
    <message>
        <location filename="../qml/drawer/EventDetail.qml" line="+49"/>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>EventLog</name>
    <message>
        <location filename="../qml/drawer/EventLog.qml" line="+14"/>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Low risk and up</source>
        <translation>Риск от низкого</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Medium and up</source>
        <translation>Риск от среднего</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>High only</source>
        <translation>Только высокий</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Event log</source>
        <translation>Журнал событий</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Following the newest</source>
        <translation>Показываются новые</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Follow the newest</source>
        <translation>Следить за новыми</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Export ...</source>
        <translation>Сохранить…</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Search events</source>
        <translation>Поиск событий</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Risk</source>
        <translation>Риск</translation>
    </message>
    <message numerus="yes">
        <location line="+43"/>
        <source>Event log, %n event(s) loaded</source>
        <translation>
            <numerusform>Журнал событий, загружено %n событие</numerusform>
            <numerusform>Журнал событий, загружено %n события</numerusform>
            <numerusform>Журнал событий, загружено %n событий</numerusform>
        </translation>
    </message>
    <message>
        <location line="+107"/>
        <source>No event fits.</source>
        <translation>Подходящих событий нет.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Export the event log</source>
        <translation>Сохранить журнал событий</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Text (*.txt)</source>
        <translation>Текст (*.txt)</translation>
    </message>
</context>
<context>
    <name>Examination</name>
    <message>
        <location filename="../qml/shell/Examination.qml" line="+30"/>
        <source>Looking whether everything is in order here…</source>
        <translation>Проверяется, всё ли здесь в порядке…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The engine could not be asked. You can look later under Settings, System.</source>
        <translation>Спросить движок не удалось. Посмотреть можно позже: «Настройки», «Система».</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n system(s) of MultiCoder work here.</source>
        <translation>
            <numerusform>Здесь работает %n система MultiCoder.</numerusform>
            <numerusform>Здесь работают %n системы MultiCoder.</numerusform>
            <numerusform>Здесь работает %n систем MultiCoder.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <location filename="../qml/thread/FindBar.qml" line="+48"/>
        <location line="+12"/>
        <source>Find in this chat</source>
        <translation>Найти в этой беседе</translation>
    </message>
    <message>
        <location line="+32"/>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Previous place</source>
        <translation>Предыдущее место</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Next place</source>
        <translation>Следующее место</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>FoundRow</name>
    <message>
        <location filename="../qml/drawer/FoundRow.qml" line="+11"/>
        <source>yours</source>
        <translation>ваше</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>MultiCoder’s</source>
        <translation>от MultiCoder</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>foreign</source>
        <translation>чужое</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <location filename="../qml/drawer/GeneralPage.qml" line="+15"/>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>System</source>
        <translation>Системная</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Black</source>
        <translation>Чёрная</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Text size</source>
        <translation>Размер текста</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Smaller</source>
        <translation>Мельче</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Larger</source>
        <translation>Крупнее</translation>
    </message>
    <message>
        <location line="+4"/>
        <location line="+2"/>
        <source>Reduce motion</source>
        <translation>Меньше движения</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Nothing slides, fades or pulses.</source>
        <translation>Ничто не скользит, не тает и не мигает.</translation>
    </message>
    <message>
        <location line="+4"/>
        <location line="+1"/>
        <source>High contrast</source>
        <translation>Высокая контрастность</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Send with</source>
        <translation>Отправлять клавишей</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Enter begins a new line.</source>
        <translation>Enter начинает новую строку.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Shift+Enter begins a new line.</source>
        <translation>Shift+Enter начинает новую строку.</translation>
    </message>
    <message>
        <location line="+9"/>
        <location line="+2"/>
        <source>Notifications</source>
        <translation>Уведомления</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Tell through the system when something is ready, waits for you or fails while this window is not in front.</source>
        <translation>Сообщать средствами системы, когда что-то готово, ждёт вас или не удалось, а это окно не на переднем плане.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>When the window is closed</source>
        <translation>При закрытии окна</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Whether running work goes on in the background.</source>
        <translation>Продолжается ли начатая работа в фоне.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Ask</source>
        <translation>Спросить</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Work on</source>
        <translation>Продолжать</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <location filename="../qml/shell/Header.qml" line="+18"/>
        <source>Header</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Open sidebar</source>
        <translation>Открыть боковую панель</translation>
    </message>
    <message>
        <location line="+27"/>
        <source>More about this chat</source>
        <translation>Действия с этой беседой</translation>
    </message>
</context>
<context>
    <name>HoldCard</name>
    <message>
        <location filename="../qml/cards/HoldCard.qml" line="+20"/>
        <source>Delete</source>
        <translation>Удаление</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Overwrite</source>
        <translation>Перезапись</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Write outside the project</source>
        <translation>Запись за пределами проекта</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Publish</source>
        <translation>Публикация</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Download</source>
        <translation>Скачивания</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Spend above the limit</source>
        <translation>Расход сверх предела</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Run unprotected</source>
        <translation>Запуск без защиты</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>New limit in USD</source>
        <translation>Новый предел в долларах США</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>New limit in tokens</source>
        <translation>Новый предел в токенах</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>New limit in calls</source>
        <translation>Новый предел числа вызовов</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>New limit in minutes</source>
        <translation>Новый предел в минутах</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>New limit</source>
        <translation>Новый предел</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Stopped by the guard</source>
        <translation>Остановлено охраной</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Limit reached</source>
        <translation>Предел достигнут</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Waits for you</source>
        <translation>Ждёт вас</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The run stopped and waits for you.</source>
        <translation>Запуск остановился и ждёт вас.</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Action</source>
        <translation>Действие</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>What with</source>
        <translation>Над чем</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Careful: letters of different alphabets that look alike: %1</source>
        <translation>Осторожно, похожие буквы разных алфавитов: %1</translation>
    </message>
    <message>
        <location line="+34"/>
        <source>Please type a number greater than zero.</source>
        <translation>Введите число больше нуля.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Why may this happen once? A reason is needed.</source>
        <translation>Почему это можно разрешить один раз? Нужна причина.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A word of advice for the team (may be empty)</source>
        <translation>Совет команде (можно не заполнять)</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Allow once</source>
        <translation>Разрешить один раз</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Go on with this limit</source>
        <translation>Продолжить с этим пределом</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Try again</source>
        <translation>Попробовать ещё раз</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Refuse, and say what to do instead</source>
        <translation>Отказать и сказать, что сделать вместо этого</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Stop the run</source>
        <translation>Остановить запуск</translation>
    </message>
</context>
<context>
    <name>KeyVault</name>
    <message>
        <location filename="../settings/key_vault.py" line="+78"/>
        <source>The two passphrases are not the same.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
</context>
<context>
    <name>Lamp</name>
    <message>
        <location filename="../qml/drawer/Lamp.qml" line="+11"/>
        <source>OK</source>
        <translation>Работает</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Normal</source>
        <translation>Норма</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Degraded</source>
        <translation>С перебоями</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Attention</source>
        <translation>Требует внимания</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Failed</source>
        <translation>Не работает</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Fault</source>
        <translation>Неисправность</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Paranoid lock</source>
        <translation>Остановлено охраной</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Trying</source>
        <translation>Проверяется</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Off</source>
        <translation>Выключено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>No data</source>
        <translation>Нет данных</translation>
    </message>
</context>
<context>
    <name>LimitsPart</name>
    <message>
        <location filename="../qml/cards/LimitsPart.qml" line="+12"/>
        <source>plan</source>
        <translation>план</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>code</source>
        <translation>код</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>review</source>
        <translation>проверка кода</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>tests</source>
        <translation>тесты</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>judgement</source>
        <translation>оценка</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>packing</source>
        <translation>упаковка</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>no figures yet: this team has finished no program here</source>
        <translation>данных пока нет: эта команда ещё не закончила здесь ни одной программы</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>about %1 min, as %n earlier program(s) of this team took</source>
        <translation>
            <numerusform>около %1 мин, как %n прежняя программа этой команды</numerusform>
            <numerusform>около %1 мин, как %n прежние программы этой команды</numerusform>
            <numerusform>около %1 мин, как %n прежних программ этой команды</numerusform>
        </translation>
    </message>
    <message>
        <location line="+5"/>
        <source>%1 USD</source>
        <translation>%1 USD</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 tokens</source>
        <translation>токенов: %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 calls</source>
        <translation>вызовов: %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 minutes</source>
        <translation>минут: %1</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Estimate</source>
        <translation>Ожидается</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>about %1 calls, %2 tokens</source>
        <translation>вызовов около %1, токенов около %2</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Hard limits</source>
        <translation>Жёсткие пределы</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <location filename="../qml/shell/LinkDialog.qml" line="+13"/>
        <source>Leave the program?</source>
        <translation>Покинуть программу?</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>This link opens in your browser. It came with a message, so look where it leads:</source>
        <translation>Ссылка откроется в вашем браузере. Она пришла в сообщении, поэтому посмотрите, куда она ведёт:</translation>
    </message>
    <message>
        <location line="+27"/>
        <source>Do not ask again for %1</source>
        <translation>Больше не спрашивать про %1</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Copy the address</source>
        <translation>Копировать адрес</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
</context>
<context>
    <name>LookUpCard</name>
    <message>
        <location filename="../qml/cards/LookUpCard.qml" line="+11"/>
        <source>pages</source>
        <translation>страницы</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>repositories</source>
        <translation>репозитории</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>code</source>
        <translation>код</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>packages</source>
        <translation>пакеты</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>questions and answers</source>
        <translation>вопросы и ответы</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>news</source>
        <translation>новости</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Web search</source>
        <translation>Поиск в интернете</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>May this be looked up on the internet?</source>
        <translation>Можно поискать это в интернете?</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>What would be sent to search engines</source>
        <translation>Что будет отправлено поисковикам</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Texts of strangers were read in this run before: look whether these words are what you would send.</source>
        <translation>В этом запуске уже читались чужие тексты: посмотрите, те ли это слова, которые вы сами бы отправили.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Pages are only read. Nothing is downloaded without another question about exactly that.</source>
        <translation>Страницы только читаются. Ничего не скачивается без отдельного вопроса именно об этом.</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Allow for this run</source>
        <translation>Разрешить на этот запуск</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Not now</source>
        <translation>Не сейчас</translation>
    </message>
</context>
<context>
    <name>MainArea</name>
    <message>
        <location filename="../qml/shell/MainArea.qml" line="+60"/>
        <source>What shall we build?</source>
        <translation>Что будем создавать?</translation>
    </message>
    <message>
        <location line="+26"/>
        <source>Project %1</source>
        <translation>Проект %1</translation>
    </message>
    <message>
        <location line="+68"/>
        <source>Models make mistakes. What was really tested stands beside every program.</source>
        <translation>Модели ошибаются. Что проверено на деле, указано рядом с каждой программой.</translation>
    </message>
</context>
<context>
    <name>MathBlock</name>
    <message>
        <location filename="../qml/thread/blocks/MathBlock.qml" line="+27"/>
        <source>Formula: %1</source>
        <translation>Формула: %1</translation>
    </message>
</context>
<context>
    <name>MemoryHead</name>
    <message>
        <location filename="../qml/drawer/MemoryHead.qml" line="+17"/>
        <source>Search by meaning is ready</source>
        <translation>Поиск по смыслу готов</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Search by meaning is being built</source>
        <translation>Поиск по смыслу строится</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Search by meaning does not work; words are found all the same</source>
        <translation>Поиск по смыслу не работает; слова находятся и без него</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Search by meaning is off</source>
        <translation>Поиск по смыслу выключен</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>%1 messages and %2 documents, %3 lines</source>
        <translation>Сообщений: %1, документов: %2, строк: %3</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>One moment ...</source>
        <translation>Одну минуту…</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>%1 of documents kept; archive and indexes take %2 on the disk</source>
        <translation>Хранится документов: %1; архив и указатели занимают на диске %2</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Lost lines: %1</source>
        <translation>Потерянных строк: %1</translation>
    </message>
    <message>
        <location line="+23"/>
        <source>%1 of %2 lines</source>
        <translation>строк: %1 из %2</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Import files ...</source>
        <translation>Принять файлы…</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Import a folder ...</source>
        <translation>Принять папку…</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Rebuild the index</source>
        <translation>Перестроить указатель</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Or drop files and folders onto this page. The index is made from what is kept; rebuilding it loses nothing.</source>
        <translation>Или перетащите файлы и папки на эту страницу. Указатель строится из того, что хранится; при перестройке ничего не теряется.</translation>
    </message>
    <message>
        <location line="+43"/>
        <source>Rules and decisions of this chat</source>
        <translation>Правила и решения этого чата</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Open a chat to see what it has decided.</source>
        <translation>Откройте чат, чтобы увидеть, что в нём решено.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>None yet. What you decide in a chat is put before every model that works on it.</source>
        <translation>Пока нет. То, что вы решаете в чате, показывается каждой модели, которая над ним работает.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Show fewer</source>
        <translation>Показать меньше</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Show all %1</source>
        <translation>Показать все: %1</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>What is kept</source>
        <translation>Что хранится</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Search the lines of everything</source>
        <translation>Поиск по всем строкам</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Import files</source>
        <translation>Принять файлы</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Import a folder</source>
        <translation>Принять папку</translation>
    </message>
</context>
<context>
    <name>MemoryPage</name>
    <message>
        <location filename="../memory/page.py" line="+212"/>
        <source>Exported to %1</source>
        <translation>Выгружено в %1</translation>
    </message>
    <message>
        <location line="+33"/>
        <source>The import has failed.</source>
        <translation>Принять не удалось.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>The rebuild has failed.</source>
        <translation>Перестроить не удалось.</translation>
    </message>
    <message>
        <location filename="../qml/drawer/MemoryPage.qml" line="+15"/>
        <source>All kinds</source>
        <translation>Все виды</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Dialogues</source>
        <translation>Диалоги</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Texts</source>
        <translation>Тексты</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Code</source>
        <translation>Код</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Errors</source>
        <translation>Ошибки</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>In use</source>
        <translation>Используется</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quarantined</source>
        <translation>В карантине</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Forgotten</source>
        <translation>Забыто</translation>
    </message>
    <message numerus="yes">
        <location line="+62"/>
        <source>%n line(s) found</source>
        <translation>
            <numerusform>Найдена %n строка</numerusform>
            <numerusform>Найдено %n строки</numerusform>
            <numerusform>Найдено %n строк</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n документ</numerusform>
            <numerusform>%n документа</numerusform>
            <numerusform>%n документов</numerusform>
        </translation>
    </message>
    <message>
        <location line="+57"/>
        <source>Nothing found.</source>
        <translation>Ничего не найдено.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>No document is kept yet. Everything said in chats is kept as well; it is found by the search above.</source>
        <translation>Документов пока нет. Всё сказанное в чатах тоже хранится; его находит поиск выше.</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Read</source>
        <translation>Читать</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Export ...</source>
        <translation>Выгрузить…</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Quarantine ...</source>
        <translation>В карантин…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Kept, but never used</source>
        <translation>Хранится, но не используется</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Release ...</source>
        <translation>Вернуть…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>To be found and used again</source>
        <translation>Снова находится и используется</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Forget ...</source>
        <translation>Забыть…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Its bytes are erased for good</source>
        <translation>Его байты стираются навсегда</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Forget this document?</source>
        <translation>Забыть этот документ?</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quarantine this document?</source>
        <translation>Поместить документ в карантин?</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Release this document?</source>
        <translation>Вернуть этот документ?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is erased and cannot be brought back; what was learnt from it is no longer found.</source>
        <translation>%1 стирается, вернуть его нельзя; то, что из него известно, больше не находится.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 stays as it is, but no answer and no program is made with it.</source>
        <translation>%1 остаётся как есть, но ни один ответ и ни одна программа на нём не строятся.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 may be found and used again.</source>
        <translation>%1 снова может находиться и использоваться.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Forget</source>
        <translation>Забыть</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quarantine</source>
        <translation>В карантин</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Release</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Export a document</source>
        <translation>Выгрузить документ</translation>
    </message>
</context>
<context>
    <name>MessageText</name>
    <message>
        <location filename="../qml/composer/MessageText.qml" line="+12"/>
        <source>Ask for a program, or ask anything</source>
        <translation>Опишите программу или задайте вопрос</translation>
    </message>
    <message>
        <location line="+74"/>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Cut</source>
        <translation>Вырезать</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Paste</source>
        <translation>Вставить</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Select all</source>
        <translation>Выделить всё</translation>
    </message>
</context>
<context>
    <name>ModelSelector</name>
    <message>
        <location filename="../qml/shell/ModelSelector.qml" line="+29"/>
        <source>Team: %1</source>
        <translation>Команда: %1</translation>
    </message>
    <message>
        <location line="+65"/>
        <source>Team and models</source>
        <translation>Команда и модели</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Providers and keys</source>
        <translation>Провайдеры и ключи</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <location filename="../qml/drawer/ModelsDialog.qml" line="+19"/>
        <source>Choose models</source>
        <translation>Выбор моделей</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Search models</source>
        <translation>Поиск моделей</translation>
    </message>
    <message>
        <location line="+43"/>
        <source>Nothing found.</source>
        <translation>Ничего не найдено.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Fetch the lists</source>
        <translation>Получить списки</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
</context>
<context>
    <name>MoveMenu</name>
    <message>
        <location filename="../qml/shell/MoveMenu.qml" line="+15"/>
        <source>Move to project</source>
        <translation>Переместить в проект</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>New project…</source>
        <translation>Новый проект…</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Remove from project</source>
        <translation>Убрать из проекта</translation>
    </message>
</context>
<context>
    <name>NewShelfDialog</name>
    <message>
        <location filename="../qml/shell/NewShelfDialog.qml" line="+20"/>
        <source>New project</source>
        <translation>Новый проект</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Name of the project</source>
        <translation>Название проекта</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>A project keeps chats about one thing together. Programs stay where they were put.</source>
        <translation>Проект собирает беседы об одном деле. Программы остаются там, где лежат.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <location filename="../desktop/notices.py" line="+47"/>
        <source>Your decision is needed</source>
        <translation>Нужно ваше решение</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>The guard stopped a run</source>
        <translation>Охрана остановила запуск</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>The work is done</source>
        <translation>Работа готова</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>The work failed</source>
        <translation>Работа не удалась</translation>
    </message>
</context>
<context>
    <name>OverflowMenu</name>
    <message>
        <location filename="../qml/shell/OverflowMenu.qml" line="+14"/>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Find in this chat</source>
        <translation>Найти в этой беседе</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Tasks</source>
        <translation>Задачи</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Archive</source>
        <translation>В архив</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>Paranoid</name>
    <message>
        <location filename="../board/paranoid.py" line="+70"/>
        <source>A decision needs a reason.</source>
        <translation>Для решения нужна причина.</translation>
    </message>
    <message>
        <location line="+0"/>
        <location line="+9"/>
        <source>Write why.</source>
        <translation>Напишите почему.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Going on needs a reason.</source>
        <translation>Чтобы продолжить, нужна причина.</translation>
    </message>
</context>
<context>
    <name>ParanoidBlock</name>
    <message>
        <location filename="../qml/drawer/ParanoidBlock.qml" line="+11"/>
        <source>Critical</source>
        <translation>Критично</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Warning</source>
        <translation>Предупреждение</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Note</source>
        <translation>Замечание</translation>
    </message>
    <message>
        <location line="+2"/>
        <location filename="../settings/consents.py" line="-26"/>
        <source>Delete</source>
        <translation>Удаление</translation>
    </message>
    <message>
        <location line="+0"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Overwrite</source>
        <translation>Перезапись</translation>
    </message>
    <message>
        <location line="+0"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Write outside the project</source>
        <translation>Запись за пределами проекта</translation>
    </message>
    <message>
        <location line="+1"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Publish</source>
        <translation>Публикация</translation>
    </message>
    <message>
        <location line="+0"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Download</source>
        <translation>Скачивания</translation>
    </message>
    <message>
        <location line="+0"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Spend above the limit</source>
        <translation>Расход сверх предела</translation>
    </message>
    <message>
        <location line="+1"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Run unprotected</source>
        <translation>Запуск без защиты</translation>
    </message>
    <message>
        <location line="+23"/>
        <source>Paranoid tester</source>
        <translation>Параноидальный тестировщик</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Off</source>
        <translation>Выключен</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Watch</source>
        <translation>Следит</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Strict</source>
        <translation>Строгий</translation>
    </message>
    <message numerus="yes">
        <location line="+17"/>
        <source>Paused by the guard: %n task(s)</source>
        <translation>
            <numerusform>Приостановлена охраной %n задача</numerusform>
            <numerusform>Приостановлено охраной %n задачи</numerusform>
            <numerusform>Приостановлено охраной %n задач</numerusform>
        </translation>
    </message>
    <message>
        <location line="+4"/>
        <location line="+107"/>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <location line="-95"/>
        <source>Score %1 of 100</source>
        <translation>Оценка %1 из 100</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Not inspected since this window was opened</source>
        <translation>С открытия окна проверки не было</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>Last audit %1, %n finding(s)</source>
        <translation>
            <numerusform>Последняя проверка %1, %n находка</numerusform>
            <numerusform>Последняя проверка %1, %n находки</numerusform>
            <numerusform>Последняя проверка %1, %n находок</numerusform>
        </translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Next audit by %1</source>
        <translation>Следующая проверка до %1</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Auditing ...</source>
        <translation>Идёт проверка…</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Audit now</source>
        <translation>Проверить сейчас</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Simulating: %1</source>
        <translation>Идут учения: %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Run what-if simulations</source>
        <translation>Провести учения</translation>
    </message>
    <message>
        <location line="+28"/>
        <source>What-if simulations</source>
        <translation>Учения «что, если»</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>held</source>
        <translation>устояло</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>broken</source>
        <translation>нарушено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>not possible here</source>
        <translation>здесь невозможно</translation>
    </message>
    <message>
        <location line="+28"/>
        <source>Resume what the guard paused</source>
        <translation>Продолжить приостановленное охраной</translation>
    </message>
</context>
<context>
    <name>PendingAction</name>
    <message>
        <location filename="../qml/drawer/PendingAction.qml" line="+38"/>
        <source>asked by %1</source>
        <translation>запросил: %1</translation>
    </message>
    <message>
        <location line="+9"/>
        <location line="+15"/>
        <source>Allow once</source>
        <translation>Разрешить один раз</translation>
    </message>
    <message>
        <location line="-10"/>
        <location line="+10"/>
        <source>Refuse</source>
        <translation>Отказать</translation>
    </message>
    <message>
        <location line="-2"/>
        <source>Allow this once?</source>
        <translation>Разрешить это один раз?</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Refuse this?</source>
        <translation>Отказать в этом?</translation>
    </message>
</context>
<context>
    <name>PendingBar</name>
    <message>
        <location filename="../qml/cards/PendingBar.qml" line="+21"/>
        <source>The run stopped and waits for you</source>
        <translation>Запуск остановился и ждёт вас</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There are questions for you</source>
        <translation>К вам есть вопросы</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There is a question for you</source>
        <translation>К вам есть вопрос</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Your decision is needed</source>
        <translation>Нужно ваше решение</translation>
    </message>
    <message>
        <location line="+39"/>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
</context>
<context>
    <name>PinnedRow</name>
    <message>
        <location filename="../qml/drawer/PinnedRow.qml" line="+11"/>
        <source>holds</source>
        <translation>действует</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>taken back</source>
        <translation>отменено</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>contradicts another one</source>
        <translation>противоречит другому</translation>
    </message>
    <message>
        <location line="+41"/>
        <source>Open the source, %1</source>
        <translation>Открыть источник, %1</translation>
    </message>
</context>
<context>
    <name>PlaceButton</name>
    <message>
        <location filename="../qml/cards/PlaceButton.qml" line="+15"/>
        <source>System board</source>
        <translation>Табло состояния</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Providers and keys</source>
        <translation>Провайдеры и ключи</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Other model</source>
        <translation>Другая модель</translation>
    </message>
</context>
<context>
    <name>PlanPart</name>
    <message>
        <location filename="../qml/cards/PlanPart.qml" line="+13"/>
        <source>program file</source>
        <translation>файл программы</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>zip archive</source>
        <translation>архив zip</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>source code</source>
        <translation>исходный код</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Target</source>
        <translation>Результат</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Starts with</source>
        <translation>Запускается с</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Packages</source>
        <translation>Пакеты</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>none from others</source>
        <translation>сторонних нет</translation>
    </message>
    <message numerus="yes">
        <location line="+7"/>
        <source>%n module(s)</source>
        <translation>
            <numerusform>%n модуль</numerusform>
            <numerusform>%n модуля</numerusform>
            <numerusform>%n модулей</numerusform>
        </translation>
    </message>
    <message>
        <location line="+25"/>
        <source>%1 (stays as it is)</source>
        <translation>%1 (без изменений)</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>It is done when</source>
        <translation>Готово, когда</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Decided for you</source>
        <translation>Решено за вас</translation>
    </message>
</context>
<context>
    <name>PlusMenu</name>
    <message>
        <location filename="../qml/composer/PlusMenu.qml" line="+10"/>
        <source>Chosen by MultiCoder</source>
        <translation>На выбор MultiCoder</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Program (exe)</source>
        <translation>Программа (exe)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Zip archive</source>
        <translation>Архив zip</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Source code</source>
        <translation>Исходный код</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Add a folder</source>
        <translation>Добавить папку</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Add a zip project</source>
        <translation>Добавить проект zip</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>From the clipboard</source>
        <translation>Из буфера обмена</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Build target</source>
        <translation>Вид результата</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Team</source>
        <translation>Команда</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Web search</source>
        <translation>Поиск в интернете</translation>
    </message>
    <message>
        <location line="+16"/>
        <source>Search now</source>
        <translation>Искать сейчас</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Your words are searched for: /search</source>
        <translation>Ваши слова ищутся в интернете: /search</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Memory scope</source>
        <translation>Область памяти</translation>
    </message>
</context>
<context>
    <name>PresetPicker</name>
    <message>
        <location filename="../qml/drawer/PresetPicker.qml" line="+29"/>
        <source>Add a provider</source>
        <translation>Добавить провайдера</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Search providers</source>
        <translation>Поиск провайдеров</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <location filename="../settings/presets.py" line="+69"/>
        <source>Another address</source>
        <translation>Другой адрес</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Anything that speaks the OpenAI protocol</source>
        <translation>Всё, что работает по протоколу OpenAI</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Custom</source>
        <translation>Свой</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Fragile: a web page used in a browser, which may change at any time</source>
        <translation>Ненадёжно: страница сайта в браузере, которая может измениться в любой момент</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>an address of your own</source>
        <translation>ваш собственный адрес</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Closed on %1.</source>
        <translation>Закрыт %1.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>There is no such service.</source>
        <translation>Такого сервиса нет.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Instead: %1</source>
        <translation>Вместо него: %1</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <location filename="../qml/drawer/PrivacyPage.qml" line="+24"/>
        <source>Decisions</source>
        <translation>Решения</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Decisions so far</source>
        <translation>Принятые решения</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>None yet.</source>
        <translation>Пока нет.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Each of these holds for one action or one run; nothing stays allowed after it.</source>
        <translation>Каждое действует для одного действия или одного запуска; после него ничего не остаётся разрешённым.</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>These are the newest %1 decisions. The event log knows older ones.</source>
        <translation>Это последние %1 решений. Более ранние есть в журнале событий.</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <location filename="../qml/drawer/Problem.qml" line="+39"/>
        <source>Dismiss</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ProviderForm</name>
    <message>
        <location filename="../qml/drawer/ProviderForm.qml" line="+54"/>
        <source>Change %1</source>
        <translation>Изменить: %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Add %1</source>
        <translation>Добавить: %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Add another address</source>
        <translation>Добавить другой адрес</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Fragile: a web page used in a browser as you would. It may stop working at any time, and its maker may not allow it.</source>
        <translation>Ненадёжно: программа пользуется страницей в браузере, как это делали бы вы. В любой момент это может перестать работать, а владелец сайта может этого не разрешать.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Base URL</source>
        <translation>Адрес (base URL)</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Region or plan</source>
        <translation>Регион или тариф</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Folder (the number beside its name in the console)</source>
        <translation>Каталог (номер рядом с его именем в консоли)</translation>
    </message>
    <message>
        <location line="+8"/>
        <location line="+4"/>
        <source>Kind of access</source>
        <translation>Вид доступа</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>There is one: %1. It stays when nothing is typed here.</source>
        <translation>Ключ есть: %1. Он останется, если ничего не вводить.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Nothing is needed here for programs on this computer.</source>
        <translation>Для программ на этом компьютере ключ не нужен.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Get a key</source>
        <translation>Получить ключ</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Preferred models (empty for the best known ones)</source>
        <translation>Предпочитаемые модели (пусто — лучшие из известных)</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Fetch the list</source>
        <translation>Получить список</translation>
    </message>
    <message numerus="yes">
        <location line="+7"/>
        <source>Choose from %n model(s)…</source>
        <translation>
            <numerusform>Выбрать из %n модели…</numerusform>
            <numerusform>Выбрать из %n моделей…</numerusform>
            <numerusform>Выбрать из %n моделей…</numerusform>
        </translation>
    </message>
    <message>
        <location line="+12"/>
        <source>More settings</source>
        <translation>Ещё настройки</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>open</source>
        <translation>открыто</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>closed</source>
        <translation>закрыто</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Group</source>
        <translation>Группа</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Proxy (empty as the system is set up)</source>
        <translation>Прокси (пусто — как в системе)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Further headers, one a line</source>
        <translation>Другие заголовки, по одному в строке</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Prices in dollars per million tokens: a model or *, in, out</source>
        <translation>Цены в долларах за миллион токенов: модель или *, вход, выход</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>File with a root certificate for this address alone</source>
        <translation>Файл с корневым сертификатом только для этого адреса</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Choose a file…</source>
        <translation>Выбрать файл…</translation>
    </message>
    <message numerus="yes">
        <location line="+10"/>
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n модель</numerusform>
            <numerusform>%n модели</numerusform>
            <numerusform>%n моделей</numerusform>
        </translation>
    </message>
    <message>
        <location line="+0"/>
        <source>It can be saved all the same and stays marked.</source>
        <translation>Сохранить всё равно можно, он останется помеченным.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>The key belongs to %1: use that address</source>
        <translation>Ключ относится к %1: взять этот адрес</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Keys go to the key storage of the system or the encrypted key vault, never into a plain file.</source>
        <translation>Ключи хранятся в системном хранилище или в зашифрованном сейфе, но никогда в открытом файле.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Trying ...</source>
        <translation>Проверка…</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Test</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <location line="+30"/>
        <source>Root certificate</source>
        <translation>Корневой сертификат</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Сертификаты (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <location line="-26"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location filename="../settings/provider_form.py" line="+118"/>
        <source>A provider needs an address.</source>
        <translation>Провайдеру нужен адрес.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Each header is a line of its own: a name, a colon, a value.</source>
        <translation>Каждый заголовок — отдельная строка: имя, двоеточие, значение.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Each price is a line of its own: a model or *, dollars per million tokens in, and out.</source>
        <translation>Каждая цена — отдельная строка: модель или *, доллары за миллион токенов на входе и на выходе.</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>%1 $ left</source>
        <translation>Осталось %1 $</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 ends on %2</source>
        <translation>%1 отключат %2</translation>
    </message>
</context>
<context>
    <name>ProviderKey</name>
    <message>
        <location filename="../qml/drawer/ProviderKey.qml" line="+12"/>
        <source>First key</source>
        <translation>Первый ключ</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>In order</source>
        <translation>В порядке</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>At its limit for %1 s</source>
        <translation>Предел достигнут, ещё %1 с</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>At its limit</source>
        <translation>Предел достигнут</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Refused</source>
        <translation>Отклонён</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Not in the key storage</source>
        <translation>Нет в хранилище ключей</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>No key is needed</source>
        <translation>Ключ не нужен</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Off</source>
        <translation>Выключен</translation>
    </message>
    <message>
        <location line="+36"/>
        <source>Use the key %1</source>
        <translation>Использовать ключ %1</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>%1 a minute</source>
        <translation>%1 в минуту</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 at the same time</source>
        <translation>%1 одновременно</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n sent</source>
        <translation>
            <numerusform>отправлен %n</numerusform>
            <numerusform>отправлено %n</numerusform>
            <numerusform>отправлено %n</numerusform>
        </translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Replace</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Replace the key %1</source>
        <translation>Заменить ключ %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Delete the key %1</source>
        <translation>Удалить ключ %1</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Delete this key?</source>
        <translation>Удалить этот ключ?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>“%1” of %2 leaves the key storage of this computer. At its maker it stays valid until it is withdrawn there.</source>
        <translation>«%1» (%2) будет удалён из хранилища этого компьютера. У самого провайдера он действует, пока его не отзовут там.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>ProviderKeys</name>
    <message>
        <location filename="../qml/drawer/ProviderKeys.qml" line="+28"/>
        <source>Keys of %1</source>
        <translation>Ключи: %1</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Add a key</source>
        <translation>Добавить ключ</translation>
    </message>
    <message>
        <location line="+41"/>
        <source>Another key</source>
        <translation>Ещё один ключ</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Change the key %1</source>
        <translation>Изменить ключ %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>(first)</source>
        <translation>(первый)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Label</source>
        <translation>Метка</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>New key (empty keeps the one there is)</source>
        <translation>Новый ключ (пусто — оставить прежний)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Requests per minute (empty for any number)</source>
        <translation>Запросов в минуту (пусто — сколько угодно)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Requests at the same time (empty as in the settings)</source>
        <translation>Запросов одновременно (пусто — как в настройках)</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>ProviderList</name>
    <message>
        <location filename="../qml/drawer/ProviderList.qml" line="+55"/>
        <source>They are tried from the top.</source>
        <translation>Их пробуют сверху вниз.</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Import and export</source>
        <translation>Импорт и экспорт</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Import…</source>
        <translation>Импорт…</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>No provider yet. Without one only the built-in demonstration works.</source>
        <translation>Провайдеров пока нет. Без них работает только встроенная демонстрация.</translation>
    </message>
</context>
<context>
    <name>ProviderRow</name>
    <message>
        <location filename="../qml/drawer/ProviderRow.qml" line="+71"/>
        <source>fragile</source>
        <translation>ненадёжно</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Use %1</source>
        <translation>Использовать %1</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>More about %1</source>
        <translation>Ещё: %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>%1 of the looks went well</source>
        <translation>удачных проверок: %1</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Models: %1</source>
        <translation>Модели: %1</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Test</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Test %1</source>
        <translation>Проверить %1</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Change</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Change %1</source>
        <translation>Изменить %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Keys</source>
        <translation>Ключи</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Keys of %1</source>
        <translation>Ключи: %1</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Move up</source>
        <translation>Выше</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Move down</source>
        <translation>Ниже</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Sign in at its page…</source>
        <translation>Войти на его странице…</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Delete this provider?</source>
        <translation>Удалить этого провайдера?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>“%1” leaves the list, and its keys leave the key storage. Other programs keep theirs.</source>
        <translation>«%1» исчезнет из списка, а его ключи — из хранилища ключей. Ключи других программ останутся.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>Providers</name>
    <message>
        <location filename="../settings/providers.py" line="+228"/>
        <source>signed in with a browser</source>
        <translation>вход через браузер</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>no key needed</source>
        <translation>ключ не нужен</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>no key</source>
        <translation>нет ключа</translation>
    </message>
    <message numerus="yes">
        <location line="+2"/>
        <source>%n limited</source>
        <translation>
            <numerusform>%n на пределе</numerusform>
            <numerusform>%n на пределе</numerusform>
            <numerusform>%n на пределе</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n refused</source>
        <translation>
            <numerusform>%n отклонён</numerusform>
            <numerusform>%n отклонены</numerusform>
            <numerusform>%n отклонено</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n not to be reached</source>
        <translation>
            <numerusform>%n недоступен</numerusform>
            <numerusform>%n недоступны</numerusform>
            <numerusform>%n недоступно</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n off</source>
        <translation>
            <numerusform>%n выключен</numerusform>
            <numerusform>%n выключены</numerusform>
            <numerusform>%n выключено</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+3"/>
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n ключ</numerusform>
            <numerusform>%n ключа</numerusform>
            <numerusform>%n ключей</numerusform>
        </translation>
    </message>
    <message>
        <location line="+21"/>
        <source>Trying ...</source>
        <translation>Проверяется…</translation>
    </message>
    <message>
        <location line="+54"/>
        <source>%1 Tried in %2.</source>
        <translation>%1 Проверено за %2.</translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message>
        <location filename="../qml/cards/QuestionCard.qml" line="+34"/>
        <source>What for?</source>
        <translation>Для чего?</translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n вопрос</numerusform>
            <numerusform>%n вопроса</numerusform>
            <numerusform>%n вопросов</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>What will this be used for?</source>
        <translation>Для чего это будет использоваться?</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Before the work begins</source>
        <translation>Перед началом работы</translation>
    </message>
    <message>
        <location line="+36"/>
        <location line="+23"/>
        <source>%1 (default)</source>
        <translation>%1 (по умолчанию)</translation>
    </message>
    <message>
        <location line="-10"/>
        <source>Something else</source>
        <translation>Другое</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Who will use it, and what for?</source>
        <translation>Кто и для чего будет этим пользоваться?</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Reject</source>
        <translation>Отклонить</translation>
    </message>
</context>
<context>
    <name>QueuedMessages</name>
    <message numerus="yes">
        <location filename="../qml/composer/QueuedMessages.qml" line="+15"/>
        <source>%n message(s) waiting</source>
        <translation>
            <numerusform>%n сообщение ждёт</numerusform>
            <numerusform>%n сообщения ждут</numerusform>
            <numerusform>%n сообщений ждут</numerusform>
        </translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Attached files</source>
        <translation>Приложенные файлы</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Waiting: %1</source>
        <translation>Ждёт: %1</translation>
    </message>
    <message>
        <location line="+30"/>
        <source>Take this message back</source>
        <translation>Вернуть это сообщение</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <location filename="../qml/shell/Rail.qml" line="+17"/>
        <source>Sidebar</source>
        <translation>Боковая панель</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Open sidebar</source>
        <translation>Открыть боковую панель</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>New chat</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Search chats</source>
        <translation>Поиск по беседам</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Projects</source>
        <translation>Проекты</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
</context>
<context>
    <name>ReasonField</name>
    <message>
        <location filename="../qml/drawer/ReasonField.qml" line="+10"/>
        <source>Confirm</source>
        <translation>Подтвердить</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <location filename="../qml/shell/RenameDialog.qml" line="+20"/>
        <source>Rename the chat</source>
        <translation>Переименовать беседу</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Title of the chat</source>
        <translation>Название беседы</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <location filename="../settings/reports.py" line="+92"/>
        <source>The report was not written.</source>
        <translation>Отчёт не записан.</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <location filename="../qml/drawer/ReportsPage.qml" line="+33"/>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Last day</source>
        <translation>Последний день</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Last 7 days</source>
        <translation>Последние 7 дней</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Last 30 days</source>
        <translation>Последние 30 дней</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Last year</source>
        <translation>Последний год</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Everything</source>
        <translation>Всё время</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Events</source>
        <translation>События</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>All events</source>
        <translation>Все события</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Low risk and up</source>
        <translation>Риск от низкого</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Medium and up</source>
        <translation>Риск от среднего</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>High only</source>
        <translation>Только высокий</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Program (empty for all)</source>
        <translation>Программа (пусто — все)</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Writing ...</source>
        <translation>Составляется…</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Write report ...</source>
        <translation>Составить отчёт…</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Write report</source>
        <translation>Составить отчёт</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Written reports</source>
        <translation>Составленные отчёты</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>None yet.</source>
        <translation>Пока нет.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>%1 · not there any more</source>
        <translation>%1 · больше нет на месте</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Open %1</source>
        <translation>Открыть %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Open the folder of %1</source>
        <translation>Открыть папку файла %1</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>By themselves</source>
        <translation>Автоматически</translation>
    </message>
</context>
<context>
    <name>RepositoryRow</name>
    <message>
        <location filename="../qml/cards/RepositoryRow.qml" line="+105"/>
        <source>no licence told</source>
        <translation>лицензия не указана</translation>
    </message>
    <message numerus="yes">
        <location line="-83"/>
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n звезда</numerusform>
            <numerusform>%n звезды</numerusform>
            <numerusform>%n звёзд</numerusform>
        </translation>
    </message>
    <message>
        <location line="-2"/>
        <source>size not told</source>
        <translation>размер не указан</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>changed %1</source>
        <translation>изменён %1</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>no longer maintained</source>
        <translation>больше не поддерживается</translation>
    </message>
    <message>
        <location line="+51"/>
        <source>Not asked</source>
        <translation>Нет решения</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Careful: letters of different alphabets that look alike: %1</source>
        <translation>Осторожно, похожие буквы разных алфавитов: %1</translation>
    </message>
    <message>
        <location line="+106"/>
        <source>Look</source>
        <translation>Посмотреть</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Look at %1 in the browser</source>
        <translation>Посмотреть %1 в браузере</translation>
    </message>
    <message>
        <location line="-62"/>
        <source>Would be taken: %1</source>
        <translation>Будет взято: %1</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Commit</source>
        <translation>Коммит</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Copy the commit</source>
        <translation>Скопировать коммит</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Refuse</source>
        <translation>Отказать</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Allow download</source>
        <translation>Разрешить скачивание</translation>
    </message>
    <message>
        <location line="-108"/>
        <source>Allowed</source>
        <translation>Разрешено</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Refused</source>
        <translation>Отказано</translation>
    </message>
</context>
<context>
    <name>RichWords</name>
    <message>
        <location filename="../qml/thread/blocks/RichWords.qml" line="+165"/>
        <source>Open the source, %1</source>
        <translation>Открыть источник, %1</translation>
    </message>
</context>
<context>
    <name>RoleRow</name>
    <message>
        <location filename="../qml/drawer/RoleRow.qml" line="+41"/>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Choose models for: %1</source>
        <translation>Выбрать модели для роли: %1</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Answers now: %1</source>
        <translation>Сейчас отвечает: %1</translation>
    </message>
    <message>
        <location line="+26"/>
        <source>Prefer %1</source>
        <translation>Поднять выше: %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Put %1 behind</source>
        <translation>Опустить ниже: %1</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>No longer wish for %1</source>
        <translation>Убрать: %1</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>The first one that can be reached answers. A provider without a model stands for whatever it offers.</source>
        <translation>Отвечает первая, до которой удалось достучаться. Провайдер без модели означает всё, что у него есть.</translation>
    </message>
</context>
<context>
    <name>Roles</name>
    <message>
        <location filename="../shell/roles.py" line="+91"/>
        <source>Router</source>
        <translation>Диспетчер</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Finds out whether something is to be built or answered</source>
        <translation>Выясняет, нужно ли что-то создать или просто ответить</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Judge</source>
        <translation>Судья</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Judges whether a task is safe and can be done</source>
        <translation>Решает, безопасна ли задача и выполнима ли она</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Architect</source>
        <translation>Архитектор</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Draws the plan and divides it into modules</source>
        <translation>Составляет план и делит его на модули</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Coder</source>
        <translation>Кодер</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Writes the modules</source>
        <translation>Пишет модули</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Reviewer</source>
        <translation>Рецензент</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Reads what was written and sends it back</source>
        <translation>Читает написанное и возвращает на доработку</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Tester</source>
        <translation>Тестировщик</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Writes the tests without seeing the code</source>
        <translation>Пишет тесты, не видя кода</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Packager</source>
        <translation>Упаковщик</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Makes the finished program of it</source>
        <translation>Делает из этого готовую программу</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Answerer</source>
        <translation>Собеседник</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Answers questions that need no program</source>
        <translation>Отвечает на вопросы, для которых программа не нужна</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Researcher</source>
        <translation>Исследователь</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Looks up what the plan, an answer or a repair rests on</source>
        <translation>Ищет то, на чём держится план, ответ или исправление</translation>
    </message>
</context>
<context>
    <name>RunHead</name>
    <message>
        <location filename="../qml/cards/RunHead.qml" line="+71"/>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Priority</source>
        <translation>Очерёдность</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>First of all</source>
        <translation>Прежде всего</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Normal</source>
        <translation>Как обычно</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>When there is time</source>
        <translation>Когда будет время</translation>
    </message>
    <message>
        <location line="+6"/>
        <location line="+30"/>
        <source>Cancel the run</source>
        <translation>Отменить запуск</translation>
    </message>
    <message>
        <location line="-17"/>
        <source>The guard stopped this. Why may it go on?</source>
        <translation>Это остановила охрана. Почему можно продолжать?</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Cancel this run? What is finished is kept.</source>
        <translation>Отменить этот запуск? Готовое сохранится.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Keep going</source>
        <translation>Не отменять</translation>
    </message>
</context>
<context>
    <name>RunPill</name>
    <message>
        <location filename="../qml/shell/RunPill.qml" line="+24"/>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 % · %2/%3 modules</source>
        <translation>%1 % · модули: %2/%3</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Go to the run: %1</source>
        <translation>Перейти к запуску: %1</translation>
    </message>
</context>
<context>
    <name>RunTimeline</name>
    <message>
        <location filename="../qml/cards/RunTimeline.qml" line="+44"/>
        <source>%1 h %2 m</source>
        <translation>%1 ч %2 мин</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 m %2 s</source>
        <translation>%1 мин %2 с</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>%1 tokens</source>
        <translation>токенов: %1</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Building</source>
        <translation>Создаётся</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Paused</source>
        <translation>На паузе</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Waits for you</source>
        <translation>Ждёт вас</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Built</source>
        <translation>Собрано</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Failed</source>
        <translation>Не удалось</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Cancelled</source>
        <translation>Отменено</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 · %2 % (%3 of %4 modules)</source>
        <translation>%1 · %2 % (модулей: %3 из %4)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Built in %1</source>
        <translation>Собрано за %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Failed after %1</source>
        <translation>Не удалось, прошло %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Cancelled after %1</source>
        <translation>Отменено, прошло %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Done in %1</source>
        <translation>Готово за %1</translation>
    </message>
</context>
<context>
    <name>Scope</name>
    <message>
        <location filename="../composer/chat_option.py" line="+125"/>
        <source>This chat</source>
        <translation>Этот чат</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Only what was said here</source>
        <translation>Только сказанное здесь</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>This project</source>
        <translation>Этот проект</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Everything of the program that is being made</source>
        <translation>Всё об этой программе</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>All my projects</source>
        <translation>Все мои проекты</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Also what earlier programs taught, and what you imported</source>
        <translation>Ещё уроки прежних программ и то, что вы приняли в память</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Everything</source>
        <translation>Всё</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>All chats and all documents</source>
        <translation>Все чаты и все документы</translation>
    </message>
</context>
<context>
    <name>SealedCopies</name>
    <message>
        <location filename="../memory/sealed.py" line="+62"/>
        <source>The two passphrases are not the same.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>The work with the sealed copy has failed.</source>
        <translation>Работа с запечатанной копией не удалась.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>The sealed copy was made: %1</source>
        <translation>Запечатанная копия сделана: %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>The sealed copy was opened. MultiCoder starts anew with its memory.</source>
        <translation>Запечатанная копия открыта. MultiCoder запускается заново с её памятью.</translation>
    </message>
</context>
<context>
    <name>SealedPart</name>
    <message>
        <location filename="../qml/drawer/SealedPart.qml" line="+26"/>
        <source>Sealed copy</source>
        <translation>Запечатанная копия</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>The whole memory in one file, or in a folder that may be synchronised; only the passphrase opens it. Keys and settings are not in it.</source>
        <translation>Вся память одним файлом или в папке, которую можно синхронизировать; открывает её только пароль. Ключей и настроек в ней нет.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Copy to a file ...</source>
        <translation>Копировать в файл ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Copy to a folder ...</source>
        <translation>Копировать в папку ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Put back from a file ...</source>
        <translation>Вернуть из файла ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Put back from a folder ...</source>
        <translation>Вернуть из папки ...</translation>
    </message>
    <message>
        <location line="+15"/>
        <location line="+64"/>
        <source>Make a sealed copy of the memory</source>
        <translation>Сделать запечатанную копию памяти</translation>
    </message>
    <message>
        <location line="-55"/>
        <source>Nothing opens the copy without its passphrase, and nobody can bring a lost one back. Keep it where you find it again.</source>
        <translation>Без пароля копию ничто не откроет, а потерянный пароль никто не вернёт. Храните его там, где найдёте.</translation>
    </message>
    <message>
        <location line="+3"/>
        <location line="+2"/>
        <source>With the files of the projects</source>
        <translation>С файлами проектов</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Their whole histories; the copy becomes larger.</source>
        <translation>С полной историей; копия станет больше.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Passphrase</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>The same once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The two passphrases are not the same.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
    <message>
        <location line="+5"/>
        <location line="+26"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="-25"/>
        <source>Make the copy</source>
        <translation>Сделать копию</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Replace the memory with this copy?</source>
        <translation>Заменить память этой копией?</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>The copy is opened and checked first; if anything is wrong with it, nothing is changed. Then chats and documents are what they were when the copy was made, and so are the files of projects if the copy holds them. The memory as it is now is kept as a backup. What is being worked on stops, and MultiCoder starts anew.</source>
        <translation>Сначала копия открывается и проверяется; если с ней что-то не так, ничего не меняется. Затем чаты и документы станут такими, какими были при создании копии, и файлы проектов тоже, если они в копии есть. Нынешняя память останется в резервной копии. То, над чем сейчас идёт работа, остановится, и MultiCoder запустится заново.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Passphrase of the copy</source>
        <translation>Пароль копии</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Replace the memory</source>
        <translation>Заменить память</translation>
    </message>
    <message>
        <location line="+11"/>
        <location line="+25"/>
        <source>Sealed copies (*.mcmemory)</source>
        <translation>Запечатанные копии (*.mcmemory)</translation>
    </message>
    <message>
        <location line="-12"/>
        <source>A folder for sealed copies</source>
        <translation>Папка для запечатанных копий</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Choose a sealed copy</source>
        <translation>Выберите запечатанную копию</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Choose a folder of sealed copies</source>
        <translation>Выберите папку с запечатанными копиями</translation>
    </message>
</context>
<context>
    <name>SearchDialog</name>
    <message>
        <location filename="../qml/shell/SearchDialog.qml" line="+113"/>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <location line="-37"/>
        <location line="+18"/>
        <source>Search chats and documents</source>
        <translation>Поиск по чатам и документам</translation>
    </message>
    <message>
        <location line="-6"/>
        <source>Search chats and documents…</source>
        <translation>Поиск по чатам и документам…</translation>
    </message>
    <message>
        <location line="+52"/>
        <source>Found</source>
        <translation>Найдено</translation>
    </message>
    <message>
        <location line="+6"/>
        <location line="+0"/>
        <source>New chat</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Nothing found.</source>
        <translation>Ничего не найдено.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Looking through the archive …</source>
        <translation>Просматриваю архив…</translation>
    </message>
</context>
<context>
    <name>SearchRow</name>
    <message>
        <location filename="../qml/shell/SearchRow.qml" line="+24"/>
        <source>Project %1</source>
        <translation>Проект %1</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <location filename="../qml/controls/SecretField.qml" line="+33"/>
        <source>Hide what is typed</source>
        <translation>Скрыть введённое</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Show what is typed</source>
        <translation>Показать введённое</translation>
    </message>
</context>
<context>
    <name>ShelfMenu</name>
    <message>
        <location filename="../qml/shell/ShelfMenu.qml" line="+20"/>
        <source>New chat in this project</source>
        <translation>Новая беседа в этом проекте</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>ShelfRow</name>
    <message>
        <location filename="../qml/shell/ShelfRow.qml" line="+27"/>
        <source>Options of the project %1</source>
        <translation>Действия с проектом «%1»</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Name of the project</source>
        <translation>Название проекта</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Project %1</source>
        <translation>Проект %1</translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n беседа</numerusform>
            <numerusform>%n беседы</numerusform>
            <numerusform>%n бесед</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>open</source>
        <translation>открыт</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>closed</source>
        <translation>закрыт</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>New chat in the project %1</source>
        <translation>Новая беседа в проекте «%1»</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <location filename="../qml/shell/Shell.qml" line="+183"/>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <location filename="../qml/shell/Shortcuts.qml" line="+12"/>
        <source>New chat</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Search chats</source>
        <translation>Поиск по беседам</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Delete this chat</source>
        <translation>Удалить эту беседу</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Find in this chat</source>
        <translation>Найти в этой беседе</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Copy the last answer</source>
        <translation>Копировать последний ответ</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Copy the last block of code</source>
        <translation>Копировать последний блок кода</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Next turn</source>
        <translation>Следующая реплика</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Previous turn</source>
        <translation>Предыдущая реплика</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Go to the message field</source>
        <translation>Перейти к полю сообщения</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Stop the run</source>
        <translation>Остановить запуск</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Approve the card in focus</source>
        <translation>Одобрить карточку в фокусе</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Modify the card in focus</source>
        <translation>Изменить карточку в фокусе</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Reject the card in focus</source>
        <translation>Отклонить карточку в фокусе</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Open or close the sidebar</source>
        <translation>Показать или скрыть боковую панель</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>System board</source>
        <translation>Табло состояния</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Next part of the window</source>
        <translation>Следующая часть окна</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Previous part of the window</source>
        <translation>Предыдущая часть окна</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Larger</source>
        <translation>Крупнее</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Smaller</source>
        <translation>Мельче</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Normal size</source>
        <translation>Обычный размер</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <location filename="../qml/shell/ShortcutsDialog.qml" line="+12"/>
        <source>Chats</source>
        <translation>Беседы</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Writing</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Cards that ask you</source>
        <translation>Карточки с вопросами</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Window</source>
        <translation>Окно</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <location line="+69"/>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>SidebarPanel</name>
    <message>
        <location filename="../qml/shell/SidebarPanel.qml" line="+21"/>
        <source>Sidebar</source>
        <translation>Боковая панель</translation>
    </message>
    <message>
        <location line="+14"/>
        <location line="+29"/>
        <source>New chat</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <location line="-20"/>
        <source>Close sidebar</source>
        <translation>Закрыть боковую панель</translation>
    </message>
    <message>
        <location line="+28"/>
        <source>Search chats</source>
        <translation>Поиск по беседам</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
    <message>
        <location line="+41"/>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
</context>
<context>
    <name>SidebarRow</name>
    <message>
        <location filename="../qml/shell/SidebarRow.qml" line="+30"/>
        <source>working</source>
        <translation>работает</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>waits for you</source>
        <translation>ждёт вас</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>paused</source>
        <translation>на паузе</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>unread</source>
        <translation>не прочитана</translation>
    </message>
</context>
<context>
    <name>SignInBox</name>
    <message>
        <location filename="../qml/drawer/SignInBox.qml" line="+22"/>
        <source>Sign in with %1</source>
        <translation>Войти через %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Your browser asks whether MultiCoder may use your account. This goes on by itself as soon as you have agreed there.</source>
        <translation>Браузер спросит, можно ли MultiCoder пользоваться вашей учётной записью. Как только вы согласитесь, всё продолжится само.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Show the page again</source>
        <translation>Показать страницу ещё раз</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>SourceDialog</name>
    <message>
        <location filename="../qml/shell/SourceDialog.qml" line="+78"/>
        <source>Line %1 of %2</source>
        <translation>Строка %1 из %2</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Lines %1 to %2 of %3</source>
        <translation>Строки %1–%2 из %3</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <location line="+58"/>
        <source>Lines of %1</source>
        <translation>Строки: %1</translation>
    </message>
    <message>
        <location line="+26"/>
        <source>Line %1: %2</source>
        <translation>Строка %1: %2</translation>
    </message>
</context>
<context>
    <name>SourceLine</name>
    <message>
        <location filename="../qml/thread/SourceLine.qml" line="+31"/>
        <source>Source %1</source>
        <translation>Источник %1</translation>
    </message>
    <message>
        <location line="+73"/>
        <source>Careful: letters of different alphabets that look alike: %1</source>
        <translation>Осторожно, похожие буквы разных алфавитов: %1</translation>
    </message>
    <message>
        <location line="+31"/>
        <source>Open the kept copy, %1</source>
        <translation>Открыть сохранённую копию, %1</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <location filename="../memory/sources.py" line="+58"/>
        <source>%1 names no line.</source>
        <translation>%1 не указывает на строку.</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>The source %1 cannot be opened.</source>
        <translation>Источник %1 открыть нельзя.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>%1 was forgotten: %2</source>
        <translation>%1 забыт: %2</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 has no line %2; it has %3.</source>
        <translation>В %1 нет строки %2; всего строк %3.</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Put right by %1</source>
        <translation>Исправлено: %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Puts right %1</source>
        <translation>Исправляет: %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Commit %1</source>
        <translation>Коммит %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Text of %1</source>
        <translation>Текст из %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Its text: %1</source>
        <translation>Его текст: %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Out of %1</source>
        <translation>Из %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Holds %1</source>
        <translation>Содержит %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Newer than %1</source>
        <translation>Новее, чем %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Older than %1</source>
        <translation>Старше, чем %1</translation>
    </message>
</context>
<context>
    <name>SourcesRow</name>
    <message>
        <location filename="../qml/thread/SourcesRow.qml" line="+23"/>
        <source>Sources</source>
        <translation>Источники</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>Show less</source>
        <translation>Свернуть</translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>Show all %n</source>
        <translation>
            <numerusform>Показать все: %n</numerusform>
            <numerusform>Показать все: %n</numerusform>
            <numerusform>Показать все: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Spark</name>
    <message>
        <location filename="../qml/drawer/Spark.qml" line="+18"/>
        <source>Last looks: %1 to %2 ms</source>
        <translation>Последние проверки: от %1 до %2 мс</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>No looks yet</source>
        <translation>Проверок пока не было</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>min %1 ms, max %2 ms</source>
        <translation>от %1 до %2 мс</translation>
    </message>
</context>
<context>
    <name>Starters</name>
    <message>
        <location filename="../qml/shell/Starters.qml" line="+12"/>
        <source>Build a program</source>
        <translation>Создать программу</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Build a program that </source>
        <translation>Создай программу, которая </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Review a project (zip)</source>
        <translation>Разобрать проект (zip)</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Review the attached project: what does it do, what is wrong, what would you change?</source>
        <translation>Разбери приложенный проект: что он делает, что в нём не так, что стоит изменить?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Fix an error</source>
        <translation>Исправить ошибку</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>I get this error: </source>
        <translation>У меня возникает ошибка: </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Ask a question</source>
        <translation>Задать вопрос</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Explain to me </source>
        <translation>Объясни мне </translation>
    </message>
</context>
<context>
    <name>StateBanner</name>
    <message>
        <location filename="../qml/drawer/StateBanner.qml" line="+18"/>
        <source>%1 since %2</source>
        <translation>%1 с %2</translation>
    </message>
    <message>
        <location line="+25"/>
        <source>since %1</source>
        <translation>с %1</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Look at everything now</source>
        <translation>Проверить всё сейчас</translation>
    </message>
</context>
<context>
    <name>StateLine</name>
    <message>
        <location filename="../qml/shell/StateLine.qml" line="+67"/>
        <source>The engine does not start.</source>
        <translation>Движок не запускается.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>What you write here is kept. Try again; if that does not help, start the program anew.</source>
        <translation>Написанное здесь сохраняется. Попробуйте ещё раз; если не поможет, запустите программу заново.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>The engine was restarted. Your work goes on where it was…</source>
        <translation>Движок перезапущен. Работа продолжается с того же места…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Starting the engine…</source>
        <translation>Движок запускается…</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Start</source>
        <translation>Запустить</translation>
    </message>
</context>
<context>
    <name>StatusWord</name>
    <message>
        <location filename="../qml/cards/StatusWord.qml" line="+12"/>
        <location line="+0"/>
        <source>waiting</source>
        <translation>ждёт</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+0"/>
        <source>working</source>
        <translation>работает</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>writing</source>
        <translation>пишется</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>tests</source>
        <translation>тесты</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>review</source>
        <translation>на рецензии</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>fixing</source>
        <translation>исправляется</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+0"/>
        <location line="+0"/>
        <source>done</source>
        <translation>готов</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>unchanged</source>
        <translation>без изменений</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>built</source>
        <translation>собрано</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>interrupted</source>
        <translation>прервано</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>stuck</source>
        <translation>не получается</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>failed</source>
        <translation>не удалось</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>cancelled</source>
        <translation>отменено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>paused</source>
        <translation>на паузе</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>waits for you</source>
        <translation>ждёт вас</translation>
    </message>
</context>
<context>
    <name>SubHead</name>
    <message>
        <location filename="../qml/drawer/SubHead.qml" line="+23"/>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>SystemLight</name>
    <message>
        <location filename="../qml/shell/SystemLight.qml" line="+11"/>
        <source>All systems work</source>
        <translation>Все системы работают</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A system needs attention</source>
        <translation>Одна из систем требует внимания</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A system has failed</source>
        <translation>Одна из систем не работает</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The systems&apos; state is not known yet</source>
        <translation>Состояние систем пока неизвестно</translation>
    </message>
</context>
<context>
    <name>SystemPage</name>
    <message>
        <location filename="../qml/drawer/SystemPage.qml" line="+30"/>
        <source>Systems</source>
        <translation>Системы</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>The engine has not told anything yet.</source>
        <translation>Движок пока ничего не сообщил.</translation>
    </message>
</context>
<context>
    <name>SystemSheet</name>
    <message>
        <location filename="../qml/drawer/SystemSheet.qml" line="+49"/>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <location line="+28"/>
        <source>%1 since %2</source>
        <translation>%1 с %2</translation>
    </message>
    <message>
        <location line="+32"/>
        <source>Limits</source>
        <translation>Пределы</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Looked at every %1 s. A look that takes longer than %2 s is a fault; after %3 s without one there is “No data”. It gets worse at once and better after three good looks.</source>
        <translation>Проверка каждые %1 с. Проверка дольше %2 с означает сбой; если её нет %3 с, показывается «Нет данных». Состояние ухудшается сразу, а улучшается после трёх удачных проверок.</translation>
    </message>
    <message>
        <location line="+8"/>
        <location line="+70"/>
        <source>Restart</source>
        <translation>Перезапустить</translation>
    </message>
    <message>
        <location line="-64"/>
        <source>Look now</source>
        <translation>Проверить сейчас</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Last events</source>
        <translation>Последние события</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Nothing has happened to this system yet.</source>
        <translation>С этой системой пока ничего не происходило.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Nothing has happened since the list was cleared.</source>
        <translation>С тех пор как список очищен, ничего не случилось.</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Show older</source>
        <translation>Показать более ранние</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Clear this list</source>
        <translation>Очистить этот список</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Show all</source>
        <translation>Показать всё</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Clearing hides what happened so far from this list only. The journal is proof and keeps everything.</source>
        <translation>Очистка скрывает прошлое только в этом списке. Журнал служит доказательством и хранит всё.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Restart while tasks run?</source>
        <translation>Перезапустить во время работы задач?</translation>
    </message>
    <message numerus="yes">
        <location line="+5"/>
        <source>%n task(s) are running. What is finished is kept; a task that needs this system waits until it is back.</source>
        <translation>
            <numerusform>Выполняется %n задача. Готовое сохраняется; если ей нужна эта система, она подождёт её возвращения.</numerusform>
            <numerusform>Выполняются %n задачи. Готовое сохраняется; те, кому нужна эта система, подождут её возвращения.</numerusform>
            <numerusform>Выполняется %n задач. Готовое сохраняется; те, кому нужна эта система, подождут её возвращения.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>TableBlock</name>
    <message numerus="yes">
        <location filename="../qml/thread/blocks/TableBlock.qml" line="+47"/>
        <source>Table with %n rows</source>
        <translation>
            <numerusform>Таблица, %n строка</numerusform>
            <numerusform>Таблица, %n строки</numerusform>
            <numerusform>Таблица, %n строк</numerusform>
        </translation>
    </message>
    <message>
        <location line="+77"/>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Copy table</source>
        <translation>Копировать таблицу</translation>
    </message>
    <message numerus="yes">
        <location line="+25"/>
        <source>Show all %n rows</source>
        <translation>
            <numerusform>Показать всю %n строку</numerusform>
            <numerusform>Показать все %n строки</numerusform>
            <numerusform>Показать все %n строк</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <location filename="../qml/cards/TaskRow.qml" line="+69"/>
        <source>Sooner</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>The guard stopped this. Why may it go on?</source>
        <translation>Это остановила охрана. Почему можно продолжать?</translation>
    </message>
</context>
<context>
    <name>TasksPopover</name>
    <message>
        <location filename="../qml/cards/TasksPopover.qml" line="+35"/>
        <source>Tasks</source>
        <translation>Задачи</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Nothing is being worked on. What you ask for appears here.</source>
        <translation>Сейчас ничего не выполняется. Здесь появится то, о чём вы попросите.</translation>
    </message>
</context>
<context>
    <name>Team</name>
    <message>
        <location filename="../shell/team.py" line="+44"/>
        <source>My providers</source>
        <translation>Мои провайдеры</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Your providers in their order, with the models you wished for</source>
        <translation>Ваши провайдеры по порядку, с моделями, которые вы пожелали</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Thorough</source>
        <translation>Тщательно</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>The strongest models; two of them write each module</source>
        <translation>Самые сильные модели; каждый модуль пишут две</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Fast</source>
        <translation>Быстро</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quick models, on machines built for speed where you have any</source>
        <translation>Быстрые модели, на скоростных серверах, если они у вас есть</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Cheap</source>
        <translation>Дёшево</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Inexpensive models for everything</source>
        <translation>Недорогие модели для всего</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Russian</source>
        <translation>Российские</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Only providers that work and bill in Russia</source>
        <translation>Только провайдеры, которые работают и принимают оплату в России</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Demo team</source>
        <translation>Демо-команда</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Scripted, no AI and no key: the whole way on sample tasks</source>
        <translation>По сценарию, без ИИ и ключа: весь путь на задачах-образцах</translation>
    </message>
</context>
<context>
    <name>TeamPage</name>
    <message>
        <location filename="../qml/drawer/TeamPage.qml" line="+17"/>
        <location line="+10"/>
        <source>Team of new chats</source>
        <translation>Команда новых чатов</translation>
    </message>
    <message>
        <location line="-7"/>
        <source>MULTICODER_TEAM in the environment of this window says which one it is.</source>
        <translation>Её задаёт переменная MULTICODER_TEAM в окружении этого окна.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Each chat can take another one: beside the name MultiCoder at the top.</source>
        <translation>Для каждого чата можно взять другую: рядом с названием MultiCoder наверху.</translation>
    </message>
    <message>
        <location line="+21"/>
        <source>Who does what</source>
        <translation>Кто что делает</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Providers and keys</source>
        <translation>Провайдеры и ключи</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>A role for which you wish nothing takes your providers in their order.</source>
        <translation>Роль, для которой ничего не выбрано, берёт ваших провайдеров по порядку.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>This team chooses by itself. What you wish for holds for “My providers”.</source>
        <translation>Эта команда выбирает сама. Ваш выбор действует для «Моих провайдеров».</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>At the same time</source>
        <translation>Одновременно</translation>
    </message>
</context>
<context>
    <name>ThinkingRow</name>
    <message>
        <location filename="../qml/thread/ThinkingRow.qml" line="+19"/>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 m %2 s</source>
        <translation>%1 мин %2 с</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 h %2 m</source>
        <translation>%1 ч %2 мин</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Thinking</source>
        <translation>Обдумывание</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Worked for %1</source>
        <translation>Работа заняла %1</translation>
    </message>
</context>
<context>
    <name>Thread</name>
    <message>
        <location filename="../qml/thread/Thread.qml" line="+79"/>
        <source>The line is on screen.</source>
        <translation>Строка на экране.</translation>
    </message>
    <message>
        <location line="+51"/>
        <source>The answer is being written.</source>
        <translation>Ответ пишется.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>The answer is complete.</source>
        <translation>Ответ готов.</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Conversation</source>
        <translation>Беседа</translation>
    </message>
    <message>
        <location line="+136"/>
        <source>To the end</source>
        <translation>В конец</translation>
    </message>
</context>
<context>
    <name>ToolPill</name>
    <message>
        <location filename="../qml/composer/ToolPill.qml" line="+18"/>
        <source>Take back: %1</source>
        <translation>Отменить выбор: %1</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <location filename="../settings/transfer.py" line="+39"/>
        <source>The two passphrases are not the same.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
    <message numerus="yes">
        <location line="+32"/>
        <source>Written, with %n key(s).</source>
        <translation>
            <numerusform>Записано, с %n ключом.</numerusform>
            <numerusform>Записано, с %n ключами.</numerusform>
            <numerusform>Записано, с %n ключами.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Written, without keys.</source>
        <translation>Записано, без ключей.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Added: %1.</source>
        <translation>Добавлены: %1.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Replaced: %1.</source>
        <translation>Заменены: %1.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Already here and kept as they are: %1.</source>
        <translation>Уже были и остались как есть: %1.</translation>
    </message>
    <message numerus="yes">
        <location line="+4"/>
        <source>%n key(s) came along.</source>
        <translation>
            <numerusform>Получен %n ключ.</numerusform>
            <numerusform>Получено %n ключа.</numerusform>
            <numerusform>Получено %n ключей.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There was no provider in the file.</source>
        <translation>В файле не было ни одного провайдера.</translation>
    </message>
</context>
<context>
    <name>TransferPart</name>
    <message>
        <location filename="../qml/drawer/TransferPart.qml" line="+29"/>
        <source>Dismiss</source>
        <translation>Скрыть</translation>
    </message>
    <message>
        <location line="+13"/>
        <location line="+28"/>
        <source>Export the providers</source>
        <translation>Экспорт провайдеров</translation>
    </message>
    <message>
        <location line="-24"/>
        <location line="+2"/>
        <source>With the keys</source>
        <translation>Вместе с ключами</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Sealed by a passphrase. Without them the file holds no secrets.</source>
        <translation>Под защитой пароля. Без ключей в файле нет секретов.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Passphrase</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>The same once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The two passphrases are not the same.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
    <message>
        <location line="+3"/>
        <location line="+35"/>
        <location line="+31"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="-65"/>
        <location line="+35"/>
        <source>Choose a file…</source>
        <translation>Выбрать файл…</translation>
    </message>
    <message>
        <location line="-24"/>
        <source>Zip files (*.zip)</source>
        <translation>Архивы zip (*.zip)</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Lists of providers (*.toml)</source>
        <translation>Списки провайдеров (*.toml)</translation>
    </message>
    <message>
        <location line="+14"/>
        <location line="+18"/>
        <source>Import providers</source>
        <translation>Импорт провайдеров</translation>
    </message>
    <message>
        <location line="-14"/>
        <location line="+2"/>
        <source>Replace those that are here already</source>
        <translation>Заменить уже имеющихся</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Otherwise they stay as they are, and only new ones are added.</source>
        <translation>Иначе они останутся как есть, добавятся только новые.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Exported providers (*.toml *.zip)</source>
        <translation>Экспорт провайдеров (*.toml *.zip)</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>This file holds keys</source>
        <translation>В этом файле есть ключи</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Passphrase of the file</source>
        <translation>Пароль файла</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Import</source>
        <translation>Импортировать</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <location filename="../desktop/tray.py" line="+98"/>
        <source>Show MultiCoder</source>
        <translation>Показать MultiCoder</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
</context>
<context>
    <name>TrialPart</name>
    <message>
        <location filename="../qml/cards/TrialPart.qml" line="+22"/>
        <source>It ended by itself after %1 s with exit code %2.</source>
        <translation>Программа завершилась сама через %1 с с кодом %2.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It was still running after %1 s and was stopped; it may wait for input nobody gives here.</source>
        <translation>Через %1 с программа ещё работала и была остановлена; возможно, она ждёт ввода, которого здесь никто не даёт.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It was stopped because its output never ended.</source>
        <translation>Программа остановлена: её вывод не кончался.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It broke off after %1 s.</source>
        <translation>Программа оборвалась через %1 с.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>It was stopped.</source>
        <translation>Запуск остановлен.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>It opened the window “%1” on a screen of its own; it was closed when its picture was taken.</source>
        <translation>Программа открыла окно «%1» на собственном экране; после снимка оно было закрыто.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It opened no window that stayed. %1</source>
        <translation>Окна, которое осталось бы открытым, не появилось. %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It answered as a server: %1.</source>
        <translation>Программа ответила как сервер: %1.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>No server answered. %1</source>
        <translation>Сервер не ответил. %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The page as a browser draws it here.</source>
        <translation>Страница, как её рисует здешний браузер.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There is no browser on this computer that could draw the page in the sandbox.</source>
        <translation>На этом компьютере нет браузера, который нарисовал бы страницу в песочнице.</translation>
    </message>
    <message>
        <location line="+16"/>
        <source>Running in the sandbox: no network, none of your files, a minute at most</source>
        <translation>Работает в песочнице: без сети, без ваших файлов, не дольше минуты</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Stop the trial</source>
        <translation>Остановить пробный запуск</translation>
    </message>
    <message>
        <location line="+24"/>
        <source>Close the trial</source>
        <translation>Убрать пробный запуск</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>The program as it looks in the sandbox</source>
        <translation>Программа, как она выглядит в песочнице</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Only the end of its output is shown.</source>
        <translation>Показан только конец вывода.</translation>
    </message>
</context>
<context>
    <name>TurnEditor</name>
    <message>
        <location filename="../qml/thread/TurnEditor.qml" line="+53"/>
        <source>Edit your message</source>
        <translation>Изменить сообщение</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
</context>
<context>
    <name>TwoTicks</name>
    <message>
        <location filename="../qml/cards/TwoTicks.qml" line="+13"/>
        <source>agrees</source>
        <translation>за</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>refuses</source>
        <translation>против</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>has doubts</source>
        <translation>есть сомнения</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>not decided</source>
        <translation>не решено</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>You</source>
        <translation>Вы</translation>
    </message>
</context>
<context>
    <name>Unfinished</name>
    <message>
        <location filename="../qml/shell/Unfinished.qml" line="+16"/>
        <source>waits for you</source>
        <translation>ждёт вас</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>working</source>
        <translation>работает</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>paused</source>
        <translation>на паузе</translation>
    </message>
</context>
<context>
    <name>UploadCard</name>
    <message numerus="yes">
        <location filename="../qml/cards/UploadCard.qml" line="+18"/>
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n файл</numerusform>
            <numerusform>%n файла</numerusform>
            <numerusform>%n файлов</numerusform>
        </translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Some of it is locked with a password.</source>
        <translation>Часть закрыта паролем.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Unpacked it is far larger than it looks.</source>
        <translation>После распаковки он намного больше, чем кажется.</translation>
    </message>
    <message numerus="yes">
        <location line="+2"/>
        <source>%n name(s) lead out of the project&apos;s folder.</source>
        <translation>
            <numerusform>%n имя ведёт за пределы папки проекта.</numerusform>
            <numerusform>%n имени ведут за пределы папки проекта.</numerusform>
            <numerusform>%n имён ведут за пределы папки проекта.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Project</source>
        <translation>Проект</translation>
    </message>
    <message>
        <location line="+55"/>
        <source>Build and run</source>
        <translation>Собрать и запустить</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Nothing is started before you approved it.</source>
        <translation>Пока вы не одобрите, ничего не запускается.</translation>
    </message>
</context>
<context>
    <name>UserTurn</name>
    <message>
        <location filename="../qml/thread/UserTurn.qml" line="+49"/>
        <source>You wrote: %1</source>
        <translation>Вы написали: %1</translation>
    </message>
</context>
<context>
    <name>VaultBar</name>
    <message>
        <location filename="../qml/shell/VaultBar.qml" line="+14"/>
        <source>A run waits: the key it needs is in the key vault, which is locked.</source>
        <translation>Работа ждёт: нужный ключ лежит в сейфе ключей, а он заблокирован.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Unlock…</source>
        <translation>Разблокировать…</translation>
    </message>
</context>
<context>
    <name>VaultDialog</name>
    <message>
        <location filename="../qml/drawer/VaultDialog.qml" line="+36"/>
        <source>Create a key vault</source>
        <translation>Создание сейфа ключей</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Change the passphrase</source>
        <translation>Смена пароля</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Unlock the key vault</source>
        <translation>Разблокировать сейф ключей</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Nothing opens the vault without its passphrase, and nobody can restore it. Keep it where you find it again.</source>
        <translation>Без пароля сейф не открыть, и восстановить пароль не может никто. Храните его там, где сможете найти.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Passphrase so far</source>
        <translation>Прежний пароль</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Passphrase</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>New passphrase</source>
        <translation>Новый пароль</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The same once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Change</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Unlock</source>
        <translation>Разблокировать</translation>
    </message>
</context>
<context>
    <name>VaultNotice</name>
    <message>
        <location filename="../qml/drawer/VaultNotice.qml" line="+19"/>
        <source>The key storage of this computer cannot be used. Keys can be kept in an encrypted file instead, which is opened with a passphrase; they are never written down unencrypted.</source>
        <translation>Хранилище ключей этого компьютера недоступно. Вместо него ключи можно хранить в зашифрованном файле, который открывается паролем; в открытом виде они никогда не записываются.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Create a key vault…</source>
        <translation>Создать сейф ключей…</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>The key vault is locked. Keys in it cannot be used before it is unlocked.</source>
        <translation>Сейф ключей заблокирован. Ключами из него нельзя пользоваться, пока он не открыт.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Unlock…</source>
        <translation>Разблокировать…</translation>
    </message>
    <message numerus="yes">
        <location line="+6"/>
        <source>The key vault is unlocked until the engine ends; it holds %n key(s).</source>
        <translation>
            <numerusform>Сейф ключей открыт до конца работы движка; в нём %n ключ.</numerusform>
            <numerusform>Сейф ключей открыт до конца работы движка; в нём %n ключа.</numerusform>
            <numerusform>Сейф ключей открыт до конца работы движка; в нём %n ключей.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Lock</source>
        <translation>Заблокировать</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Change the passphrase…</source>
        <translation>Сменить пароль…</translation>
    </message>
</context>
<context>
    <name>VerdictPart</name>
    <message>
        <location filename="../qml/cards/VerdictPart.qml" line="+16"/>
        <source>Why</source>
        <translation>Почему</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Risks and reasons</source>
        <translation>Риски и причины</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Rule</source>
        <translation>Правило</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Can it be done</source>
        <translation>Осуществимость</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Recommended</source>
        <translation>Рекомендация</translation>
    </message>
</context>
<context>
    <name>VersionRow</name>
    <message>
        <location filename="../qml/cards/VersionRow.qml" line="+20"/>
        <source>version %1 again</source>
        <translation>снова версия %1</translation>
    </message>
    <message numerus="yes">
        <location line="+3"/>
        <source>%n test(s) passed</source>
        <translation>
            <numerusform>%n тест пройден</numerusform>
            <numerusform>%n теста пройдено</numerusform>
            <numerusform>%n тестов пройдено</numerusform>
        </translation>
    </message>
    <message>
        <location line="+2"/>
        <source>the file was moved</source>
        <translation>файла нет на месте</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>Compare version %1</source>
        <translation>Сравнить версию %1</translation>
    </message>
    <message>
        <location line="+31"/>
        <source>Version %1, the newest</source>
        <translation>Версия %1, самая новая</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Version %1</source>
        <translation>Версия %1</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Restore</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Restore version %1</source>
        <translation>Вернуть версию %1</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <location filename="../qml/cards/VersionsDialog.qml" line="+15"/>
        <source>Versions of %1</source>
        <translation>Версии: %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Versions</source>
        <translation>Версии</translation>
    </message>
    <message>
        <location line="+26"/>
        <source>Two ticks show the difference. Restoring makes a new version; nothing is lost.</source>
        <translation>Две отметки показывают разницу. Возврат создаёт новую версию; ничего не теряется.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There is only what was delivered first.</source>
        <translation>Пока есть только первая версия.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>One moment ...</source>
        <translation>Минуту ...</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>The source files of these two versions are the same.</source>
        <translation>Исходные файлы этих двух версий одинаковы.</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>%1 (new)</source>
        <translation>%1 (новый)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 (removed)</source>
        <translation>%1 (удалён)</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>This file is too long to be compared here.</source>
        <translation>Этот файл слишком длинный, чтобы сравнить его здесь.</translation>
    </message>
    <message numerus="yes">
        <location line="+15"/>
        <source>Show %n more file(s)</source>
        <translation>
            <numerusform>Показать ещё %n файл</numerusform>
            <numerusform>Показать ещё %n файла</numerusform>
            <numerusform>Показать ещё %n файлов</numerusform>
        </translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Deliver version %1 again, exactly as it was, as version %2? Later changes begin from it; versions in between stay.</source>
        <translation>Передать версию %1 ещё раз, точно такой же, как версию %2? Дальнейшие изменения начнутся с неё; версии между ними останутся.</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Restore version %1</source>
        <translation>Вернуть версию %1</translation>
    </message>
</context>
<context>
    <name>WaitingDot</name>
    <message>
        <location filename="../qml/thread/WaitingDot.qml" line="+20"/>
        <source>Waiting for the answer</source>
        <translation>Ожидается ответ</translation>
    </message>
</context>
<context>
    <name>WebUse</name>
    <message>
        <location filename="../composer/chat_option.py" line="+12"/>
        <source>Off</source>
        <translation>Выключен</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Nothing is looked up</source>
        <translation>Ничего не ищется</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Ask first</source>
        <translation>Сначала спросить</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>You are shown what would be sent</source>
        <translation>Вам покажут, что будет отправлено</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>On</source>
        <translation>Включён</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Looked up where it helps; downloads always ask</source>
        <translation>Ищется, где это помогает; о скачивании всегда спрашивают</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <location filename="../qml/shell/Welcome.qml" line="+63"/>
        <source>Welcome to MultiCoder</source>
        <translation>Добро пожаловать в MultiCoder</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Say in a sentence what you need. A team of models plans it, asks you, writes it, tests it and hands you a finished program.</source>
        <translation>Скажите одним предложением, что вам нужно. Команда моделей составит план, спросит вас, напишет, проверит и передаст готовую программу.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Appearance</source>
        <translation>Оформление</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>System</source>
        <translation>Системная</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Black</source>
        <translation>Чёрная</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Add another provider with its key</source>
        <translation>Добавить другого провайдера с ключом</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Try the demo team (no key, no AI)</source>
        <translation>Попробовать демо-команду (без ключа и ИИ)</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Build a calculator with buttons for the four operations</source>
        <translation>Создай калькулятор с кнопками для четырёх действий</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Look round first</source>
        <translation>Сначала осмотреться</translation>
    </message>
</context>
<context>
    <name>groups</name>
    <message>
        <location filename="../settings/presets.py" line="+8"/>
        <source>Routers</source>
        <translation>Маршрутизаторы</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Makers of models</source>
        <translation>Разработчики моделей</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Russian providers</source>
        <translation>Российские провайдеры</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>More</source>
        <translation>Другие</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>On your own computers</source>
        <translation>На своих компьютерах</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Web chats</source>
        <translation>Веб-чаты</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Other</source>
        <translation>Прочие</translation>
    </message>
</context>
<context>
    <name>hosts</name>
    <message>
        <location line="+8"/>
        <source>Worldwide</source>
        <translation>Весь мир</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>China</source>
        <translation>Китай</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Hong Kong</source>
        <translation>Гонконг</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Singapore</source>
        <translation>Сингапур</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>USA</source>
        <translation>США</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Coding plan</source>
        <translation>Тариф для программирования</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>For persons (GIGACHAT_API_PERS)</source>
        <translation>Для частных лиц (GIGACHAT_API_PERS)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>For companies, prepaid (GIGACHAT_API_B2B)</source>
        <translation>Для компаний, по предоплате (GIGACHAT_API_B2B)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>For companies, by contract (GIGACHAT_API_CORP)</source>
        <translation>Для компаний, по договору (GIGACHAT_API_CORP)</translation>
    </message>
</context>
<context>
    <name>moments</name>
    <message>
        <location filename="../board/moments.py" line="+18"/>
        <source>now</source>
        <translation>только что</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 s ago</source>
        <translation>%1 с назад</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 min ago</source>
        <translation>%1 мин назад</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 h ago</source>
        <translation>%1 ч назад</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 d ago</source>
        <translation>%1 дн. назад</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>%1 ms</source>
        <translation>%1 мс</translation>
    </message>
</context>
</TS>
