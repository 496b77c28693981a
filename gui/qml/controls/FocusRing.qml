import QtQuick
import "../theme"

/* The ring round what the keyboard is at, as a child of what is to be ringed; the mouse never draws it. */
Rectangle {
    required property Item target

    anchors.fill: parent
    anchors.margins: -Theme.focusWidth
    radius: (target && target.radius !== undefined ? target.radius : Theme.buttonRadius) + Theme.focusWidth
    color: Theme.clear
    border.width: Theme.focusWidth
    border.color: Theme.focus
    visible: target && target.visualFocus === true
}
