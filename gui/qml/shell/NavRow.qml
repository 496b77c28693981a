import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One row of the sidebar that does something; what is put into it stands at its end. */
Basic.AbstractButton {
    id: row

    property string iconName
    property string shortcut
    property real radius: Theme.rowRadius
    default property alias trailing: end.data

    implicitHeight: Theme.rowHeight
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(10)
    Accessible.name: text
    Accessible.role: Accessible.Button
    background: Rectangle {
        radius: row.radius
        color: row.down ? Theme.press : row.hovered ? Theme.hover : Theme.clear
        FocusRing { target: row }
    }
    contentItem: Item {
        Icon {
            id: picture
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            name: row.iconName
        }
        Words {
            anchors.left: picture.right
            anchors.leftMargin: Theme.gap
            anchors.right: hint.visible ? hint.left : end.left
            anchors.rightMargin: Theme.gapSmall
            anchors.verticalCenter: parent.verticalCenter
            text: row.text
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }
        Words {
            id: hint
            visible: row.shortcut !== "" && (row.hovered || row.visualFocus)
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: row.shortcut
            font: Theme.captionFont
            color: Theme.textSecondary
            Accessible.ignored: true
        }
        Row {
            id: end
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()
}
