import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The round button at the end of the box: an arrow that sends, or a square that stops. */
Basic.AbstractButton {
    id: button

    property string iconName: "arrow-up"
    property string shortcut
    property string hint
    readonly property real radius: width / 2

    implicitWidth: Theme.buttonSize
    implicitHeight: Theme.buttonSize
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: text
    Accessible.description: hint
    Accessible.role: Accessible.Button
    background: Rectangle {
        radius: button.radius
        color: !button.enabled ? Theme.sendDisabled : button.hovered ? Theme.alpha(Theme.send, 0.8) : Theme.send
        Behavior on color { ColorAnimation { duration: Theme.fast } }
        FocusRing { target: button }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.iconName
            colour: Theme.sendInk
        }
    }
    HoverHandler { id: hover; cursorShape: Qt.PointingHandCursor }
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()
    Tip {
        visible: hover.hovered || button.visualFocus
        text: button.hint || button.text
        shortcut: button.hint ? "" : button.shortcut
        x: (button.width - width) / 2
        y: -height - Theme.gapSmall
    }
}
