<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <location filename="../qml/drawer/AboutPage.qml" line="+17"/>
        <source>Window</source>
        <translation>Window</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>process %1, started %2, %n client(s)</source>
        <translation>
            <numerusform>process %1, started %2, %n client</numerusform>
            <numerusform>process %1, started %2, %n clients</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>not reached</source>
        <translation>not reached</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Data folder</source>
        <translation>Data folder</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Put right at the start</source>
        <translation>Put right at the start</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Keeping</source>
        <translation>Keeping</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Stop the engine</source>
        <translation>Stop the engine</translation>
    </message>
    <message>
        <location line="+4"/>
        <location line="+26"/>
        <source>Notices</source>
        <translation>Notices</translation>
    </message>
    <message>
        <location line="-23"/>
        <source>The window is made with Qt through PySide6 (LGPL 3). The bundled typeface Inter is under the SIL Open Font License 1.1. The icons are MultiCoder&apos;s own.</source>
        <translation>The window is made with Qt through PySide6 (LGPL 3). The bundled typeface Inter is under the SIL Open Font License 1.1. The icons are MultiCoder&apos;s own.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Hide the notices</source>
        <translation>Hide the notices</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Show all notices</source>
        <translation>Show all notices</translation>
    </message>
    <message>
        <location line="+24"/>
        <source>Stop the engine?</source>
        <translation>Stop the engine?</translation>
    </message>
    <message numerus="yes">
        <location line="+6"/>
        <source>%n task(s) are running. They stop at a safe place and go on when the engine starts again.</source>
        <translation>
            <numerusform>%n task is running. It stops at a safe place and goes on when the engine starts again.</numerusform>
            <numerusform>%n tasks are running. They stop at a safe place and go on when the engine starts again.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It starts again when it is needed.</source>
        <translation>It starts again when it is needed.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
</context>
<context>
    <name>ActionButtons</name>
    <message>
        <location filename="../qml/thread/ActionButtons.qml" line="+27"/>
        <source>Previous version</source>
        <translation>Previous version</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Version %1 of %2</source>
        <translation>Version %1 of %2</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Next version</source>
        <translation>Next version</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Good answer</source>
        <translation>Good answer</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Bad answer</source>
        <translation>Bad answer</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Edit</source>
        <translation>Edit</translation>
    </message>
</context>
<context>
    <name>AddDialogs</name>
    <message>
        <location filename="../qml/composer/AddDialogs.qml" line="+11"/>
        <source>Zip files (*.zip)</source>
        <translation>Zip files (*.zip)</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>All files (*)</source>
        <translation>All files (*)</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Add files</source>
        <translation>Add files</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Add a folder</source>
        <translation>Add a folder</translation>
    </message>
</context>
<context>
    <name>AgainMenu</name>
    <message>
        <location filename="../qml/thread/AgainMenu.qml" line="+22"/>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The same team answers once more</source>
        <translation>The same team answers once more</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>With another model</source>
        <translation>With another model</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It plans, writes and answers this time; your team still judges, reviews and tests</source>
        <translation>It plans, writes and answers this time; your team still judges, reviews and tests</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Try again with %1</source>
        <translation>Try again with %1</translation>
    </message>
</context>
<context>
    <name>AlarmList</name>
    <message>
        <location filename="../qml/drawer/AlarmList.qml" line="+15"/>
        <source>Alarms</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>I have seen them</source>
        <translation>I have seen them</translation>
    </message>
    <message>
        <location line="+40"/>
        <source>I have seen this alarm</source>
        <translation>I have seen this alarm</translation>
    </message>
</context>
<context>
    <name>AnswerLine</name>
    <message>
        <location filename="../qml/cards/AnswerLine.qml" line="+16"/>
        <source>Your answer is on its way…</source>
        <translation>Your answer is on its way…</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>This question no longer waits for an answer.</source>
        <translation>This question no longer waits for an answer.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Approved</source>
        <translation>Approved</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Changes were asked for</source>
        <translation>Changes were asked for</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Rejected</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+3"/>
        <source>Answered</source>
        <translation>Answered</translation>
    </message>
    <message>
        <location line="-3"/>
        <source>Gone on</source>
        <translation>Gone on</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Stopped</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Allowed</source>
        <translation>Allowed</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>you</source>
        <translation>you</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>you, in the terminal</source>
        <translation>you, in the terminal</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>you, in %1</source>
        <translation>you, in %1</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <location filename="../application.py" line="+72"/>
        <source>How this window looked could not be read. The file is kept as %1; the defaults hold.</source>
        <translation>How this window looked could not be read. The file is kept as %1; the defaults hold.</translation>
    </message>
    <message>
        <location line="+92"/>
        <source>Something in this window failed. It was written to the log.</source>
        <translation>Something in this window failed. It was written to the log.</translation>
    </message>
</context>
<context>
    <name>ApprovalCard</name>
    <message>
        <location filename="../qml/cards/ApprovalCard.qml" line="+39"/>
        <source>Modules:</source>
        <translation>Modules:</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>It is done when:</source>
        <translation>It is done when:</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Can be done</source>
        <translation>Can be done</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Needs your decision</source>
        <translation>Needs your decision</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Not judged</source>
        <translation>Not judged</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Approve the task?</source>
        <translation>Approve the task?</translation>
    </message>
    <message>
        <location line="+30"/>
        <source>This cannot be approved. You can change the task or close the question.</source>
        <translation>This cannot be approved. You can change the task or close the question.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>What should be different?</source>
        <translation>What should be different?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Change the text above. Ctrl+Enter sends it, Esc goes back.</source>
        <translation>Change the text above. Ctrl+Enter sends it, Esc goes back.</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>Send the change</source>
        <translation>Send the change</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Approve</source>
        <translation>Approve</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Modify</source>
        <translation>Modify</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Reject</source>
        <translation>Reject</translation>
    </message>
</context>
<context>
    <name>ArtifactActions</name>
    <message>
        <location filename="../qml/cards/ArtifactActions.qml" line="+19"/>
        <source>Rebuild</source>
        <translation>Rebuild</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Build “%1” again.</source>
        <translation>Build “%1” again.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Save as</source>
        <translation>Save as</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Open folder</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Open in IDE</source>
        <translation>Open in IDE</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Run in the sandbox</source>
        <translation>Run in the sandbox</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Report</source>
        <translation>Report</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Copy SHA-256</source>
        <translation>Copy SHA-256</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Copy path</source>
        <translation>Copy path</translation>
    </message>
</context>
<context>
    <name>ArtifactCard</name>
    <message>
        <location filename="../qml/cards/ArtifactCard.qml" line="+19"/>
        <source>Web page</source>
        <translation>Web page</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Source code</source>
        <translation>Source code</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>tests %1/%2</source>
        <translation>tests %1/%2</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>version %1</source>
        <translation>version %1</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>signed</source>
        <translation>signed</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>not signed</source>
        <translation>not signed</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Finished program: %1</source>
        <translation>Finished program: %1</translation>
    </message>
    <message>
        <location line="+53"/>
        <source>The file is no longer where it was put.</source>
        <translation>The file is no longer where it was put.</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>The program as it looked when it was tried</source>
        <translation>The program as it looked when it was tried</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Careful: this file is not the one that was delivered; its SHA-256 differs.</source>
        <translation>Careful: this file is not the one that was delivered; its SHA-256 differs.</translation>
    </message>
</context>
<context>
    <name>ArtifactRow</name>
    <message>
        <location filename="../qml/drawer/ArtifactRow.qml" line="+37"/>
        <source>version %1</source>
        <translation>version %1</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>The file is not there any more.</source>
        <translation>The file is not there any more.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Open folder</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Open the folder of %1</source>
        <translation>Open the folder of %1</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Save as ...</source>
        <translation>Save as ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Save %1 as ...</source>
        <translation>Save %1 as ...</translation>
    </message>
</context>
<context>
    <name>ArtifactsPage</name>
    <message>
        <location filename="../qml/drawer/ArtifactsPage.qml" line="+25"/>
        <source>Delivered programs</source>
        <translation>Delivered programs</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Nothing was delivered yet. What is built in a chat is listed here.</source>
        <translation>Nothing was delivered yet. What is built in a chat is listed here.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Limits of a run</source>
        <translation>Limits of a run</translation>
    </message>
</context>
<context>
    <name>AttachedFile</name>
    <message>
        <location filename="../qml/thread/AttachedFile.qml" line="+11"/>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Attached: %1</source>
        <translation>Attached: %1</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <location filename="../qml/composer/AttachmentChip.qml" line="+21"/>
        <source>Not attached</source>
        <translation>Not attached</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Reading, %1 %</source>
        <translation>Reading, %1 %</translation>
    </message>
    <message numerus="yes">
        <location line="+4"/>
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Attachment %1. %2</source>
        <translation>Attachment %1. %2</translation>
    </message>
    <message>
        <location line="+61"/>
        <source>Try %1 again</source>
        <translation>Try %1 again</translation>
    </message>
    <message>
        <location line="+36"/>
        <source>Stop reading %1</source>
        <translation>Stop reading %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Remove %1</source>
        <translation>Remove %1</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <location filename="../composer/attachments.py" line="+135"/>
        <source>Pasted text</source>
        <translation>Pasted text</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Picture</source>
        <translation>Picture</translation>
    </message>
    <message numerus="yes">
        <location line="+117"/>
        <source>A message takes %1 attachments; %n were left out. Attach their folder or a zip file instead.</source>
        <translation>
            <numerusform>A message takes %1 attachments; %n was left out. Attach its folder or a zip file instead.</numerusform>
            <numerusform>A message takes %1 attachments; %n were left out. Attach their folder or a zip file instead.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+25"/>
        <source>Changed since it was attached: %1. It was read again; send once more if it is right.</source>
        <translation>Changed since it was attached: %1. It was read again; send once more if it is right.</translation>
    </message>
    <message>
        <location filename="../composer/trouble.py" line="+69"/>
        <source>%1 is empty (0 bytes). There is nothing in it to attach.</source>
        <translation>%1 is empty (0 bytes). There is nothing in it to attach.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 holds no files. There is nothing in it to attach.</source>
        <translation>%1 holds no files. There is nothing in it to attach.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is larger than %L MB. It was not read; attach a smaller file.</source>
        <translation>%1 is larger than %L MB. It was not read; attach a smaller file.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 holds %2, which is larger than %L MB. Attach a part of the folder.</source>
        <translation>%1 holds %2, which is larger than %L MB. Attach a part of the folder.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 holds more than %F MB. Attach a part of it.</source>
        <translation>%1 holds more than %F MB. Attach a part of it.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 holds more than %N files. Attach a part of it, or a zip file.</source>
        <translation>%1 holds more than %N files. Attach a part of it, or a zip file.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is no longer there. Put it back and try again, or remove it.</source>
        <translation>%1 is no longer there. Put it back and try again, or remove it.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is locked by another program. Close it there and try again.</source>
        <translation>%1 is locked by another program. Close it there and try again.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 may not be read by you: permission is missing. Change that and try again.</source>
        <translation>%1 may not be read by you: permission is missing. Change that and try again.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 holds %2, which may not be read by you. Change that and try again.</source>
        <translation>%1 holds %2, which may not be read by you. Change that and try again.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 is a link that leads back to itself. Attach the file it should lead to.</source>
        <translation>%1 is a link that leads back to itself. Attach the file it should lead to.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is neither a file nor a folder. Attach a file.</source>
        <translation>%1 is neither a file nor a folder. Attach a file.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 was changed while it was read. Try again when it is finished.</source>
        <translation>%1 was changed while it was read. Try again when it is finished.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 could not be saved: the disk is full. Make room and try again.</source>
        <translation>%1 could not be saved: the disk is full. Make room and try again.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 has a name that cannot be used. Rename it and attach it again.</source>
        <translation>%1 has a name that cannot be used. Rename it and attach it again.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There is not enough memory to read %1. Close other programs and try again.</source>
        <translation>There is not enough memory to read %1. Close other programs and try again.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>%1 cannot be read (%2). Try again, or attach another file.</source>
        <translation>%1 cannot be read (%2). Try again, or attach another file.</translation>
    </message>
</context>
<context>
    <name>Beginning</name>
    <message>
        <location filename="../chat/beginning.py" line="+59"/>
        <source>The chat could not be begun.</source>
        <translation>The chat could not be begun.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Send it again.</source>
        <translation>Send it again.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>The folder %1 cannot be used: %2.</source>
        <translation>The folder %1 cannot be used: %2.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Nothing was sent.</source>
        <translation>Nothing was sent.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Choose another folder for finished programs in the settings.</source>
        <translation>Choose another folder for finished programs in the settings.</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <location filename="../board/systems.py" line="+194"/>
        <source>No data: the engine does not answer.</source>
        <translation>No data: the engine does not answer.</translation>
    </message>
</context>
<context>
    <name>Budget</name>
    <message>
        <location filename="../board/budget.py" line="+89"/>
        <source>Calls today</source>
        <translation>Calls today</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Tokens today</source>
        <translation>Tokens today</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Money today</source>
        <translation>Money today</translation>
    </message>
    <message numerus="yes">
        <location line="+7"/>
        <source>%n call(s) of models without a known price are not in it.</source>
        <translation>
            <numerusform>%n call of a model without a known price is not in it.</numerusform>
            <numerusform>%n calls of models without a known price are not in it.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Prices are entered with each provider, under “More settings”.</source>
        <translation>Prices are entered with each provider, under “More settings”.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>At most %1 per run</source>
        <translation>At most %1 per run</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Memory</source>
        <translation>Memory</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Processor</source>
        <translation>Processor</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Disk</source>
        <translation>Disk</translation>
    </message>
