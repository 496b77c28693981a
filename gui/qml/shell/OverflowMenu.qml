import QtQuick
import "../theme"
import "../controls"

/* What can be done with the open chat. */
PopupMenu {
    id: menu

    required property Item shell

    objectName: "overflowMenu"
    MenuEntry {
        iconName: "edit"
        text: qsTr("Rename")
        onTriggered: menu.shell.askRename()
    }
    MoveMenu {
        objectName: "overflowMove"
        shell: menu.shell
        sessionId: App.chats.current
        shelf: App.chats.currentShelf
    }
    MenuEntry {
        iconName: "search"
        text: qsTr("Find in this chat")
        shortcutText: menu.shell.keyText("find")
        onTriggered: menu.shell.findInChat()
    }
    MenuEntry {
        iconName: "list"
        text: qsTr("Tasks")
        onTriggered: menu.shell.openTasks()
    }
    MenuEntry {
        iconName: "report"
        text: qsTr("Export…")
        onTriggered: menu.shell.openDrawer("reports")
    }
    MenuEntry {
        iconName: "archive"
        text: qsTr("Archive")
        onTriggered: menu.shell.archiveCurrent()
    }
    MenuLine {}
    MenuEntry {
        iconName: "trash"
        dangerous: true
        text: qsTr("Delete")
        shortcutText: menu.shell.keyText("delete")
        onTriggered: menu.shell.askDelete(App.chats.current, App.chats.currentTitle)
    }
}
