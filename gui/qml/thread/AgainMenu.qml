import QtQuick
import QtQuick.Controls.Basic as Basic
import "../controls"

/* The same question once more: of the same team, or with another model as the one that writes. */
PopupMenu {
    id: menu

    required property var conversation
    property int turn: -1

    function offer(number, button) {
        turn = number
        conversation.lookForModels()
        popup(button, 0, button.height)
    }

    objectName: "againMenu"
    MenuEntry {
        objectName: "againSame"
        iconName: "retry"
        text: qsTr("Try again")
        description: qsTr("The same team answers once more")
        onTriggered: menu.conversation.regenerate(menu.turn, "")
    }
    MenuLine { visible: about.visible }
    MenuEntry {
        id: about
        objectName: "againAbout"
        visible: menu.conversation.models.length > 0
        enabled: false
        opacity: 1
        text: qsTr("With another model")
        description: qsTr("It plans, writes and answers this time; your team still judges, reviews and tests")
    }
    Instantiator {
        model: menu.conversation.models
        delegate: MenuEntry {
            required property string modelData
            objectName: "againWith"
            iconName: "edit"
            text: App.desktop.oneLine(modelData)
            Accessible.name: qsTr("Try again with %1").arg(text)
            onTriggered: menu.conversation.regenerate(menu.turn, modelData)
        }
        onObjectAdded: (index, entry) => menu.insertItem(index + 3, entry)
        onObjectRemoved: (index, entry) => menu.removeItem(entry)
    }
}
