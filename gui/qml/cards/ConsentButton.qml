import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The button that agrees. Unlike every other one it does not take Enter: nobody agrees by a key typed in passing. */
Basic.AbstractButton {
    id: button

    property string iconName
    readonly property real radius: height / 2

    implicitHeight: Theme.buttonSize
    implicitWidth: row.implicitWidth + 2 * Theme.padding
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.5
    Accessible.name: text
    Accessible.role: Accessible.Button
    Keys.priority: Keys.BeforeItem
    Keys.onReturnPressed: event => event.accepted = true
    Keys.onEnterPressed: event => event.accepted = true

    background: Rectangle {
        radius: button.radius
        color: button.hovered ? Theme.alpha(Theme.primary, 0.8) : Theme.primary
        FocusRing { target: button }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: Theme.px(6)
            Icon {
                visible: button.iconName !== ""
                name: button.iconName
                size: Theme.iconSmall
                colour: Theme.primaryInk
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: button.text
                textFormat: Text.PlainText
                font: Theme.uiMedium
                color: Theme.primaryInk
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