</context>
<context>
    <name>BudgetStrip</name>
    <message>
        <location filename="../qml/drawer/BudgetStrip.qml" line="+34"/>
        <source>tight</source>
        <translation>tight</translation>
    </message>
</context>
<context>
    <name>Bullets</name>
    <message>
        <location filename="../qml/cards/Bullets.qml" line="+50"/>
        <source>Show less</source>
        <translation>Show less</translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>Show all %n</source>
        <translation>
            <numerusform>Show all %n</numerusform>
            <numerusform>Show all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatDrag</name>
    <message>
        <location filename="../qml/shell/ChatDrag.qml" line="+111"/>
        <source>Move to %1</source>
        <translation>Move to %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Remove from project</source>
        <translation>Remove from project</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <location filename="../qml/shell/ChatList.qml" line="+59"/>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <location line="+45"/>
        <source>Projects</source>
        <translation>Projects</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>New project</source>
        <translation>New project</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Hide the archive</source>
        <translation>Hide the archive</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Show the archive</source>
        <translation>Show the archive</translation>
    </message>
    <message>
        <location line="+55"/>
        <source>Your chats will be listed here.</source>
        <translation>Your chats will be listed here.</translation>
    </message>
</context>
<context>
    <name>ChatMenu</name>
    <message>
        <location filename="../qml/shell/ChatMenu.qml" line="+21"/>
        <source>Rename</source>
        <translation>Rename</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Unpin</source>
        <translation>Unpin</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Pin</source>
        <translation>Pin</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Bring back from the archive</source>
        <translation>Bring back from the archive</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Archive</source>
        <translation>Archive</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>ChatRow</name>
    <message>
        <location filename="../qml/shell/ChatRow.qml" line="+22"/>
        <source>New chat</source>
        <translation>New chat</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Title of the chat</source>
        <translation>Title of the chat</translation>
    </message>
    <message>
        <location line="-2"/>
        <source>Options of the chat %1</source>
        <translation>Options of the chat %1</translation>
    </message>
</context>
<context>
    <name>Chats</name>
    <message>
        <location filename="../chat/dates.py" line="+31"/>
        <source>Pinned</source>
        <translation>Pinned</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Yesterday</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Previous 7 days</source>
        <translation>Previous 7 days</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Previous 30 days</source>
        <translation>Previous 30 days</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Archive</source>
        <translation>Archive</translation>
    </message>
</context>
<context>
    <name>CloseDialog</name>
    <message>
        <location filename="../qml/cards/CloseDialog.qml" line="+18"/>
        <source>Go on working when the window is closed?</source>
        <translation>Go on working when the window is closed?</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>A program is still being built. It can go on in the background; an icon beside the clock brings the window back.</source>
        <translation>A program is still being built. It can go on in the background; an icon beside the clock brings the window back.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A program is still being built. It can go on in the background; open MultiCoder again to see it.</source>
        <translation>A program is still being built. It can go on in the background; open MultiCoder again to see it.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Your answer is remembered. You can change it in the settings.</source>
        <translation>Your answer is remembered. You can change it in the settings.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Stop and quit</source>
        <translation>Stop and quit</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Go on in the background</source>
        <translation>Go on in the background</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <location filename="../qml/thread/blocks/CodeBlock.qml" line="+171"/>
        <source>Code: %1</source>
        <translation>Code: %1</translation>
    </message>
    <message numerus="yes">
        <location line="+52"/>
        <source>Show all %n lines</source>
        <translation>
            <numerusform>Show the %n line</numerusform>
            <numerusform>Show all %n lines</numerusform>
        </translation>
    </message>
    <message>
        <location line="+20"/>
        <source>text</source>
        <translation>text</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Save as</source>
        <translation>Save as</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Open in an editor</source>
        <translation>Open in an editor</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <location filename="../composer/composer.py" line="+172"/>
        <source>The engine does not run.</source>
        <translation>The engine does not run.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>A file cannot be attached. Try it again or remove it, then send.</source>
        <translation>A file cannot be attached. Try it again or remove it, then send.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>A file is still being read.</source>
        <translation>A file is still being read.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>The message has %1 characters; %2 can be sent. Put the long part into a file.</source>
        <translation>The message has %1 characters; %2 can be sent. Put the long part into a file.</translation>
    </message>
</context>
<context>
    <name>ComposerBox</name>
    <message>
        <location filename="../qml/composer/ComposerBox.qml" line="+21"/>
        <source>Look through this project, build it and run it.</source>
        <translation>Look through this project, build it and run it.</translation>
    </message>
    <message>
        <location line="+61"/>
        <source>New message</source>
        <translation>New message</translation>
    </message>
    <message numerus="yes">
        <location line="+54"/>
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n attachment</numerusform>
            <numerusform>%n attachments</numerusform>
        </translation>
    </message>
    <message>
        <location line="+91"/>
        <source>Close this note</source>
        <translation>Close this note</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>Add files and more</source>
        <translation>Add files and more</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>Memory: %1</source>
        <translation>Memory: %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Web search: %1</source>
        <translation>Web search: %1</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Send</source>
        <translation>Send</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>The message is empty</source>
        <translation>The message is empty</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <location filename="../qml/drawer/ConfirmDialog.qml" line="+16"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Consents</name>
    <message>
        <location filename="../settings/consents.py" line="+56"/>
        <source>Card</source>
        <translation>Card</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Dangerous action</source>
        <translation>Dangerous action</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Setting</source>
        <translation>Setting</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Paranoid tester</source>
        <translation>Paranoid tester</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>in this window</source>
        <translation>in this window</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>in the terminal</source>
        <translation>in the terminal</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>the task</source>
        <translation>the task</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>the plan</source>
        <translation>the plan</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>the finished code</source>
        <translation>the finished code</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>questions</source>
        <translation>questions</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>the purpose</source>
        <translation>the purpose</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>a run that stopped</source>
        <translation>a run that stopped</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>a search on the internet</source>
        <translation>a search on the internet</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>downloads</source>
        <translation>downloads</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Approved</source>
        <translation>Approved</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Allowed once</source>
        <translation>Allowed once</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Allowed for the run</source>
        <translation>Allowed for the run</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Tried again</source>
        <translation>Tried again</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Modified</source>
        <translation>Modified</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Answered in words</source>
        <translation>Answered in words</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Rejected</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Stopped</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+1"/>
        <source>Answered</source>
        <translation>Answered</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Purpose given</source>
        <translation>Purpose given</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Changed</source>
        <translation>Changed</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <location filename="../chat/conversation.py" line="+169"/>
        <source>Branched from %1</source>
        <translation>Branched from %1</translation>
    </message>
    <message>
        <location line="+324"/>
        <source>This line is not in the chat any more.</source>
        <translation>This line is not in the chat any more.</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <location filename="../qml/shell/DeleteDialog.qml" line="+13"/>
        <source>Delete this chat?</source>
        <translation>Delete this chat?</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>“%1” will leave the list, and what still works in it is stopped. Programs it has made stay in their folder.</source>
        <translation>“%1” will leave the list, and what still works in it is stopped. Programs it has made stay in their folder.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>New chat</source>
        <translation>New chat</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>DeleteShelfDialog</name>
    <message>
        <location filename="../qml/shell/DeleteShelfDialog.qml" line="+14"/>
        <source>Delete this project?</source>
        <translation>Delete this project?</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>“%1” will leave the list.</source>
        <translation>“%1” will leave the list.</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n chat(s) of it stay and go back to the others.</source>
        <translation>
            <numerusform>%n chat of it stays and goes back to the others.</numerusform>
            <numerusform>%n chats of it stay and go back to the others.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <location filename="../desktop/desktop.py" line="+99"/>
        <source>The folder cannot be shown: it is no longer there.</source>
        <translation>The folder cannot be shown: it is no longer there.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Programs are not started from here. This is where it lies.</source>
        <translation>Programs are not started from here. This is where it lies.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>“%1” cannot be opened.</source>
        <translation>“%1” cannot be opened.</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>This address is not opened: only plain http and https pages are.</source>
        <translation>This address is not opened: only plain http and https pages are.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>No browser could be started.</source>
        <translation>No browser could be started.</translation>
    </message>
    <message>
        <location line="+59"/>
        <source>This cannot be opened: the editor or the file is no longer there.</source>
        <translation>This cannot be opened: the editor or the file is no longer there.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>%1 could not be started.</source>
        <translation>%1 could not be started.</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Save a copy</source>
        <translation>Save a copy</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>It already lies there.</source>
        <translation>It already lies there.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>There is already a file of this name. Nothing was replaced.</source>
        <translation>There is already a file of this name. Nothing was replaced.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>The copy was not made: %1</source>
        <translation>The copy was not made: %1</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Saved as %1</source>
        <translation>Saved as %1</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <location filename="../qml/cards/DetailPanel.qml" line="+22"/>
        <source>Draft %1</source>
        <translation>Draft %1</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Changes</source>
        <translation>Changes</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Nothing was said about this yet.</source>
        <translation>Nothing was said about this yet.</translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message numerus="yes">
        <location filename="../qml/cards/DiffView.qml" line="+49"/>
        <source>and %n more line(s)</source>
        <translation>
            <numerusform>and %n more line</numerusform>
            <numerusform>and %n more lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentRow</name>
    <message numerus="yes">
        <location filename="../qml/drawer/DocumentRow.qml" line="+12"/>
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message>
        <location line="+0"/>
        <source>no text</source>
        <translation>no text</translation>
    </message>
    <message>
        <location line="+30"/>
        <source>What to do with %1</source>
        <translation>What to do with %1</translation>
    </message>
</context>
<context>
    <name>DownloadCard</name>
    <message>
        <location filename="../qml/cards/DownloadCard.qml" line="+48"/>
        <source>Needs your decision</source>
        <translation>Needs your decision</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>May this be downloaded?</source>
        <translation>May this be downloaded?</translation>
    </message>
    <message numerus="yes">
        <location line="+3"/>
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Only what you allow is fetched, at exactly the commit that is named. It is checked, kept as foreign text and never run by itself.</source>
        <translation>Only what you allow is fetched, at exactly the commit that is named. It is checked, kept as foreign text and never run by itself.</translation>
    </message>
    <message numerus="yes">
        <location line="+9"/>
        <source>“%1”: %n results of %2</source>
        <translation>
            <numerusform>“%1”: %n result of %2</numerusform>
            <numerusform>“%1”: %n results of %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+23"/>
        <source>Download %n repositories</source>
        <translation>
            <numerusform>Download %n repository</numerusform>
            <numerusform>Download %n repositories</numerusform>
        </translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Go on without downloads</source>
        <translation>Go on without downloads</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Refuse all</source>
        <translation>Refuse all</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <location filename="../settings/downloads.py" line="+86"/>
        <source>Allowed</source>
        <translation>Allowed</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Taken back</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>commit %1</source>
        <translation>commit %1</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>downloaded %1</source>
        <translation>downloaded %1</translation>
    </message>
</context>
<context>
    <name>DownloadsPart</name>
    <message>
        <location filename="../qml/drawer/DownloadsPart.qml" line="+13"/>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Nothing was asked for yet. Each repository is asked about before it is downloaded.</source>
        <translation>Nothing was asked for yet. Each repository is asked about before it is downloaded.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A permission holds for one repository at one commit, in the run it was given for.</source>
        <translation>A permission holds for one repository at one commit, in the run it was given for.</translation>
    </message>
    <message>
        <location line="+26"/>
        <location line="+38"/>
        <source>Take back</source>
        <translation>Take back</translation>
    </message>
    <message>
        <location line="-37"/>
        <source>Take back the permission for %1</source>
        <translation>Take back the permission for %1</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Nothing more is downloaded from %1 under this permission. What came stays.</source>
        <translation>Nothing more is downloaded from %1 under this permission. What came stays.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Show more</source>
        <translation>Show more</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>%1 of %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>These are the newest %1 of %2. The event log knows the others.</source>
        <translation>These are the newest %1 of %2. The event log knows the others.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Take back this permission?</source>
        <translation>Take back this permission?</translation>
    </message>
</context>
<context>
    <name>Drawer</name>
    <message>
        <location filename="../qml/drawer/Drawer.qml" line="+19"/>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>General</source>
        <translation>General</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Providers and keys</source>
        <translation>Providers and keys</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Team and models</source>
        <translation>Team and models</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Memory</source>
        <translation>Memory</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Builds and artifacts</source>
        <translation>Builds and artifacts</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Privacy and consent</source>
        <translation>Privacy and consent</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Reports</source>
        <translation>Reports</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>About</source>
        <translation>About</translation>
    </message>
    <message>
        <location line="+84"/>
        <source>Settings and system</source>
        <translation>Settings and system</translation>
    </message>
    <message>
        <location line="+31"/>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <location filename="../qml/composer/DropOverlay.qml" line="+25"/>
        <source>Only files and folders of this computer can be taken into the memory.</source>
        <translation>Only files and folders of this computer can be taken into the memory.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Only files, folders and text of this computer can be attached.</source>
        <translation>Only files, folders and text of this computer can be attached.</translation>
    </message>
    <message>
        <location line="+33"/>
        <source>Drop it here</source>
        <translation>Drop it here</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Drop it into the memory</source>
        <translation>Drop it into the memory</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Files, folders and zip projects, up to 50 MB each</source>
        <translation>Files, folders and zip projects, up to 50 MB each</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Files and folders are kept byte for byte</source>
        <translation>Files and folders are kept byte for byte</translation>
    </message>
</context>
<context>
    <name>EditorMenu</name>
    <message>
        <location filename="../qml/thread/EditorMenu.qml" line="+28"/>
        <source>Show in folder</source>
        <translation>Show in folder</translation>
    </message>
