import QtQuick
import QtQuick.Controls.Basic as Basic
import "../../theme"
import "../../controls"

/* A small quiet button: an icon with its word. */
Basic.AbstractButton {
    id: button

    property string iconName
    readonly property real radius: Theme.buttonRadius
    readonly property color ink: hovered ? Theme.text : Theme.textSecondary

    implicitHeight: Theme.smallButton
    implicitWidth: row.implicitWidth + 2 * Theme.gap
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: text
    Accessible.role: Accessible.Button
    background: Item {
        FocusRing { target: button }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: Theme.gapSmall
            Icon {
                name: button.iconName
                size: Theme.iconSmall
                colour: button.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: button.text
                textFormat: Text.PlainText
                font: Theme.captionFont
                color: button.ink
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()
}
