import QtQuick
import "../theme"

/* How far something is, 0 to 1; below 0 nobody knows. */
Rectangle {
    id: line

    property real value: 0

    implicitHeight: Theme.px(4)
    radius: height / 2
    color: Theme.tertiary
    Accessible.role: Accessible.ProgressBar
    Accessible.name: Math.round(Math.max(0, value) * 100) + " %"
    Rectangle {
        width: parent.width * Math.max(0, Math.min(1, line.value))
        height: parent.height
        radius: height / 2
        color: Theme.blue
    }
}
