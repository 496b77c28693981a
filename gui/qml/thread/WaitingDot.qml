import QtQuick
import "../theme"

/* Nothing of the answer is there yet. */
Item {
    id: waiting

    required property Item row

    implicitHeight: Theme.gapLarge + Theme.proseLine
    Rectangle {
        id: dot
        objectName: "waitingDot"
        y: Theme.gapLarge + (Theme.proseLine - height) / 2
        width: Theme.iconTiny
        height: width
        radius: width / 2
        color: Theme.text
        Accessible.role: Accessible.Animation
        Accessible.name: qsTr("Waiting for the answer")
        SequentialAnimation on scale {
            loops: Animation.Infinite
            running: waiting.visible && waiting.row.shown && !Theme.reduceMotion && waiting.row.thread.awake
            NumberAnimation { from: 1; to: 0.8; duration: 600; easing.type: Easing.InOutSine }
            NumberAnimation { from: 0.8; to: 1; duration: 600; easing.type: Easing.InOutSine }
        }
    }
}
