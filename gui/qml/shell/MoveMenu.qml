import QtQuick
import QtQml.Models
import "../theme"
import "../controls"

/* Where a chat can be put: a new project, one of those there are, or none. */
PopupMenu {
    id: moving  // an entry calls its own menu `menu`

    required property Item shell
    property string sessionId
    property string shelf

    objectName: "moveMenu"
    title: qsTr("Move to project")
    iconName: "folder"
    MenuEntry {
        objectName: "moveToNew"
        iconName: "folder-plus"
        text: qsTr("New project…")
        onTriggered: moving.shell.askNewShelf(moving.sessionId)
    }
    Instantiator {
        model: App.chats.shelves.names
        delegate: MenuEntry {
            required property var modelData
            objectName: "moveTo_" + modelData.shelf
            iconName: "folder"
            text: modelData.name
            ticked: moving.shelf === modelData.shelf
            onTriggered: App.chats.shelves.put(moving.sessionId, modelData.shelf)
        }
        onObjectAdded: (index, entry) => moving.insertItem(index + 1, entry)
        onObjectRemoved: (index, entry) => moving.removeItem(entry)
    }
    MenuLine { visible: out.visible }
    MenuEntry {
        id: out
        objectName: "moveOut"
        iconName: "x"
        visible: moving.shelf !== ""
        text: qsTr("Remove from project")
        onTriggered: App.chats.shelves.put(moving.sessionId, "")
    }
}
