import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* A button that shows only an icon; `text` is its name for the tip and for screen readers. */
Basic.AbstractButton {
    id: button

    property real size: Theme.buttonSize
    property real radius: Theme.buttonRadius
    property real iconSize: Theme.iconSize
    property color colour: Theme.icon
    property color fill: Theme.clear
    property string iconName
    property string shortcut
    property bool tipBeside: false
    property bool checkedLook: false

    implicitWidth: size
    implicitHeight: size
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: text
    Accessible.role: Accessible.Button

    background: Rectangle {
        radius: button.radius
        color: button.fill
        opacity: button.enabled ? 1 : 0.5

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: button.down ? Theme.press : button.hovered || button.checkedLook ? Theme.hover : Theme.clear
            Behavior on color { ColorAnimation { duration: Theme.fast } }
        }
        FocusRing { target: button }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.iconName
            size: button.iconSize
            colour: button.colour
            opacity: button.enabled ? 1 : 0.5
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()
    Tip {
        visible: (button.hovered || button.visualFocus) && button.text !== ""
        text: button.text
        shortcut: button.shortcut
        x: button.tipBeside ? button.width + Theme.gapSmall : (button.width - width) / 2
        y: button.tipBeside ? (button.height - height) / 2 : button.height + Theme.gapSmall
        delay: button.tipBeside ? 0 : 500
    }
}