</context>
<context>
    <name>EngineLink</name>
    <message>
        <location filename="../link/engine_link.py" line="+217"/>
        <source>The engine is of another version of MultiCoder.</source>
        <translation>The engine is of another version of MultiCoder.</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>The engine did not answer.</source>
        <translation>The engine did not answer.</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>The engine was stopped. It starts again when something needs it.</source>
        <translation>The engine was stopped. It starts again when something needs it.</translation>
    </message>
    <message>
        <location filename="../link/words.py" line="+33"/>
        <source>The engine did not accept this request.</source>
        <translation>The engine did not accept this request.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Nothing was changed.</source>
        <translation>Nothing was changed.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Try again. If it happens again, look into multicoder.log in the data folder.</source>
        <translation>Try again. If it happens again, look into multicoder.log in the data folder.</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>The connection to the engine broke before it answered.</source>
        <translation>The connection to the engine broke before it answered.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It is being made again; everything finished so far is kept.</source>
        <translation>It is being made again; everything finished so far is kept.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>See whether it was done, else do it again.</source>
        <translation>See whether it was done, else do it again.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>This is too much to send at once.</source>
        <translation>This is too much to send at once.</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+10"/>
        <source>Nothing was sent.</source>
        <translation>Nothing was sent.</translation>
    </message>
    <message>
        <location line="-9"/>
        <source>Make it shorter, or put it into a file and attach that.</source>
        <translation>Make it shorter, or put it into a file and attach that.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>The engine cannot be reached.</source>
        <translation>The engine cannot be reached.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Try again in a moment; multicoder.log in the data folder says more.</source>
        <translation>Try again in a moment; multicoder.log in the data folder says more.</translation>
    </message>
</context>
<context>
    <name>EngineSetting</name>
    <message>
        <location filename="../qml/drawer/EngineSetting.qml" line="+13"/>
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Watch</source>
        <translation>Watch</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Strict</source>
        <translation>Strict</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Never</source>
        <translation>Never</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Daily</source>
        <translation>Daily</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Weekly</source>
        <translation>Weekly</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Monthly</source>
        <translation>Monthly</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Automatic</source>
        <translation>Automatic</translation>
    </message>
</context>
<context>
    <name>ErrorCard</name>
    <message>
        <location filename="../qml/cards/ErrorCard.qml" line="+21"/>
        <source>Something failed</source>
        <translation>Something failed</translation>
    </message>
    <message>
        <location line="+16"/>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Retry</source>
        <translation>Retry</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Hide details</source>
        <translation>Hide details</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>EventDetail</name>
    <message>
        <location filename="../qml/drawer/EventDetail.qml" line="+49"/>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>EventLog</name>
    <message>
        <location filename="../qml/drawer/EventLog.qml" line="+14"/>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Low risk and up</source>
        <translation>Low risk and up</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Medium and up</source>
        <translation>Medium and up</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>High only</source>
        <translation>High only</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Event log</source>
        <translation>Event log</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Following the newest</source>
        <translation>Following the newest</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Follow the newest</source>
        <translation>Follow the newest</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Export ...</source>
        <translation>Export ...</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Search events</source>
        <translation>Search events</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Risk</source>
        <translation>Risk</translation>
    </message>
    <message numerus="yes">
        <location line="+43"/>
        <source>Event log, %n event(s) loaded</source>
        <translation>
            <numerusform>Event log, %n event loaded</numerusform>
            <numerusform>Event log, %n events loaded</numerusform>
        </translation>
    </message>
    <message>
        <location line="+107"/>
        <source>No event fits.</source>
        <translation>No event fits.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Export the event log</source>
        <translation>Export the event log</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
</context>
<context>
    <name>Examination</name>
    <message>
        <location filename="../qml/shell/Examination.qml" line="+30"/>
        <source>Looking whether everything is in order here…</source>
        <translation>Looking whether everything is in order here…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The engine could not be asked. You can look later under Settings, System.</source>
        <translation>The engine could not be asked. You can look later under Settings, System.</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n system(s) of MultiCoder work here.</source>
        <translation>
            <numerusform>%n system of MultiCoder works here.</numerusform>
            <numerusform>%n systems of MultiCoder work here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <location filename="../qml/thread/FindBar.qml" line="+48"/>
        <location line="+12"/>
        <source>Find in this chat</source>
        <translation>Find in this chat</translation>
    </message>
    <message>
        <location line="+32"/>
        <source>Nothing found</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 of %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Previous place</source>
        <translation>Previous place</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Next place</source>
        <translation>Next place</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>FoundRow</name>
    <message>
        <location filename="../qml/drawer/FoundRow.qml" line="+11"/>
        <source>yours</source>
        <translation>yours</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>MultiCoder’s</source>
        <translation>MultiCoder’s</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>foreign</source>
        <translation>foreign</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <location filename="../qml/drawer/GeneralPage.qml" line="+15"/>
        <source>Theme</source>
        <translation>Theme</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Black</source>
        <translation>Black</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Text size</source>
        <translation>Text size</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Smaller</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Larger</source>
        <translation>Larger</translation>
    </message>
    <message>
        <location line="+4"/>
        <location line="+2"/>
        <source>Reduce motion</source>
        <translation>Reduce motion</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Nothing slides, fades or pulses.</source>
        <translation>Nothing slides, fades or pulses.</translation>
    </message>
    <message>
        <location line="+4"/>
        <location line="+1"/>
        <source>High contrast</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Send with</source>
        <translation>Send with</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Enter begins a new line.</source>
        <translation>Enter begins a new line.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Shift+Enter begins a new line.</source>
        <translation>Shift+Enter begins a new line.</translation>
    </message>
    <message>
        <location line="+9"/>
        <location line="+2"/>
        <source>Notifications</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Tell through the system when something is ready, waits for you or fails while this window is not in front.</source>
        <translation>Tell through the system when something is ready, waits for you or fails while this window is not in front.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>When the window is closed</source>
        <translation>When the window is closed</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Whether running work goes on in the background.</source>
        <translation>Whether running work goes on in the background.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Ask</source>
        <translation>Ask</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Work on</source>
        <translation>Work on</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <location filename="../qml/shell/Header.qml" line="+18"/>
        <source>Header</source>
        <translation>Header</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Open sidebar</source>
        <translation>Open sidebar</translation>
    </message>
    <message>
        <location line="+27"/>
        <source>More about this chat</source>
        <translation>More about this chat</translation>
    </message>
</context>
<context>
    <name>HoldCard</name>
    <message>
        <location filename="../qml/cards/HoldCard.qml" line="+20"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Overwrite</source>
        <translation>Overwrite</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Write outside the project</source>
        <translation>Write outside the project</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Publish</source>
        <translation>Publish</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Spend above the limit</source>
        <translation>Spend above the limit</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Run unprotected</source>
        <translation>Run unprotected</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>New limit in USD</source>
        <translation>New limit in USD</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>New limit in tokens</source>
        <translation>New limit in tokens</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>New limit in calls</source>
        <translation>New limit in calls</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>New limit in minutes</source>
        <translation>New limit in minutes</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>New limit</source>
        <translation>New limit</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Stopped by the guard</source>
        <translation>Stopped by the guard</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Limit reached</source>
        <translation>Limit reached</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Waits for you</source>
        <translation>Waits for you</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The run stopped and waits for you.</source>
        <translation>The run stopped and waits for you.</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>What with</source>
        <translation>What with</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Careful: letters of different alphabets that look alike: %1</source>
        <translation>Careful: letters of different alphabets that look alike: %1</translation>
    </message>
    <message>
        <location line="+34"/>
        <source>Please type a number greater than zero.</source>
        <translation>Please type a number greater than zero.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Why may this happen once? A reason is needed.</source>
        <translation>Why may this happen once? A reason is needed.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A word of advice for the team (may be empty)</source>
        <translation>A word of advice for the team (may be empty)</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Allow once</source>
        <translation>Allow once</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Go on with this limit</source>
        <translation>Go on with this limit</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Refuse, and say what to do instead</source>
        <translation>Refuse, and say what to do instead</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Stop the run</source>
        <translation>Stop the run</translation>
    </message>
</context>
<context>
    <name>KeyVault</name>
    <message>
        <location filename="../settings/key_vault.py" line="+78"/>
        <source>The two passphrases are not the same.</source>
        <translation>The two passphrases are not the same.</translation>
    </message>
</context>
<context>
    <name>Lamp</name>
    <message>
        <location filename="../qml/drawer/Lamp.qml" line="+11"/>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Degraded</source>
        <translation>Degraded</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Failed</source>
        <translation>Failed</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Fault</source>
        <translation>Fault</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Paranoid lock</source>
        <translation>Paranoid lock</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Trying</source>
        <translation>Trying</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>No data</source>
        <translation>No data</translation>
    </message>
</context>
<context>
    <name>LimitsPart</name>
    <message>
        <location filename="../qml/cards/LimitsPart.qml" line="+12"/>
        <source>plan</source>
        <translation>plan</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>code</source>
        <translation>code</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>review</source>
        <translation>review</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>tests</source>
        <translation>tests</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>judgement</source>
        <translation>judgement</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>packing</source>
        <translation>packing</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>no figures yet: this team has finished no program here</source>
        <translation>no figures yet: this team has finished no program here</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>about %1 min, as %n earlier program(s) of this team took</source>
        <translation>
            <numerusform>about %1 min, as %n earlier program of this team took</numerusform>
            <numerusform>about %1 min, as %n earlier programs of this team took</numerusform>
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
        <translation>%1 tokens</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 calls</source>
        <translation>%1 calls</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 minutes</source>
        <translation>%1 minutes</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Models</source>
        <translation>Models</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Estimate</source>
        <translation>Estimate</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>about %1 calls, %2 tokens</source>
        <translation>about %1 calls, %2 tokens</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Hard limits</source>
        <translation>Hard limits</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <location filename="../qml/shell/LinkDialog.qml" line="+13"/>
        <source>Leave the program?</source>
        <translation>Leave the program?</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>This link opens in your browser. It came with a message, so look where it leads:</source>
        <translation>This link opens in your browser. It came with a message, so look where it leads:</translation>
    </message>
    <message>
        <location line="+27"/>
        <source>Do not ask again for %1</source>
        <translation>Do not ask again for %1</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Copy the address</source>
        <translation>Copy the address</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Open</source>
        <translation>Open</translation>
    </message>
</context>
<context>
    <name>LookUpCard</name>
    <message>
        <location filename="../qml/cards/LookUpCard.qml" line="+11"/>
        <source>pages</source>
        <translation>pages</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>repositories</source>
        <translation>repositories</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>code</source>
        <translation>code</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>packages</source>
        <translation>packages</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>questions and answers</source>
        <translation>questions and answers</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>news</source>
        <translation>news</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Web search</source>
        <translation>Web search</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>May this be looked up on the internet?</source>
        <translation>May this be looked up on the internet?</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>What would be sent to search engines</source>
        <translation>What would be sent to search engines</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Texts of strangers were read in this run before: look whether these words are what you would send.</source>
        <translation>Texts of strangers were read in this run before: look whether these words are what you would send.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Pages are only read. Nothing is downloaded without another question about exactly that.</source>
        <translation>Pages are only read. Nothing is downloaded without another question about exactly that.</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Allow for this run</source>
        <translation>Allow for this run</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Not now</source>
        <translation>Not now</translation>
    </message>
</context>
<context>
    <name>MainArea</name>
    <message>
        <location filename="../qml/shell/MainArea.qml" line="+60"/>
        <source>What shall we build?</source>
        <translation>What shall we build?</translation>
    </message>
    <message>
        <location line="+26"/>
        <source>Project %1</source>
        <translation>Project %1</translation>
    </message>
    <message>
        <location line="+68"/>
        <source>Models make mistakes. What was really tested stands beside every program.</source>
        <translation>Models make mistakes. What was really tested stands beside every program.</translation>
    </message>
</context>
<context>
    <name>MathBlock</name>
    <message>
        <location filename="../qml/thread/blocks/MathBlock.qml" line="+27"/>
        <source>Formula: %1</source>
        <translation>Formula: %1</translation>
    </message>
</context>
<context>
    <name>MemoryHead</name>
    <message>
        <location filename="../qml/drawer/MemoryHead.qml" line="+17"/>
        <source>Search by meaning is ready</source>
        <translation>Search by meaning is ready</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Search by meaning is being built</source>
        <translation>Search by meaning is being built</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Search by meaning does not work; words are found all the same</source>
        <translation>Search by meaning does not work; words are found all the same</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Search by meaning is off</source>
        <translation>Search by meaning is off</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>%1 messages and %2 documents, %3 lines</source>
        <translation>%1 messages and %2 documents, %3 lines</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>One moment ...</source>
        <translation>One moment ...</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>%1 of documents kept; archive and indexes take %2 on the disk</source>
        <translation>%1 of documents kept; archive and indexes take %2 on the disk</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Lost lines: %1</source>
        <translation>Lost lines: %1</translation>
    </message>
    <message>
        <location line="+23"/>
        <source>%1 of %2 lines</source>
        <translation>%1 of %2 lines</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Import files ...</source>
        <translation>Import files ...</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Import a folder ...</source>
        <translation>Import a folder ...</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Rebuild the index</source>
        <translation>Rebuild the index</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Or drop files and folders onto this page. The index is made from what is kept; rebuilding it loses nothing.</source>
        <translation>Or drop files and folders onto this page. The index is made from what is kept; rebuilding it loses nothing.</translation>
    </message>
    <message>
        <location line="+43"/>
        <source>Rules and decisions of this chat</source>
        <translation>Rules and decisions of this chat</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Open a chat to see what it has decided.</source>
        <translation>Open a chat to see what it has decided.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>None yet. What you decide in a chat is put before every model that works on it.</source>
        <translation>None yet. What you decide in a chat is put before every model that works on it.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Show fewer</source>
        <translation>Show fewer</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Show all %1</source>
        <translation>Show all %1</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>What is kept</source>
        <translation>What is kept</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Search the lines of everything</source>
        <translation>Search the lines of everything</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Import files</source>
        <translation>Import files</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Import a folder</source>
        <translation>Import a folder</translation>
    </message>
