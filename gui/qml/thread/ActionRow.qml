import QtQuick
import "../theme"
import "../controls"

/* What can be done with a message. Its buttons exist only while the message is at hand: most rows never need them. */
Item {
    id: actions

    required property Item row
    readonly property bool wanted: (row.lastTurn && !row.asked) || row.current
    readonly property bool editing: row.thread.editedTurn === row.turn && row.asked

    implicitHeight: Theme.px(40)
    Loader {
        objectName: "actionRow"
        y: Theme.gapSmall
        anchors.right: actions.row.asked ? parent.right : undefined
        anchors.left: actions.row.asked ? undefined : parent.left
        anchors.leftMargin: -Theme.px(6)
        active: opacity > 0
        opacity: actions.wanted && !actions.editing ? 1 : 0
        visible: opacity > 0
        Behavior on opacity { NumberAnimation { duration: Theme.move } }
        sourceComponent: ActionButtons { row: actions.row }
    }
    // Not only while the buttons are shown: it says something of the answer itself.
    OtherModel {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(parent.width - Theme.px(240), Theme.px(22) + natural)
        instead: actions.row.content.instead ?? ""
    }
}
