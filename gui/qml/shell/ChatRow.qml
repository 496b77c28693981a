import QtQuick
import "../theme"

/* One chat of the list; those of a project stand under it, further in. */
SidebarRow {
    id: row

    required key
    required property string kind
    required property string sessionId
    required property string title
    required property string section
    required property bool running
    required property bool waits
    required property bool paused
    required property bool unread
    required property bool archived
    required property bool pinned
    required property string shelf

    objectName: "chatRow"
    words: title || qsTr("New chat")
    indent: section === "shelf" ? Theme.shelfIndent : 0
    current: chatList.chats.current === sessionId
    working: running
    asking: waits
    resting: paused
    fresh: unread
    optionsName: qsTr("Options of the chat %1").arg(words)
    renamed: title
    renameName: qsTr("Title of the chat")
    Accessible.name: words + news
    onTaken: chatList.shell.openChat(sessionId)
    onTakenTwice: chatList.renaming = key
    onSaved: text => chatList.chats.rename(sessionId, text)
}
