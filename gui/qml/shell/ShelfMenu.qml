import QtQuick
import "../theme"
import "../controls"

/* What can be done with one project of the list. */
PopupMenu {
    id: menu

    required property Item shell
    property string shelf
    property string key
    property string name
    property int standing
    signal renameAsked(string key)

    objectName: "shelfMenu"
    MenuEntry {
        objectName: "shelfMenuNew"
        iconName: "pen-square"
        text: qsTr("New chat in this project")
        onTriggered: menu.shell.newChatOn(menu.shelf)
    }
    MenuEntry {
        objectName: "shelfMenuRename"
        iconName: "edit"
        text: qsTr("Rename")
        onTriggered: menu.renameAsked(menu.key)
    }
    MenuLine {}
    MenuEntry {
        objectName: "shelfMenuDelete"
        iconName: "trash"
        dangerous: true
        text: qsTr("Delete")
        onTriggered: menu.shell.askRemoveShelf(menu.shelf, menu.name, menu.standing)
    }
}
