import QtQuick
import "../theme"
import "../controls"

/* What can be done with one chat. */
PopupMenu {
    id: menu

    required property Item shell
    property string sessionId
    property string chatTitle
    property bool pinned: false
    property bool archived: false
    property string shelf
    signal renameAsked(string sessionId)

    objectName: "chatMenu"
    MenuEntry {
        objectName: "menuRename"
        iconName: "edit"
        text: qsTr("Rename")
        onTriggered: menu.renameAsked(menu.sessionId)
    }
    MoveMenu {
        shell: menu.shell
        sessionId: menu.sessionId
        shelf: menu.shelf
    }
    MenuEntry {
        objectName: "menuPin"
        iconName: "pin"
        text: menu.pinned ? qsTr("Unpin") : qsTr("Pin")
        onTriggered: App.chats.pin(menu.sessionId, !menu.pinned)
    }
    MenuEntry {
        objectName: "menuArchive"
        iconName: "archive"
        text: menu.archived ? qsTr("Bring back from the archive") : qsTr("Archive")
        onTriggered: App.chats.archive(menu.sessionId, !menu.archived)
    }
    MenuLine {}
    MenuEntry {
        objectName: "menuDelete"
        iconName: "trash"
        dangerous: true
        text: qsTr("Delete")
        onTriggered: menu.shell.askDelete(menu.sessionId, menu.chatTitle)
    }
}
