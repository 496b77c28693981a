import QtQuick
import QtQuick.Controls.Basic as Basic
import "../controls"

/* Where code of an answer can be opened: the editors of this computer, or the folder it lies in. */
PopupMenu {
    id: menu

    property string path

    function openFor(file) {
        path = file
        popup()
    }

    Instantiator {
        model: App.desktop.editors
        delegate: MenuEntry {
            required property var modelData
            text: modelData.name
            iconName: "code"
            onTriggered: App.desktop.openIn(modelData.id, menu.path)
        }
        onObjectAdded: (index, entry) => menu.insertItem(index, entry)
        onObjectRemoved: (index, entry) => menu.removeItem(entry)
    }
    MenuEntry {
        text: qsTr("Show in folder")
        iconName: "folder"
        onTriggered: App.desktop.openFolder(menu.path)
    }
}