</context>
<context>
    <name>MemoryPage</name>
    <message>
        <location filename="../memory/page.py" line="+212"/>
        <source>Exported to %1</source>
        <translation>Exported to %1</translation>
    </message>
    <message>
        <location line="+33"/>
        <source>The import has failed.</source>
        <translation>The import has failed.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>The rebuild has failed.</source>
        <translation>The rebuild has failed.</translation>
    </message>
    <message>
        <location filename="../qml/drawer/MemoryPage.qml" line="+15"/>
        <source>All kinds</source>
        <translation>All kinds</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Dialogues</source>
        <translation>Dialogues</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Texts</source>
        <translation>Texts</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Errors</source>
        <translation>Errors</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>In use</source>
        <translation>In use</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quarantined</source>
        <translation>Quarantined</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Forgotten</source>
        <translation>Forgotten</translation>
    </message>
    <message numerus="yes">
        <location line="+62"/>
        <source>%n line(s) found</source>
        <translation>
            <numerusform>%n line found</numerusform>
            <numerusform>%n lines found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message>
        <location line="+57"/>
        <source>Nothing found.</source>
        <translation>Nothing found.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>No document is kept yet. Everything said in chats is kept as well; it is found by the search above.</source>
        <translation>No document is kept yet. Everything said in chats is kept as well; it is found by the search above.</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Read</source>
        <translation>Read</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Export ...</source>
        <translation>Export ...</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Quarantine ...</source>
        <translation>Quarantine ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Kept, but never used</source>
        <translation>Kept, but never used</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Release ...</source>
        <translation>Release ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>To be found and used again</source>
        <translation>To be found and used again</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Forget ...</source>
        <translation>Forget ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Its bytes are erased for good</source>
        <translation>Its bytes are erased for good</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Forget this document?</source>
        <translation>Forget this document?</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quarantine this document?</source>
        <translation>Quarantine this document?</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Release this document?</source>
        <translation>Release this document?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 is erased and cannot be brought back; what was learnt from it is no longer found.</source>
        <translation>%1 is erased and cannot be brought back; what was learnt from it is no longer found.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 stays as it is, but no answer and no program is made with it.</source>
        <translation>%1 stays as it is, but no answer and no program is made with it.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 may be found and used again.</source>
        <translation>%1 may be found and used again.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Forget</source>
        <translation>Forget</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quarantine</source>
        <translation>Quarantine</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Release</source>
        <translation>Release</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Export a document</source>
        <translation>Export a document</translation>
    </message>
</context>
<context>
    <name>MessageText</name>
    <message>
        <location filename="../qml/composer/MessageText.qml" line="+12"/>
        <source>Ask for a program, or ask anything</source>
        <translation>Ask for a program, or ask anything</translation>
    </message>
    <message>
        <location line="+74"/>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Cut</source>
        <translation>Cut</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Paste</source>
        <translation>Paste</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Select all</source>
        <translation>Select all</translation>
    </message>
</context>
<context>
    <name>ModelSelector</name>
    <message>
        <location filename="../qml/shell/ModelSelector.qml" line="+29"/>
        <source>Team: %1</source>
        <translation>Team: %1</translation>
    </message>
    <message>
        <location line="+65"/>
        <source>Team and models</source>
        <translation>Team and models</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Providers and keys</source>
        <translation>Providers and keys</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <location filename="../qml/drawer/ModelsDialog.qml" line="+19"/>
        <source>Choose models</source>
        <translation>Choose models</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Search models</source>
        <translation>Search models</translation>
    </message>
    <message>
        <location line="+43"/>
        <source>Nothing found.</source>
        <translation>Nothing found.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Fetch the lists</source>
        <translation>Fetch the lists</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Done</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>MoveMenu</name>
    <message>
        <location filename="../qml/shell/MoveMenu.qml" line="+15"/>
        <source>Move to project</source>
        <translation>Move to project</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>New project…</source>
        <translation>New project…</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Remove from project</source>
        <translation>Remove from project</translation>
    </message>
</context>
<context>
    <name>NewShelfDialog</name>
    <message>
        <location filename="../qml/shell/NewShelfDialog.qml" line="+20"/>
        <source>New project</source>
        <translation>New project</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Name of the project</source>
        <translation>Name of the project</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>A project keeps chats about one thing together. Programs stay where they were put.</source>
        <translation>A project keeps chats about one thing together. Programs stay where they were put.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Create</source>
        <translation>Create</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <location filename="../desktop/notices.py" line="+47"/>
        <source>Your decision is needed</source>
        <translation>Your decision is needed</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>The guard stopped a run</source>
        <translation>The guard stopped a run</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>The work is done</source>
        <translation>The work is done</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>The work failed</source>
        <translation>The work failed</translation>
    </message>
</context>
<context>
    <name>OverflowMenu</name>
    <message>
        <location filename="../qml/shell/OverflowMenu.qml" line="+14"/>
        <source>Rename</source>
        <translation>Rename</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Find in this chat</source>
        <translation>Find in this chat</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Export…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Archive</source>
        <translation>Archive</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>Paranoid</name>
    <message>
        <location filename="../board/paranoid.py" line="+70"/>
        <source>A decision needs a reason.</source>
        <translation>A decision needs a reason.</translation>
    </message>
    <message>
        <location line="+0"/>
        <location line="+9"/>
        <source>Write why.</source>
        <translation>Write why.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Going on needs a reason.</source>
        <translation>Going on needs a reason.</translation>
    </message>
</context>
<context>
    <name>ParanoidBlock</name>
    <message>
        <location filename="../qml/drawer/ParanoidBlock.qml" line="+11"/>
        <source>Critical</source>
        <translation>Critical</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Warning</source>
        <translation>Warning</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <location line="+2"/>
        <location filename="../settings/consents.py" line="-26"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <location line="+0"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Overwrite</source>
        <translation>Overwrite</translation>
    </message>
    <message>
        <location line="+0"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Write outside the project</source>
        <translation>Write outside the project</translation>
    </message>
    <message>
        <location line="+1"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Publish</source>
        <translation>Publish</translation>
    </message>
    <message>
        <location line="+0"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <location line="+0"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Spend above the limit</source>
        <translation>Spend above the limit</translation>
    </message>
    <message>
        <location line="+1"/>
        <location filename="../settings/consents.py" line="+1"/>
        <source>Run unprotected</source>
        <translation>Run unprotected</translation>
    </message>
    <message>
        <location line="+23"/>
        <source>Paranoid tester</source>
        <translation>Paranoid tester</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Watch</source>
        <translation>Watch</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Strict</source>
        <translation>Strict</translation>
    </message>
    <message numerus="yes">
        <location line="+17"/>
        <source>Paused by the guard: %n task(s)</source>
        <translation>
            <numerusform>Paused by the guard: %n task</numerusform>
            <numerusform>Paused by the guard: %n tasks</numerusform>
        </translation>
    </message>
    <message>
        <location line="+4"/>
        <location line="+107"/>
        <source>Resume</source>
        <translation>Resume</translation>
    </message>
    <message>
        <location line="-95"/>
        <source>Score %1 of 100</source>
        <translation>Score %1 of 100</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Not inspected since this window was opened</source>
        <translation>Not inspected since this window was opened</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>Last audit %1, %n finding(s)</source>
        <translation>
            <numerusform>Last audit %1, %n finding</numerusform>
            <numerusform>Last audit %1, %n findings</numerusform>
        </translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Next audit by %1</source>
        <translation>Next audit by %1</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Auditing ...</source>
        <translation>Auditing ...</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Audit now</source>
        <translation>Audit now</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Simulating: %1</source>
        <translation>Simulating: %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Run what-if simulations</source>
        <translation>Run what-if simulations</translation>
    </message>
    <message>
        <location line="+28"/>
        <source>What-if simulations</source>
        <translation>What-if simulations</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>held</source>
        <translation>held</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>broken</source>
        <translation>broken</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>not possible here</source>
        <translation>not possible here</translation>
    </message>
    <message>
        <location line="+28"/>
        <source>Resume what the guard paused</source>
        <translation>Resume what the guard paused</translation>
    </message>
</context>
<context>
    <name>PendingAction</name>
    <message>
        <location filename="../qml/drawer/PendingAction.qml" line="+38"/>
        <source>asked by %1</source>
        <translation>asked by %1</translation>
    </message>
    <message>
        <location line="+9"/>
        <location line="+15"/>
        <source>Allow once</source>
        <translation>Allow once</translation>
    </message>
    <message>
        <location line="-10"/>
        <location line="+10"/>
        <source>Refuse</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <location line="-2"/>
        <source>Allow this once?</source>
        <translation>Allow this once?</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Refuse this?</source>
        <translation>Refuse this?</translation>
    </message>
</context>
<context>
    <name>PendingBar</name>
    <message>
        <location filename="../qml/cards/PendingBar.qml" line="+21"/>
        <source>The run stopped and waits for you</source>
        <translation>The run stopped and waits for you</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There are questions for you</source>
        <translation>There are questions for you</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There is a question for you</source>
        <translation>There is a question for you</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Your decision is needed</source>
        <translation>Your decision is needed</translation>
    </message>
    <message>
        <location line="+39"/>
        <source>Show</source>
        <translation>Show</translation>
    </message>
</context>
<context>
    <name>PinnedRow</name>
    <message>
        <location filename="../qml/drawer/PinnedRow.qml" line="+11"/>
        <source>holds</source>
        <translation>holds</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>taken back</source>
        <translation>taken back</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>contradicts another one</source>
        <translation>contradicts another one</translation>
    </message>
    <message>
        <location line="+41"/>
        <source>Open the source, %1</source>
        <translation>Open the source, %1</translation>
    </message>
</context>
<context>
    <name>PlaceButton</name>
    <message>
        <location filename="../qml/cards/PlaceButton.qml" line="+15"/>
        <source>System board</source>
        <translation>System board</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Providers and keys</source>
        <translation>Providers and keys</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Other model</source>
        <translation>Other model</translation>
    </message>
</context>
<context>
    <name>PlanPart</name>
    <message>
        <location filename="../qml/cards/PlanPart.qml" line="+13"/>
        <source>program file</source>
        <translation>program file</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>zip archive</source>
        <translation>zip archive</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>source code</source>
        <translation>source code</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Target</source>
        <translation>Target</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Starts with</source>
        <translation>Starts with</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Packages</source>
        <translation>Packages</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>none from others</source>
        <translation>none from others</translation>
    </message>
    <message numerus="yes">
        <location line="+7"/>
        <source>%n module(s)</source>
        <translation>
            <numerusform>%n module</numerusform>
            <numerusform>%n modules</numerusform>
        </translation>
    </message>
    <message>
        <location line="+25"/>
        <source>%1 (stays as it is)</source>
        <translation>%1 (stays as it is)</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>It is done when</source>
        <translation>It is done when</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Decided for you</source>
        <translation>Decided for you</translation>
    </message>
</context>
<context>
    <name>PlusMenu</name>
    <message>
        <location filename="../qml/composer/PlusMenu.qml" line="+10"/>
        <source>Chosen by MultiCoder</source>
        <translation>Chosen by MultiCoder</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Program (exe)</source>
        <translation>Program (exe)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Zip archive</source>
        <translation>Zip archive</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Source code</source>
        <translation>Source code</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Add files</source>
        <translation>Add files</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Add a folder</source>
        <translation>Add a folder</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Add a zip project</source>
        <translation>Add a zip project</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>From the clipboard</source>
        <translation>From the clipboard</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Build target</source>
        <translation>Build target</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Web search</source>
        <translation>Web search</translation>
    </message>
    <message>
        <location line="+16"/>
        <source>Search now</source>
        <translation>Search now</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Your words are searched for: /search</source>
        <translation>Your words are searched for: /search</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Memory scope</source>
        <translation>Memory scope</translation>
    </message>
</context>
<context>
    <name>PresetPicker</name>
    <message>
        <location filename="../qml/drawer/PresetPicker.qml" line="+29"/>
        <source>Add a provider</source>
        <translation>Add a provider</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Search providers</source>
        <translation>Search providers</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <location filename="../settings/presets.py" line="+69"/>
        <source>Another address</source>
        <translation>Another address</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Anything that speaks the OpenAI protocol</source>
        <translation>Anything that speaks the OpenAI protocol</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Custom</source>
        <translation>Custom</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Fragile: a web page used in a browser, which may change at any time</source>
        <translation>Fragile: a web page used in a browser, which may change at any time</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>an address of your own</source>
        <translation>an address of your own</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Closed on %1.</source>
        <translation>Closed on %1.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>There is no such service.</source>
        <translation>There is no such service.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Instead: %1</source>
        <translation>Instead: %1</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <location filename="../qml/drawer/PrivacyPage.qml" line="+24"/>
        <source>Decisions</source>
        <translation>Decisions</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Decisions so far</source>
        <translation>Decisions so far</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>None yet.</source>
        <translation>None yet.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Each of these holds for one action or one run; nothing stays allowed after it.</source>
        <translation>Each of these holds for one action or one run; nothing stays allowed after it.</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>These are the newest %1 decisions. The event log knows older ones.</source>
        <translation>These are the newest %1 decisions. The event log knows older ones.</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <location filename="../qml/drawer/Problem.qml" line="+39"/>
        <source>Dismiss</source>
        <translation>Dismiss</translation>
    </message>
