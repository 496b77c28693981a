import QtQuick
import "../theme"
import "../controls"

/* What the person wrote: a bubble at the right, what was attached above it; in the same place it is edited. */
Item {
    id: turn

    required property Item row
    readonly property var attachments: row.content.attachments ?? []
    readonly property bool editing: row.thread.editing === row.rowKey
    readonly property real inset: Theme.padding

    implicitHeight: Theme.gapLarge + attached.height + (editing ? editor.height : bubble.height)

    Flow {
        id: attached
        // In the order they were given, together at the right.
        x: parent.width - childrenRect.width
        y: Theme.gapLarge
        width: parent.width
        height: turn.attachments.length > 0 ? implicitHeight + Theme.gap : 0
        visible: turn.attachments.length > 0
        spacing: Theme.gap
        Repeater {
            model: turn.attachments
            AttachedFile {
                required property var modelData
                attachment: modelData
            }
        }
    }
    Rectangle {
        id: bubble
        objectName: "userBubble"
        visible: !turn.editing && words.text !== ""
        anchors.right: parent.right
        y: attached.y + attached.height
        width: words.width + 2 * turn.inset
        height: words.text === "" ? 0 : words.height + 2 * (words.lineCount > 1 ? Theme.gapLarge : Theme.px(6))
        radius: Theme.bubbleRadius
        color: Theme.bubble
        SelectableText {
            id: words
            x: turn.inset
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(Math.ceil(implicitWidth), Math.floor(turn.width * 0.7) - 2 * turn.inset)
            text: turn.row.content.text ?? ""
            Accessible.name: qsTr("You wrote: %1").arg(text)
        }
    }
    Loader {
        id: editor
        active: turn.editing
        y: bubble.y
        width: parent.width
        height: item ? item.implicitHeight : 0
        sourceComponent: TurnEditor {
            row: turn.row
        }
    }
}
