import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* A button with words: `kind` is primary, secondary, ghost or danger. */
Basic.AbstractButton {
    id: button

    property string kind: "secondary"
    property string iconName
    property real radius: height / 2
    readonly property color ink: kind === "primary" ? Theme.primaryInk
        : kind === "danger" ? Theme.dangerInk
        : kind === "dangerGhost" ? Theme.red : Theme.text

    implicitHeight: Theme.buttonSize
    implicitWidth: Math.ceil(row.implicitWidth) + 2 * Theme.padding  // half a pixel more is cut at the edge of a page
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.5
    Accessible.name: text
    Accessible.role: Accessible.Button

    background: Rectangle {
        radius: button.radius
        color: button.kind === "primary" ? (button.hovered ? Theme.alpha(Theme.primary, 0.8) : Theme.primary)
            : button.kind === "danger" ? (button.hovered ? Theme.dangerHover : Theme.danger)
            : button.down ? Theme.press : button.hovered ? Theme.hover : Theme.clear
        border.width: button.kind === "secondary" ? Theme.hairline : 0
        border.color: Theme.border
        Behavior on color { ColorAnimation { duration: Theme.fast } }
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
                colour: button.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: button.text
                textFormat: Text.PlainText
                font: Theme.uiMedium
                color: button.ink
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()
}
