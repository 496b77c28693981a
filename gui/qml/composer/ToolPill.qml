import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* A wish for the chat that begins, as a blue pill; a click takes it back. */
Basic.AbstractButton {
    id: pill

    property string iconName
    readonly property real radius: height / 2
    readonly property color ink: Theme.pillInk

    implicitHeight: Theme.buttonSize
    implicitWidth: row.implicitWidth + 2 * Theme.gapLarge
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: qsTr("Take back: %1").arg(text)
    Accessible.role: Accessible.Button
    background: Rectangle {
        radius: pill.radius
        color: Theme.pill
        FocusRing { target: pill }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: Theme.px(6)
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: pill.hovered || pill.visualFocus ? "x" : pill.iconName
                size: Theme.iconSmall
                colour: pill.ink
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: pill.text
                font: Theme.uiFont
                color: pill.ink
                Accessible.ignored: true
            }
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    Keys.onReturnPressed: pill.clicked()
    Keys.onEnterPressed: pill.clicked()
}
