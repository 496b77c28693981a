import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* What is left of a run that is over: one line in the manner of the thinking line. */
Basic.AbstractButton {
    id: line

    property string standing
    property bool opened: false
    readonly property real radius: Theme.buttonRadius

    implicitHeight: Theme.rowHeight
    implicitWidth: row.implicitWidth + Theme.gap
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: clicked()
    background: Item {
        FocusRing { target: line }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(6)
            Text {
                text: line.text
                textFormat: Text.PlainText
                font: Theme.proseFont
                color: line.standing === "failed" ? Theme.errorInk : line.hovered ? Theme.text : Theme.textSecondary
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: line.opened ? "chevron-down" : "chevron-right"
                size: Theme.iconSmall
                colour: Theme.iconSecondary
            }
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