</context>
<context>
    <name>ProviderForm</name>
    <message>
        <location filename="../qml/drawer/ProviderForm.qml" line="+54"/>
        <source>Change %1</source>
        <translation>Change %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Add %1</source>
        <translation>Add %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Add another address</source>
        <translation>Add another address</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Fragile: a web page used in a browser as you would. It may stop working at any time, and its maker may not allow it.</source>
        <translation>Fragile: a web page used in a browser as you would. It may stop working at any time, and its maker may not allow it.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Base URL</source>
        <translation>Base URL</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Region or plan</source>
        <translation>Region or plan</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Folder (the number beside its name in the console)</source>
        <translation>Folder (the number beside its name in the console)</translation>
    </message>
    <message>
        <location line="+8"/>
        <location line="+4"/>
        <source>Kind of access</source>
        <translation>Kind of access</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>There is one: %1. It stays when nothing is typed here.</source>
        <translation>There is one: %1. It stays when nothing is typed here.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Nothing is needed here for programs on this computer.</source>
        <translation>Nothing is needed here for programs on this computer.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Get a key</source>
        <translation>Get a key</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Preferred models (empty for the best known ones)</source>
        <translation>Preferred models (empty for the best known ones)</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Fetch the list</source>
        <translation>Fetch the list</translation>
    </message>
    <message numerus="yes">
        <location line="+7"/>
        <source>Choose from %n model(s)…</source>
        <translation>
            <numerusform>Choose from %n model…</numerusform>
            <numerusform>Choose from %n models…</numerusform>
        </translation>
    </message>
    <message>
        <location line="+12"/>
        <source>More settings</source>
        <translation>More settings</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>open</source>
        <translation>open</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>closed</source>
        <translation>closed</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Group</source>
        <translation>Group</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Proxy (empty as the system is set up)</source>
        <translation>Proxy (empty as the system is set up)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Further headers, one a line</source>
        <translation>Further headers, one a line</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Prices in dollars per million tokens: a model or *, in, out</source>
        <translation>Prices in dollars per million tokens: a model or *, in, out</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>File with a root certificate for this address alone</source>
        <translation>File with a root certificate for this address alone</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Choose a file…</source>
        <translation>Choose a file…</translation>
    </message>
    <message numerus="yes">
        <location line="+10"/>
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message>
        <location line="+0"/>
        <source>It can be saved all the same and stays marked.</source>
        <translation>It can be saved all the same and stays marked.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>The key belongs to %1: use that address</source>
        <translation>The key belongs to %1: use that address</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Keys go to the key storage of the system or the encrypted key vault, never into a plain file.</source>
        <translation>Keys go to the key storage of the system or the encrypted key vault, never into a plain file.</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Trying ...</source>
        <translation>Trying ...</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <location line="+30"/>
        <source>Root certificate</source>
        <translation>Root certificate</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Certificates (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>All files (*)</source>
        <translation>All files (*)</translation>
    </message>
    <message>
        <location line="-26"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location filename="../settings/provider_form.py" line="+118"/>
        <source>A provider needs an address.</source>
        <translation>A provider needs an address.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Each header is a line of its own: a name, a colon, a value.</source>
        <translation>Each header is a line of its own: a name, a colon, a value.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Each price is a line of its own: a model or *, dollars per million tokens in, and out.</source>
        <translation>Each price is a line of its own: a model or *, dollars per million tokens in, and out.</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>%1 $ left</source>
        <translation>%1 $ left</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 ends on %2</source>
        <translation>%1 ends on %2</translation>
    </message>
</context>
<context>
    <name>ProviderKey</name>
    <message>
        <location filename="../qml/drawer/ProviderKey.qml" line="+12"/>
        <source>First key</source>
        <translation>First key</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>In order</source>
        <translation>In order</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>At its limit for %1 s</source>
        <translation>At its limit for %1 s</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>At its limit</source>
        <translation>At its limit</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Not in the key storage</source>
        <translation>Not in the key storage</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>No key is needed</source>
        <translation>No key is needed</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message>
        <location line="+36"/>
        <source>Use the key %1</source>
        <translation>Use the key %1</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>%1 a minute</source>
        <translation>%1 a minute</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 at the same time</source>
        <translation>%1 at the same time</translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n sent</source>
        <translation>
            <numerusform>%n sent</numerusform>
            <numerusform>%n sent</numerusform>
        </translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Replace</source>
        <translation>Replace</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Replace the key %1</source>
        <translation>Replace the key %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Delete…</source>
        <translation>Delete…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Delete the key %1</source>
        <translation>Delete the key %1</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Delete this key?</source>
        <translation>Delete this key?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>“%1” of %2 leaves the key storage of this computer. At its maker it stays valid until it is withdrawn there.</source>
        <translation>“%1” of %2 leaves the key storage of this computer. At its maker it stays valid until it is withdrawn there.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>ProviderKeys</name>
    <message>
        <location filename="../qml/drawer/ProviderKeys.qml" line="+28"/>
        <source>Keys of %1</source>
        <translation>Keys of %1</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Add a key</source>
        <translation>Add a key</translation>
    </message>
    <message>
        <location line="+41"/>
        <source>Another key</source>
        <translation>Another key</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Change the key %1</source>
        <translation>Change the key %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>(first)</source>
        <translation>(first)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>New key (empty keeps the one there is)</source>
        <translation>New key (empty keeps the one there is)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Requests per minute (empty for any number)</source>
        <translation>Requests per minute (empty for any number)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Requests at the same time (empty as in the settings)</source>
        <translation>Requests at the same time (empty as in the settings)</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>ProviderList</name>
    <message>
        <location filename="../qml/drawer/ProviderList.qml" line="+55"/>
        <source>They are tried from the top.</source>
        <translation>They are tried from the top.</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Import and export</source>
        <translation>Import and export</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Import…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Export…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>No provider yet. Without one only the built-in demonstration works.</source>
        <translation>No provider yet. Without one only the built-in demonstration works.</translation>
    </message>
</context>
<context>
    <name>ProviderRow</name>
    <message>
        <location filename="../qml/drawer/ProviderRow.qml" line="+71"/>
        <source>fragile</source>
        <translation>fragile</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Use %1</source>
        <translation>Use %1</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>More about %1</source>
        <translation>More about %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>%1 of the looks went well</source>
        <translation>%1 of the looks went well</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Models: %1</source>
        <translation>Models: %1</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Test %1</source>
        <translation>Test %1</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Change %1</source>
        <translation>Change %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Keys of %1</source>
        <translation>Keys of %1</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Move up</source>
        <translation>Move up</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Move down</source>
        <translation>Move down</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Sign in at its page…</source>
        <translation>Sign in at its page…</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Delete…</source>
        <translation>Delete…</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Delete this provider?</source>
        <translation>Delete this provider?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>“%1” leaves the list, and its keys leave the key storage. Other programs keep theirs.</source>
        <translation>“%1” leaves the list, and its keys leave the key storage. Other programs keep theirs.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>Providers</name>
    <message>
        <location filename="../settings/providers.py" line="+228"/>
        <source>signed in with a browser</source>
        <translation>signed in with a browser</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>no key needed</source>
        <translation>no key needed</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>no key</source>
        <translation>no key</translation>
    </message>
    <message numerus="yes">
        <location line="+2"/>
        <source>%n limited</source>
        <translation>
            <numerusform>%n limited</numerusform>
            <numerusform>%n limited</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n refused</source>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n not to be reached</source>
        <translation>
            <numerusform>%n not to be reached</numerusform>
            <numerusform>%n not to be reached</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+1"/>
        <source>%n off</source>
        <translation>
            <numerusform>%n off</numerusform>
            <numerusform>%n off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location line="+3"/>
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message>
        <location line="+21"/>
        <source>Trying ...</source>
        <translation>Trying ...</translation>
    </message>
    <message>
        <location line="+54"/>
        <source>%1 Tried in %2.</source>
        <translation>%1 Tried in %2.</translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message>
        <location filename="../qml/cards/QuestionCard.qml" line="+34"/>
        <source>What for?</source>
        <translation>What for?</translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>What will this be used for?</source>
        <translation>What will this be used for?</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Before the work begins</source>
        <translation>Before the work begins</translation>
    </message>
    <message>
        <location line="+36"/>
        <location line="+23"/>
        <source>%1 (default)</source>
        <translation>%1 (default)</translation>
    </message>
    <message>
        <location line="-10"/>
        <source>Something else</source>
        <translation>Something else</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Who will use it, and what for?</source>
        <translation>Who will use it, and what for?</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Reject</source>
        <translation>Reject</translation>
    </message>
</context>
<context>
    <name>QueuedMessages</name>
    <message numerus="yes">
        <location filename="../qml/composer/QueuedMessages.qml" line="+15"/>
        <source>%n message(s) waiting</source>
        <translation>
            <numerusform>%n message waiting</numerusform>
            <numerusform>%n messages waiting</numerusform>
        </translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Attached files</source>
        <translation>Attached files</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Waiting: %1</source>
        <translation>Waiting: %1</translation>
    </message>
    <message>
        <location line="+30"/>
        <source>Take this message back</source>
        <translation>Take this message back</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <location filename="../qml/shell/Rail.qml" line="+17"/>
        <source>Sidebar</source>
        <translation>Sidebar</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Open sidebar</source>
        <translation>Open sidebar</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>New chat</source>
        <translation>New chat</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Search chats</source>
        <translation>Search chats</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Library</source>
        <translation>Library</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Projects</source>
        <translation>Projects</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
</context>
<context>
    <name>ReasonField</name>
    <message>
        <location filename="../qml/drawer/ReasonField.qml" line="+10"/>
        <source>Confirm</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <location filename="../qml/shell/RenameDialog.qml" line="+20"/>
        <source>Rename the chat</source>
        <translation>Rename the chat</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Title of the chat</source>
        <translation>Title of the chat</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Save</source>
        <translation>Save</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <location filename="../settings/reports.py" line="+92"/>
        <source>The report was not written.</source>
        <translation>The report was not written.</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <location filename="../qml/drawer/ReportsPage.qml" line="+33"/>
        <source>Period</source>
        <translation>Period</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Last day</source>
        <translation>Last day</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Last 7 days</source>
        <translation>Last 7 days</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Last 30 days</source>
        <translation>Last 30 days</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Last year</source>
        <translation>Last year</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Everything</source>
        <translation>Everything</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Events</source>
        <translation>Events</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>All events</source>
        <translation>All events</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Low risk and up</source>
        <translation>Low risk and up</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Medium and up</source>
        <translation>Medium and up</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>High only</source>
        <translation>High only</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Program (empty for all)</source>
        <translation>Program (empty for all)</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Writing ...</source>
        <translation>Writing ...</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Write report ...</source>
        <translation>Write report ...</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Write report</source>
        <translation>Write report</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Written reports</source>
        <translation>Written reports</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>None yet.</source>
        <translation>None yet.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>%1 · not there any more</source>
        <translation>%1 · not there any more</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Open %1</source>
        <translation>Open %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Open the folder of %1</source>
        <translation>Open the folder of %1</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>By themselves</source>
        <translation>By themselves</translation>
    </message>
</context>
<context>
    <name>RepositoryRow</name>
    <message>
        <location filename="../qml/cards/RepositoryRow.qml" line="+105"/>
        <source>no licence told</source>
        <translation>no licence told</translation>
    </message>
    <message numerus="yes">
        <location line="-83"/>
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
    <message>
        <location line="-2"/>
        <source>size not told</source>
        <translation>size not told</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>changed %1</source>
        <translation>changed %1</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>no longer maintained</source>
        <translation>no longer maintained</translation>
    </message>
    <message>
        <location line="+51"/>
        <source>Not asked</source>
        <translation>Not asked</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Careful: letters of different alphabets that look alike: %1</source>
        <translation>Careful: letters of different alphabets that look alike: %1</translation>
    </message>
    <message>
        <location line="+106"/>
        <source>Look</source>
        <translation>Look</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Look at %1 in the browser</source>
        <translation>Look at %1 in the browser</translation>
    </message>
    <message>
        <location line="-62"/>
        <source>Would be taken: %1</source>
        <translation>Would be taken: %1</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Copy the commit</source>
        <translation>Copy the commit</translation>
    </message>
    <message>
        <location line="+18"/>
        <source>Refuse</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Allow download</source>
        <translation>Allow download</translation>
    </message>
    <message>
        <location line="-108"/>
        <source>Allowed</source>
        <translation>Allowed</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
</context>
<context>
    <name>RichWords</name>
    <message>
        <location filename="../qml/thread/blocks/RichWords.qml" line="+165"/>
        <source>Open the source, %1</source>
        <translation>Open the source, %1</translation>
    </message>
</context>
<context>
    <name>RoleRow</name>
    <message>
        <location filename="../qml/drawer/RoleRow.qml" line="+41"/>
        <source>Choose…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Choose models for: %1</source>
        <translation>Choose models for: %1</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Answers now: %1</source>
        <translation>Answers now: %1</translation>
    </message>
    <message>
        <location line="+26"/>
        <source>Prefer %1</source>
        <translation>Prefer %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Put %1 behind</source>
        <translation>Put %1 behind</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>No longer wish for %1</source>
        <translation>No longer wish for %1</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>The first one that can be reached answers. A provider without a model stands for whatever it offers.</source>
        <translation>The first one that can be reached answers. A provider without a model stands for whatever it offers.</translation>
    </message>
</context>
<context>
    <name>Roles</name>
    <message>
        <location filename="../shell/roles.py" line="+91"/>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Finds out whether something is to be built or answered</source>
        <translation>Finds out whether something is to be built or answered</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Judge</source>
        <translation>Judge</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Judges whether a task is safe and can be done</source>
        <translation>Judges whether a task is safe and can be done</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Architect</source>
        <translation>Architect</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Draws the plan and divides it into modules</source>
        <translation>Draws the plan and divides it into modules</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Coder</source>
        <translation>Coder</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Writes the modules</source>
        <translation>Writes the modules</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Reviewer</source>
        <translation>Reviewer</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Reads what was written and sends it back</source>
        <translation>Reads what was written and sends it back</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Tester</source>
        <translation>Tester</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Writes the tests without seeing the code</source>
        <translation>Writes the tests without seeing the code</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Packager</source>
        <translation>Packager</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Makes the finished program of it</source>
        <translation>Makes the finished program of it</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Answerer</source>
        <translation>Answerer</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Answers questions that need no program</source>
        <translation>Answers questions that need no program</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Researcher</source>
        <translation>Researcher</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Looks up what the plan, an answer or a repair rests on</source>
        <translation>Looks up what the plan, an answer or a repair rests on</translation>
    </message>
</context>
<context>
    <name>RunHead</name>
    <message>
        <location filename="../qml/cards/RunHead.qml" line="+71"/>
        <source>Resume</source>
        <translation>Resume</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Priority</source>
        <translation>Priority</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>First of all</source>
        <translation>First of all</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>When there is time</source>
        <translation>When there is time</translation>
    </message>
    <message>
        <location line="+6"/>
        <location line="+30"/>
        <source>Cancel the run</source>
        <translation>Cancel the run</translation>
    </message>
    <message>
        <location line="-17"/>
        <source>The guard stopped this. Why may it go on?</source>
        <translation>The guard stopped this. Why may it go on?</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Cancel this run? What is finished is kept.</source>
        <translation>Cancel this run? What is finished is kept.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Keep going</source>
        <translation>Keep going</translation>
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
        <translation>%1 % · %2/%3 modules</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Go to the run: %1</source>
        <translation>Go to the run: %1</translation>
    </message>
</context>
<context>
    <name>RunTimeline</name>
    <message>
        <location filename="../qml/cards/RunTimeline.qml" line="+44"/>
        <source>%1 h %2 m</source>
        <translation>%1 h %2 m</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 m %2 s</source>
        <translation>%1 m %2 s</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>%1 tokens</source>
        <translation>%1 tokens</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Building</source>
        <translation>Building</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Paused</source>
        <translation>Paused</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Waits for you</source>
        <translation>Waits for you</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Built</source>
        <translation>Built</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Failed</source>
        <translation>Failed</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Cancelled</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 · %2 % (%3 of %4 modules)</source>
        <translation>%1 · %2 % (%3 of %4 modules)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Built in %1</source>
        <translation>Built in %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Failed after %1</source>
        <translation>Failed after %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Cancelled after %1</source>
        <translation>Cancelled after %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Done in %1</source>
        <translation>Done in %1</translation>
    </message>
</context>
<context>
    <name>Scope</name>
    <message>
        <location filename="../composer/chat_option.py" line="+125"/>
        <source>This chat</source>
        <translation>This chat</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Only what was said here</source>
        <translation>Only what was said here</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>This project</source>
        <translation>This project</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Everything of the program that is being made</source>
        <translation>Everything of the program that is being made</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>All my projects</source>
        <translation>All my projects</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Also what earlier programs taught, and what you imported</source>
        <translation>Also what earlier programs taught, and what you imported</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Everything</source>
        <translation>Everything</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>All chats and all documents</source>
        <translation>All chats and all documents</translation>
    </message>
</context>
<context>
    <name>SealedCopies</name>
    <message>
        <location filename="../memory/sealed.py" line="+62"/>
        <source>The two passphrases are not the same.</source>
        <translation>The two passphrases are not the same.</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>The work with the sealed copy has failed.</source>
        <translation>The work with the sealed copy has failed.</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>The sealed copy was made: %1</source>
        <translation>The sealed copy was made: %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>The sealed copy was opened. MultiCoder starts anew with its memory.</source>
        <translation>The sealed copy was opened. MultiCoder starts anew with its memory.</translation>
    </message>
</context>
<context>
    <name>SealedPart</name>
    <message>
        <location filename="../qml/drawer/SealedPart.qml" line="+26"/>
        <source>Sealed copy</source>
        <translation>Sealed copy</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>The whole memory in one file, or in a folder that may be synchronised; only the passphrase opens it. Keys and settings are not in it.</source>
        <translation>The whole memory in one file, or in a folder that may be synchronised; only the passphrase opens it. Keys and settings are not in it.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Copy to a file ...</source>
        <translation>Copy to a file ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Copy to a folder ...</source>
        <translation>Copy to a folder ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Put back from a file ...</source>
        <translation>Put back from a file ...</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Put back from a folder ...</source>
        <translation>Put back from a folder ...</translation>
    </message>
    <message>
        <location line="+15"/>
        <location line="+64"/>
        <source>Make a sealed copy of the memory</source>
        <translation>Make a sealed copy of the memory</translation>
    </message>
    <message>
        <location line="-55"/>
        <source>Nothing opens the copy without its passphrase, and nobody can bring a lost one back. Keep it where you find it again.</source>
        <translation>Nothing opens the copy without its passphrase, and nobody can bring a lost one back. Keep it where you find it again.</translation>
    </message>
    <message>
        <location line="+3"/>
        <location line="+2"/>
        <source>With the files of the projects</source>
        <translation>With the files of the projects</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Their whole histories; the copy becomes larger.</source>
        <translation>Their whole histories; the copy becomes larger.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>The same once more</source>
        <translation>The same once more</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The two passphrases are not the same.</source>
        <translation>The two passphrases are not the same.</translation>
    </message>
    <message>
        <location line="+5"/>
        <location line="+26"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="-25"/>
        <source>Make the copy</source>
        <translation>Make the copy</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Replace the memory with this copy?</source>
        <translation>Replace the memory with this copy?</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>The copy is opened and checked first; if anything is wrong with it, nothing is changed. Then chats and documents are what they were when the copy was made, and so are the files of projects if the copy holds them. The memory as it is now is kept as a backup. What is being worked on stops, and MultiCoder starts anew.</source>
        <translation>The copy is opened and checked first; if anything is wrong with it, nothing is changed. Then chats and documents are what they were when the copy was made, and so are the files of projects if the copy holds them. The memory as it is now is kept as a backup. What is being worked on stops, and MultiCoder starts anew.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Passphrase of the copy</source>
        <translation>Passphrase of the copy</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Replace the memory</source>
        <translation>Replace the memory</translation>
    </message>
    <message>
        <location line="+11"/>
        <location line="+25"/>
        <source>Sealed copies (*.mcmemory)</source>
        <translation>Sealed copies (*.mcmemory)</translation>
    </message>
    <message>
        <location line="-12"/>
        <source>A folder for sealed copies</source>
        <translation>A folder for sealed copies</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Choose a sealed copy</source>
        <translation>Choose a sealed copy</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>All files (*)</source>
        <translation>All files (*)</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Choose a folder of sealed copies</source>
        <translation>Choose a folder of sealed copies</translation>
    </message>
</context>
<context>
    <name>SearchDialog</name>
    <message>
        <location filename="../qml/shell/SearchDialog.qml" line="+113"/>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <location line="-37"/>
        <location line="+18"/>
        <source>Search chats and documents</source>
        <translation>Search chats and documents</translation>
    </message>
    <message>
        <location line="-6"/>
        <source>Search chats and documents…</source>
        <translation>Search chats and documents…</translation>
    </message>
    <message>
        <location line="+52"/>
        <source>Found</source>
        <translation>Found</translation>
    </message>
    <message>
        <location line="+6"/>
        <location line="+0"/>
        <source>New chat</source>
        <translation>New chat</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Nothing found.</source>
        <translation>Nothing found.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Looking through the archive …</source>
        <translation>Looking through the archive …</translation>
    </message>
</context>
<context>
    <name>SearchRow</name>
    <message>
        <location filename="../qml/shell/SearchRow.qml" line="+24"/>
        <source>Project %1</source>
        <translation>Project %1</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <location filename="../qml/controls/SecretField.qml" line="+33"/>
        <source>Hide what is typed</source>
        <translation>Hide what is typed</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Show what is typed</source>
        <translation>Show what is typed</translation>
    </message>
</context>
<context>
    <name>ShelfMenu</name>
    <message>
        <location filename="../qml/shell/ShelfMenu.qml" line="+20"/>
        <source>New chat in this project</source>
        <translation>New chat in this project</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Rename</source>
        <translation>Rename</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>ShelfRow</name>
    <message>
        <location filename="../qml/shell/ShelfRow.qml" line="+27"/>
        <source>Options of the project %1</source>
        <translation>Options of the project %1</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Name of the project</source>
        <translation>Name of the project</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Project %1</source>
        <translation>Project %1</translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>open</source>
        <translation>open</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>closed</source>
        <translation>closed</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>New chat in the project %1</source>
        <translation>New chat in the project %1</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <location filename="../qml/shell/Shell.qml" line="+183"/>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <location filename="../qml/shell/Shortcuts.qml" line="+12"/>
        <source>New chat</source>
        <translation>New chat</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Search chats</source>
        <translation>Search chats</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Delete this chat</source>
        <translation>Delete this chat</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Find in this chat</source>
        <translation>Find in this chat</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Copy the last answer</source>
        <translation>Copy the last answer</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Copy the last block of code</source>
        <translation>Copy the last block of code</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Next turn</source>
        <translation>Next turn</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Previous turn</source>
        <translation>Previous turn</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Go to the message field</source>
        <translation>Go to the message field</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Add files</source>
        <translation>Add files</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Stop the run</source>
        <translation>Stop the run</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Approve the card in focus</source>
        <translation>Approve the card in focus</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Modify the card in focus</source>
        <translation>Modify the card in focus</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Reject the card in focus</source>
        <translation>Reject the card in focus</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Open or close the sidebar</source>
        <translation>Open or close the sidebar</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>System board</source>
        <translation>System board</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Next part of the window</source>
        <translation>Next part of the window</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Previous part of the window</source>
        <translation>Previous part of the window</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Larger</source>
        <translation>Larger</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Smaller</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Normal size</source>
        <translation>Normal size</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Keyboard shortcuts</source>
        <translation>Keyboard shortcuts</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <location filename="../qml/shell/ShortcutsDialog.qml" line="+12"/>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Writing</source>
        <translation>Writing</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Cards that ask you</source>
        <translation>Cards that ask you</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Window</source>
        <translation>Window</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Keyboard shortcuts</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <location line="+69"/>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>SidebarPanel</name>
    <message>
        <location filename="../qml/shell/SidebarPanel.qml" line="+21"/>
        <source>Sidebar</source>
        <translation>Sidebar</translation>
    </message>
    <message>
        <location line="+14"/>
        <location line="+29"/>
        <source>New chat</source>
        <translation>New chat</translation>
    </message>
    <message>
        <location line="-20"/>
        <source>Close sidebar</source>
        <translation>Close sidebar</translation>
    </message>
    <message>
        <location line="+28"/>
        <source>Search chats</source>
        <translation>Search chats</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Library</source>
        <translation>Library</translation>
    </message>
    <message>
        <location line="+41"/>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
</context>
<context>
    <name>SidebarRow</name>
    <message>
        <location filename="../qml/shell/SidebarRow.qml" line="+30"/>
        <source>working</source>
        <translation>working</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>waits for you</source>
        <translation>waits for you</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>paused</source>
        <translation>paused</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>unread</source>
        <translation>unread</translation>
    </message>
</context>
<context>
    <name>SignInBox</name>
    <message>
        <location filename="../qml/drawer/SignInBox.qml" line="+22"/>
        <source>Sign in with %1</source>
        <translation>Sign in with %1</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Your browser asks whether MultiCoder may use your account. This goes on by itself as soon as you have agreed there.</source>
        <translation>Your browser asks whether MultiCoder may use your account. This goes on by itself as soon as you have agreed there.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Show the page again</source>
        <translation>Show the page again</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>SourceDialog</name>
    <message>
        <location filename="../qml/shell/SourceDialog.qml" line="+78"/>
        <source>Line %1 of %2</source>
        <translation>Line %1 of %2</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Lines %1 to %2 of %3</source>
        <translation>Lines %1 to %2 of %3</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <location line="+58"/>
        <source>Lines of %1</source>
        <translation>Lines of %1</translation>
    </message>
    <message>
        <location line="+26"/>
        <source>Line %1: %2</source>
        <translation>Line %1: %2</translation>
    </message>
</context>
<context>
    <name>SourceLine</name>
    <message>
        <location filename="../qml/thread/SourceLine.qml" line="+31"/>
        <source>Source %1</source>
        <translation>Source %1</translation>
    </message>
    <message>
        <location line="+73"/>
        <source>Careful: letters of different alphabets that look alike: %1</source>
        <translation>Careful: letters of different alphabets that look alike: %1</translation>
    </message>
    <message>
        <location line="+31"/>
        <source>Open the kept copy, %1</source>
        <translation>Open the kept copy, %1</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <location filename="../memory/sources.py" line="+58"/>
        <source>%1 names no line.</source>
        <translation>%1 names no line.</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>The source %1 cannot be opened.</source>
        <translation>The source %1 cannot be opened.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>%1 was forgotten: %2</source>
        <translation>%1 was forgotten: %2</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>%1 has no line %2; it has %3.</source>
        <translation>%1 has no line %2; it has %3.</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Put right by %1</source>
        <translation>Put right by %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Puts right %1</source>
        <translation>Puts right %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Commit %1</source>
        <translation>Commit %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Text of %1</source>
        <translation>Text of %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Its text: %1</source>
        <translation>Its text: %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Out of %1</source>
        <translation>Out of %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Holds %1</source>
        <translation>Holds %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Newer than %1</source>
        <translation>Newer than %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Older than %1</source>
        <translation>Older than %1</translation>
    </message>
</context>
<context>
    <name>SourcesRow</name>
    <message>
        <location filename="../qml/thread/SourcesRow.qml" line="+23"/>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>Show less</source>
        <translation>Show less</translation>
    </message>
    <message numerus="yes">
        <location line="+0"/>
        <source>Show all %n</source>
        <translation>
            <numerusform>Show all %n</numerusform>
            <numerusform>Show all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Spark</name>
    <message>
        <location filename="../qml/drawer/Spark.qml" line="+18"/>
        <source>Last looks: %1 to %2 ms</source>
        <translation>Last looks: %1 to %2 ms</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>No looks yet</source>
        <translation>No looks yet</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>min %1 ms, max %2 ms</source>
        <translation>min %1 ms, max %2 ms</translation>
    </message>
</context>
<context>
    <name>Starters</name>
    <message>
        <location filename="../qml/shell/Starters.qml" line="+12"/>
        <source>Build a program</source>
        <translation>Build a program</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Build a program that </source>
        <translation>Build a program that </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Review a project (zip)</source>
        <translation>Review a project (zip)</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Review the attached project: what does it do, what is wrong, what would you change?</source>
        <translation>Review the attached project: what does it do, what is wrong, what would you change?</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Fix an error</source>
        <translation>Fix an error</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>I get this error: </source>
        <translation>I get this error: </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Ask a question</source>
        <translation>Ask a question</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Explain to me </source>
        <translation>Explain to me </translation>
    </message>
</context>
<context>
    <name>StateBanner</name>
    <message>
        <location filename="../qml/drawer/StateBanner.qml" line="+18"/>
        <source>%1 since %2</source>
        <translation>%1 since %2</translation>
    </message>
    <message>
        <location line="+25"/>
        <source>since %1</source>
        <translation>since %1</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Look at everything now</source>
        <translation>Look at everything now</translation>
    </message>
</context>
<context>
    <name>StateLine</name>
    <message>
        <location filename="../qml/shell/StateLine.qml" line="+67"/>
        <source>The engine does not start.</source>
        <translation>The engine does not start.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>What you write here is kept. Try again; if that does not help, start the program anew.</source>
        <translation>What you write here is kept. Try again; if that does not help, start the program anew.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>The engine was restarted. Your work goes on where it was…</source>
        <translation>The engine was restarted. Your work goes on where it was…</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Starting the engine…</source>
        <translation>Starting the engine…</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Retry</source>
        <translation>Retry</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Start</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>StatusWord</name>
    <message>
        <location filename="../qml/cards/StatusWord.qml" line="+12"/>
        <location line="+0"/>
        <source>waiting</source>
        <translation>waiting</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+0"/>
        <source>working</source>
        <translation>working</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>writing</source>
        <translation>writing</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>tests</source>
        <translation>tests</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>review</source>
        <translation>review</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>fixing</source>
        <translation>fixing</translation>
    </message>
    <message>
        <location line="+1"/>
        <location line="+0"/>
        <location line="+0"/>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>unchanged</source>
        <translation>unchanged</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>built</source>
        <translation>built</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>interrupted</source>
        <translation>interrupted</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>stuck</source>
        <translation>stuck</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>failed</source>
        <translation>failed</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>cancelled</source>
        <translation>cancelled</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>paused</source>
        <translation>paused</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>waits for you</source>
        <translation>waits for you</translation>
    </message>
</context>
<context>
    <name>SubHead</name>
    <message>
        <location filename="../qml/drawer/SubHead.qml" line="+23"/>
        <source>Back</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>SystemLight</name>
    <message>
        <location filename="../qml/shell/SystemLight.qml" line="+11"/>
        <source>All systems work</source>
        <translation>All systems work</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A system needs attention</source>
        <translation>A system needs attention</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>A system has failed</source>
        <translation>A system has failed</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The systems&apos; state is not known yet</source>
        <translation>The systems&apos; state is not known yet</translation>
    </message>
</context>
<context>
    <name>SystemPage</name>
    <message>
        <location filename="../qml/drawer/SystemPage.qml" line="+30"/>
        <source>Systems</source>
        <translation>Systems</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>The engine has not told anything yet.</source>
        <translation>The engine has not told anything yet.</translation>
    </message>
</context>
<context>
    <name>SystemSheet</name>
    <message>
        <location filename="../qml/drawer/SystemSheet.qml" line="+49"/>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <location line="+28"/>
        <source>%1 since %2</source>
        <translation>%1 since %2</translation>
    </message>
    <message>
        <location line="+32"/>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Looked at every %1 s. A look that takes longer than %2 s is a fault; after %3 s without one there is “No data”. It gets worse at once and better after three good looks.</source>
        <translation>Looked at every %1 s. A look that takes longer than %2 s is a fault; after %3 s without one there is “No data”. It gets worse at once and better after three good looks.</translation>
    </message>
    <message>
        <location line="+8"/>
        <location line="+70"/>
        <source>Restart</source>
        <translation>Restart</translation>
    </message>
    <message>
        <location line="-64"/>
        <source>Look now</source>
        <translation>Look now</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Last events</source>
        <translation>Last events</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Nothing has happened to this system yet.</source>
        <translation>Nothing has happened to this system yet.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Nothing has happened since the list was cleared.</source>
        <translation>Nothing has happened since the list was cleared.</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Show older</source>
        <translation>Show older</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Clear this list</source>
        <translation>Clear this list</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Show all</source>
        <translation>Show all</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>Clearing hides what happened so far from this list only. The journal is proof and keeps everything.</source>
        <translation>Clearing hides what happened so far from this list only. The journal is proof and keeps everything.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Restart while tasks run?</source>
        <translation>Restart while tasks run?</translation>
    </message>
    <message numerus="yes">
        <location line="+5"/>
        <source>%n task(s) are running. What is finished is kept; a task that needs this system waits until it is back.</source>
        <translation>
            <numerusform>%n task is running. What is finished is kept; if it needs this system, it waits until that is back.</numerusform>
            <numerusform>%n tasks are running. What is finished is kept; a task that needs this system waits until it is back.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>TableBlock</name>
    <message numerus="yes">
        <location filename="../qml/thread/blocks/TableBlock.qml" line="+47"/>
        <source>Table with %n rows</source>
        <translation>
            <numerusform>Table with %n row</numerusform>
            <numerusform>Table with %n rows</numerusform>
        </translation>
    </message>
    <message>
        <location line="+77"/>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Copy table</source>
        <translation>Copy table</translation>
    </message>
    <message numerus="yes">
        <location line="+25"/>
        <source>Show all %n rows</source>
        <translation>
            <numerusform>Show the %n row</numerusform>
            <numerusform>Show all %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <location filename="../qml/cards/TaskRow.qml" line="+69"/>
        <source>Sooner</source>
        <translation>Sooner</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Resume</source>
        <translation>Resume</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Again</source>
        <translation>Again</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>The guard stopped this. Why may it go on?</source>
        <translation>The guard stopped this. Why may it go on?</translation>
    </message>
</context>
<context>
    <name>TasksPopover</name>
    <message>
        <location filename="../qml/cards/TasksPopover.qml" line="+35"/>
        <source>Tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Nothing is being worked on. What you ask for appears here.</source>
        <translation>Nothing is being worked on. What you ask for appears here.</translation>
    </message>
</context>
<context>
    <name>Team</name>
    <message>
        <location filename="../shell/team.py" line="+44"/>
        <source>My providers</source>
        <translation>My providers</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Your providers in their order, with the models you wished for</source>
        <translation>Your providers in their order, with the models you wished for</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Thorough</source>
        <translation>Thorough</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>The strongest models; two of them write each module</source>
        <translation>The strongest models; two of them write each module</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Fast</source>
        <translation>Fast</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quick models, on machines built for speed where you have any</source>
        <translation>Quick models, on machines built for speed where you have any</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Cheap</source>
        <translation>Cheap</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Inexpensive models for everything</source>
        <translation>Inexpensive models for everything</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Russian</source>
        <translation>Russian</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Only providers that work and bill in Russia</source>
        <translation>Only providers that work and bill in Russia</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Demo team</source>
        <translation>Demo team</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Scripted, no AI and no key: the whole way on sample tasks</source>
        <translation>Scripted, no AI and no key: the whole way on sample tasks</translation>
    </message>
</context>
<context>
    <name>TeamPage</name>
    <message>
        <location filename="../qml/drawer/TeamPage.qml" line="+17"/>
        <location line="+10"/>
        <source>Team of new chats</source>
        <translation>Team of new chats</translation>
    </message>
    <message>
        <location line="-7"/>
        <source>MULTICODER_TEAM in the environment of this window says which one it is.</source>
        <translation>MULTICODER_TEAM in the environment of this window says which one it is.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Each chat can take another one: beside the name MultiCoder at the top.</source>
        <translation>Each chat can take another one: beside the name MultiCoder at the top.</translation>
    </message>
    <message>
        <location line="+21"/>
        <source>Who does what</source>
        <translation>Who does what</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Providers and keys</source>
        <translation>Providers and keys</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>A role for which you wish nothing takes your providers in their order.</source>
        <translation>A role for which you wish nothing takes your providers in their order.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>This team chooses by itself. What you wish for holds for “My providers”.</source>
        <translation>This team chooses by itself. What you wish for holds for “My providers”.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>At the same time</source>
        <translation>At the same time</translation>
    </message>
</context>
<context>
    <name>ThinkingRow</name>
    <message>
        <location filename="../qml/thread/ThinkingRow.qml" line="+19"/>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 m %2 s</source>
        <translation>%1 m %2 s</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 h %2 m</source>
        <translation>%1 h %2 m</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Thinking</source>
        <translation>Thinking</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Worked for %1</source>
        <translation>Worked for %1</translation>
    </message>
</context>
<context>
    <name>Thread</name>
    <message>
        <location filename="../qml/thread/Thread.qml" line="+79"/>
        <source>The line is on screen.</source>
        <translation>The line is on screen.</translation>
    </message>
    <message>
        <location line="+51"/>
        <source>The answer is being written.</source>
        <translation>The answer is being written.</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>The answer is complete.</source>
        <translation>The answer is complete.</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Conversation</source>
        <translation>Conversation</translation>
    </message>
    <message>
        <location line="+136"/>
        <source>To the end</source>
        <translation>To the end</translation>
    </message>
</context>
<context>
    <name>ToolPill</name>
    <message>
        <location filename="../qml/composer/ToolPill.qml" line="+18"/>
        <source>Take back: %1</source>
        <translation>Take back: %1</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <location filename="../settings/transfer.py" line="+39"/>
        <source>The two passphrases are not the same.</source>
        <translation>The two passphrases are not the same.</translation>
    </message>
    <message numerus="yes">
        <location line="+32"/>
        <source>Written, with %n key(s).</source>
        <translation>
            <numerusform>Written, with %n key.</numerusform>
            <numerusform>Written, with %n keys.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Written, without keys.</source>
        <translation>Written, without keys.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Added: %1.</source>
        <translation>Added: %1.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Replaced: %1.</source>
        <translation>Replaced: %1.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Already here and kept as they are: %1.</source>
        <translation>Already here and kept as they are: %1.</translation>
    </message>
    <message numerus="yes">
        <location line="+4"/>
        <source>%n key(s) came along.</source>
        <translation>
            <numerusform>%n key came along.</numerusform>
            <numerusform>%n keys came along.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There was no provider in the file.</source>
        <translation>There was no provider in the file.</translation>
    </message>
</context>
<context>
    <name>TransferPart</name>
    <message>
        <location filename="../qml/drawer/TransferPart.qml" line="+29"/>
        <source>Dismiss</source>
        <translation>Dismiss</translation>
    </message>
    <message>
        <location line="+13"/>
        <location line="+28"/>
        <source>Export the providers</source>
        <translation>Export the providers</translation>
    </message>
    <message>
        <location line="-24"/>
        <location line="+2"/>
        <source>With the keys</source>
        <translation>With the keys</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Sealed by a passphrase. Without them the file holds no secrets.</source>
        <translation>Sealed by a passphrase. Without them the file holds no secrets.</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>The same once more</source>
        <translation>The same once more</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The two passphrases are not the same.</source>
        <translation>The two passphrases are not the same.</translation>
    </message>
    <message>
        <location line="+3"/>
        <location line="+35"/>
        <location line="+31"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="-65"/>
        <location line="+35"/>
        <source>Choose a file…</source>
        <translation>Choose a file…</translation>
    </message>
    <message>
        <location line="-24"/>
        <source>Zip files (*.zip)</source>
        <translation>Zip files (*.zip)</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Lists of providers (*.toml)</source>
        <translation>Lists of providers (*.toml)</translation>
    </message>
    <message>
        <location line="+14"/>
        <location line="+18"/>
        <source>Import providers</source>
        <translation>Import providers</translation>
    </message>
    <message>
        <location line="-14"/>
        <location line="+2"/>
        <source>Replace those that are here already</source>
        <translation>Replace those that are here already</translation>
    </message>
    <message>
        <location line="-1"/>
        <source>Otherwise they stay as they are, and only new ones are added.</source>
        <translation>Otherwise they stay as they are, and only new ones are added.</translation>
    </message>
    <message>
        <location line="+14"/>
        <source>Exported providers (*.toml *.zip)</source>
        <translation>Exported providers (*.toml *.zip)</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>All files (*)</source>
        <translation>All files (*)</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>This file holds keys</source>
        <translation>This file holds keys</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Passphrase of the file</source>
        <translation>Passphrase of the file</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>Import</source>
        <translation>Import</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <location filename="../desktop/tray.py" line="+98"/>
        <source>Show MultiCoder</source>
        <translation>Show MultiCoder</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
</context>
<context>
    <name>TrialPart</name>
    <message>
        <location filename="../qml/cards/TrialPart.qml" line="+22"/>
        <source>It ended by itself after %1 s with exit code %2.</source>
        <translation>It ended by itself after %1 s with exit code %2.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It was still running after %1 s and was stopped; it may wait for input nobody gives here.</source>
        <translation>It was still running after %1 s and was stopped; it may wait for input nobody gives here.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It was stopped because its output never ended.</source>
        <translation>It was stopped because its output never ended.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It broke off after %1 s.</source>
        <translation>It broke off after %1 s.</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>It was stopped.</source>
        <translation>It was stopped.</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>It opened the window “%1” on a screen of its own; it was closed when its picture was taken.</source>
        <translation>It opened the window “%1” on a screen of its own; it was closed when its picture was taken.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It opened no window that stayed. %1</source>
        <translation>It opened no window that stayed. %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>It answered as a server: %1.</source>
        <translation>It answered as a server: %1.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>No server answered. %1</source>
        <translation>No server answered. %1</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The page as a browser draws it here.</source>
        <translation>The page as a browser draws it here.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There is no browser on this computer that could draw the page in the sandbox.</source>
        <translation>There is no browser on this computer that could draw the page in the sandbox.</translation>
    </message>
    <message>
        <location line="+16"/>
        <source>Running in the sandbox: no network, none of your files, a minute at most</source>
        <translation>Running in the sandbox: no network, none of your files, a minute at most</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Stop the trial</source>
        <translation>Stop the trial</translation>
    </message>
    <message>
        <location line="+24"/>
        <source>Close the trial</source>
        <translation>Close the trial</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>The program as it looks in the sandbox</source>
        <translation>The program as it looks in the sandbox</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Only the end of its output is shown.</source>
        <translation>Only the end of its output is shown.</translation>
    </message>
</context>
<context>
    <name>TurnEditor</name>
    <message>
        <location filename="../qml/thread/TurnEditor.qml" line="+53"/>
        <source>Edit your message</source>
        <translation>Edit your message</translation>
    </message>
    <message>
        <location line="+20"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Send</source>
        <translation>Send</translation>
    </message>
</context>
<context>
    <name>TwoTicks</name>
    <message>
        <location filename="../qml/cards/TwoTicks.qml" line="+13"/>
        <source>agrees</source>
        <translation>agrees</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>refuses</source>
        <translation>refuses</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>has doubts</source>
        <translation>has doubts</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>not decided</source>
        <translation>not decided</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>You</source>
        <translation>You</translation>
    </message>
</context>
<context>
    <name>Unfinished</name>
    <message>
        <location filename="../qml/shell/Unfinished.qml" line="+16"/>
        <source>waits for you</source>
        <translation>waits for you</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>working</source>
        <translation>working</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>paused</source>
        <translation>paused</translation>
    </message>
</context>
<context>
    <name>UploadCard</name>
    <message numerus="yes">
        <location filename="../qml/cards/UploadCard.qml" line="+18"/>
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Some of it is locked with a password.</source>
        <translation>Some of it is locked with a password.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Unpacked it is far larger than it looks.</source>
        <translation>Unpacked it is far larger than it looks.</translation>
    </message>
    <message numerus="yes">
        <location line="+2"/>
        <source>%n name(s) lead out of the project&apos;s folder.</source>
        <translation>
            <numerusform>%n name leads out of the project&apos;s folder.</numerusform>
            <numerusform>%n names lead out of the project&apos;s folder.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Project</source>
        <translation>Project</translation>
    </message>
    <message>
        <location line="+55"/>
        <source>Build and run</source>
        <translation>Build and run</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Nothing is started before you approved it.</source>
        <translation>Nothing is started before you approved it.</translation>
    </message>
</context>
<context>
    <name>UserTurn</name>
    <message>
        <location filename="../qml/thread/UserTurn.qml" line="+49"/>
        <source>You wrote: %1</source>
        <translation>You wrote: %1</translation>
    </message>
</context>
<context>
    <name>VaultBar</name>
    <message>
        <location filename="../qml/shell/VaultBar.qml" line="+14"/>
        <source>A run waits: the key it needs is in the key vault, which is locked.</source>
        <translation>A run waits: the key it needs is in the key vault, which is locked.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Unlock…</source>
        <translation>Unlock…</translation>
    </message>
</context>
<context>
    <name>VaultDialog</name>
    <message>
        <location filename="../qml/drawer/VaultDialog.qml" line="+36"/>
        <source>Create a key vault</source>
        <translation>Create a key vault</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Change the passphrase</source>
        <translation>Change the passphrase</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Unlock the key vault</source>
        <translation>Unlock the key vault</translation>
    </message>
    <message>
        <location line="+12"/>
        <source>Nothing opens the vault without its passphrase, and nobody can restore it. Keep it where you find it again.</source>
        <translation>Nothing opens the vault without its passphrase, and nobody can restore it. Keep it where you find it again.</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>Passphrase so far</source>
        <translation>Passphrase so far</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>New passphrase</source>
        <translation>New passphrase</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>The same once more</source>
        <translation>The same once more</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>Create</source>
        <translation>Create</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Unlock</source>
        <translation>Unlock</translation>
    </message>
</context>
<context>
    <name>VaultNotice</name>
    <message>
        <location filename="../qml/drawer/VaultNotice.qml" line="+19"/>
        <source>The key storage of this computer cannot be used. Keys can be kept in an encrypted file instead, which is opened with a passphrase; they are never written down unencrypted.</source>
        <translation>The key storage of this computer cannot be used. Keys can be kept in an encrypted file instead, which is opened with a passphrase; they are never written down unencrypted.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Create a key vault…</source>
        <translation>Create a key vault…</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>The key vault is locked. Keys in it cannot be used before it is unlocked.</source>
        <translation>The key vault is locked. Keys in it cannot be used before it is unlocked.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Unlock…</source>
        <translation>Unlock…</translation>
    </message>
    <message numerus="yes">
        <location line="+6"/>
        <source>The key vault is unlocked until the engine ends; it holds %n key(s).</source>
        <translation>
            <numerusform>The key vault is unlocked until the engine ends; it holds %n key.</numerusform>
            <numerusform>The key vault is unlocked until the engine ends; it holds %n keys.</numerusform>
        </translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Lock</source>
        <translation>Lock</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Change the passphrase…</source>
        <translation>Change the passphrase…</translation>
    </message>
</context>
<context>
    <name>VerdictPart</name>
    <message>
        <location filename="../qml/cards/VerdictPart.qml" line="+16"/>
        <source>Why</source>
        <translation>Why</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Risks and reasons</source>
        <translation>Risks and reasons</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Rule</source>
        <translation>Rule</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Can it be done</source>
        <translation>Can it be done</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Recommended</source>
        <translation>Recommended</translation>
    </message>
</context>
<context>
    <name>VersionRow</name>
    <message>
        <location filename="../qml/cards/VersionRow.qml" line="+20"/>
        <source>version %1 again</source>
        <translation>version %1 again</translation>
    </message>
    <message numerus="yes">
        <location line="+3"/>
        <source>%n test(s) passed</source>
        <translation>
            <numerusform>%n test passed</numerusform>
            <numerusform>%n tests passed</numerusform>
        </translation>
    </message>
    <message>
        <location line="+2"/>
        <source>the file was moved</source>
        <translation>the file was moved</translation>
    </message>
    <message>
        <location line="+15"/>
        <source>Compare version %1</source>
        <translation>Compare version %1</translation>
    </message>
    <message>
        <location line="+31"/>
        <source>Version %1, the newest</source>
        <translation>Version %1, the newest</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Restore</source>
        <translation>Restore</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Restore version %1</source>
        <translation>Restore version %1</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <location filename="../qml/cards/VersionsDialog.qml" line="+15"/>
        <source>Versions of %1</source>
        <translation>Versions of %1</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <location line="+26"/>
        <source>Two ticks show the difference. Restoring makes a new version; nothing is lost.</source>
        <translation>Two ticks show the difference. Restoring makes a new version; nothing is lost.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>There is only what was delivered first.</source>
        <translation>There is only what was delivered first.</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>One moment ...</source>
        <translation>One moment ...</translation>
    </message>
    <message>
        <location line="+22"/>
        <source>The source files of these two versions are the same.</source>
        <translation>The source files of these two versions are the same.</translation>
    </message>
    <message>
        <location line="+13"/>
        <source>%1 (new)</source>
        <translation>%1 (new)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 (removed)</source>
        <translation>%1 (removed)</translation>
    </message>
    <message>
        <location line="+7"/>
        <source>This file is too long to be compared here.</source>
        <translation>This file is too long to be compared here.</translation>
    </message>
    <message numerus="yes">
        <location line="+15"/>
        <source>Show %n more file(s)</source>
        <translation>
            <numerusform>Show %n more file</numerusform>
            <numerusform>Show %n more files</numerusform>
        </translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Deliver version %1 again, exactly as it was, as version %2? Later changes begin from it; versions in between stay.</source>
        <translation>Deliver version %1 again, exactly as it was, as version %2? Later changes begin from it; versions in between stay.</translation>
    </message>
    <message>
        <location line="+17"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Restore version %1</source>
        <translation>Restore version %1</translation>
    </message>
</context>
<context>
    <name>WaitingDot</name>
    <message>
        <location filename="../qml/thread/WaitingDot.qml" line="+20"/>
        <source>Waiting for the answer</source>
        <translation>Waiting for the answer</translation>
    </message>
</context>
<context>
    <name>WebUse</name>
    <message>
        <location filename="../composer/chat_option.py" line="+12"/>
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Nothing is looked up</source>
        <translation>Nothing is looked up</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Ask first</source>
        <translation>Ask first</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>You are shown what would be sent</source>
        <translation>You are shown what would be sent</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>On</source>
        <translation>On</translation>
    </message>
    <message>
        <location line="+0"/>
        <source>Looked up where it helps; downloads always ask</source>
        <translation>Looked up where it helps; downloads always ask</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <location filename="../qml/shell/Welcome.qml" line="+63"/>
        <source>Welcome to MultiCoder</source>
        <translation>Welcome to MultiCoder</translation>
    </message>
    <message>
        <location line="+9"/>
        <source>Say in a sentence what you need. A team of models plans it, asks you, writes it, tests it and hands you a finished program.</source>
        <translation>Say in a sentence what you need. A team of models plans it, asks you, writes it, tests it and hands you a finished program.</translation>
    </message>
    <message>
        <location line="+6"/>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <location line="+10"/>
        <source>Appearance</source>
        <translation>Appearance</translation>
    </message>
    <message>
        <location line="+4"/>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Black</source>
        <translation>Black</translation>
    </message>
    <message>
        <location line="+19"/>
        <source>Add another provider with its key</source>
        <translation>Add another provider with its key</translation>
    </message>
    <message>
        <location line="+11"/>
        <source>Try the demo team (no key, no AI)</source>
        <translation>Try the demo team (no key, no AI)</translation>
    </message>
    <message>
        <location line="+3"/>
        <source>Build a calculator with buttons for the four operations</source>
        <translation>Build a calculator with buttons for the four operations</translation>
    </message>
    <message>
        <location line="+8"/>
        <source>Look round first</source>
        <translation>Look round first</translation>
    </message>
</context>
<context>
    <name>groups</name>
    <message>
        <location filename="../settings/presets.py" line="+8"/>
        <source>Routers</source>
        <translation>Routers</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Makers of models</source>
        <translation>Makers of models</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Russian providers</source>
        <translation>Russian providers</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>On your own computers</source>
        <translation>On your own computers</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Web chats</source>
        <translation>Web chats</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Other</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>hosts</name>
    <message>
        <location line="+8"/>
        <source>Worldwide</source>
        <translation>Worldwide</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>China</source>
        <translation>China</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Hong Kong</source>
        <translation>Hong Kong</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Singapore</source>
        <translation>Singapore</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>USA</source>
        <translation>USA</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>Coding plan</source>
        <translation>Coding plan</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>For persons (GIGACHAT_API_PERS)</source>
        <translation>For persons (GIGACHAT_API_PERS)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>For companies, prepaid (GIGACHAT_API_B2B)</source>
        <translation>For companies, prepaid (GIGACHAT_API_B2B)</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>For companies, by contract (GIGACHAT_API_CORP)</source>
        <translation>For companies, by contract (GIGACHAT_API_CORP)</translation>
    </message>
</context>
<context>
    <name>moments</name>
    <message>
        <location filename="../board/moments.py" line="+18"/>
        <source>now</source>
        <translation>now</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 s ago</source>
        <translation>%1 s ago</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 min ago</source>
        <translation>%1 min ago</translation>
    </message>
    <message>
        <location line="+2"/>
        <source>%1 h ago</source>
        <translation>%1 h ago</translation>
    </message>
    <message>
        <location line="+1"/>
        <source>%1 d ago</source>
        <translation>%1 d ago</translation>
    </message>
    <message>
        <location line="+5"/>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
</context>
</TS>
