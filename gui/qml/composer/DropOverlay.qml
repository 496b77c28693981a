import QtQuick
import "../theme"
import "../controls"

/* Laid over the whole window: shows itself while files are dragged over it, and takes them. */
DropArea {
    id: overlay

    /* The page of the memory while it is open: what is dropped there is taken into the memory. */
    property Item memory: null
    readonly property bool remembers: containsDrag && over(drag.x, drag.y)

    function over(x, y) {
        return memory !== null && memory.contains(mapToItem(memory, x, y))
    }

    anchors.fill: parent
    keys: []

    onEntered: drag => drag.accepted = drag.hasUrls || drag.hasText
    onDropped: drop => {
        drop.accept(Qt.CopyAction)
        if (over(drop.x, drop.y)) {
            if (!App.memory.take(drop.hasUrls ? drop.urls : []))
                App.toasts.show(qsTr("Only files and folders of this computer can be taken into the memory."), "error")
        } else if (!App.composer.take(drop.hasUrls ? drop.urls : [], drop.hasText ? drop.text : ""))
            App.toasts.show(qsTr("Only files, folders and text of this computer can be attached."), "error")
    }

    Rectangle {
        objectName: "dropOverlay"
        anchors.fill: parent
        visible: opacity > 0
        opacity: overlay.containsDrag ? 1 : 0
        color: Theme.dropScrim
        Accessible.role: Accessible.Pane
        Accessible.name: invitation.text
        Behavior on opacity { NumberAnimation { duration: Theme.fast } }
        // The words would be lost over those of a conversation.
        Rectangle {
            anchors.centerIn: parent
            width: Math.min(words.width + 2 * Theme.px(40), parent.width - 2 * Theme.padding)
            height: words.height + 2 * Theme.px(28)
            radius: Theme.menuRadius
            color: Theme.tooltip
        }
        Column {
            id: words
            anchors.centerIn: parent
            spacing: Theme.gapLarge
            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "paperclip"
                size: Theme.px(48)
                colour: Theme.dropInk
            }
            Words {
                id: invitation
                anchors.horizontalCenter: parent.horizontalCenter
                text: overlay.remembers ? qsTr("Drop it into the memory") : qsTr("Drop it here")
                font: Theme.fontOf(24, 600)
                color: Theme.dropInk
                lineHeightMode: Text.FixedHeight
                lineHeight: Theme.px(32)
            }
            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                text: overlay.remembers ? qsTr("Files and folders are kept byte for byte") : qsTr("Files, folders and zip projects, up to 50 MB each")
                color: Theme.dropInk
            }
        }
    }
}
