import QtQuick
import "../theme"
import "../controls"

/* One project of the list - a shelf, in code: a press shows or hides the chats on it. */
SidebarRow {
    id: row

    required key
    required property string kind
    required property string title
    required property string shelf
    required property bool open
    required property int count
    required property bool running
    required property bool waits
    required property bool unread

    objectName: "shelfRow"
    words: title
    iconName: open ? "folder-open" : "folder"
    current: chatList.chats.currentShelf === shelf && (!open || chatList.chats.current === "")
    marked: chatList.dragging && chatList.dropShelf === shelf
    working: running
    asking: waits
    fresh: unread
    optionsName: qsTr("Options of the project %1").arg(title)
    renamed: title
    renameName: qsTr("Name of the project")
    longest: 100
    Accessible.name: qsTr("Project %1").arg(title) + ", " + qsTr("%n chat(s)", "", count) + ", "
        + (open ? qsTr("open") : qsTr("closed")) + news
    onTaken: chatList.chats.shelves.toggle(shelf)
    onSaved: text => chatList.chats.shelves.rename(shelf, text)
    buttons: IconButton {
        objectName: "shelfNewChat"
        focusPolicy: Qt.NoFocus
        size: Theme.smallButton
        iconName: "plus"
        colour: Theme.iconSecondary
        text: qsTr("New chat in the project %1").arg(row.title)
        onClicked: row.chatList.shell.newChatOn(row.shelf)
    }
}
