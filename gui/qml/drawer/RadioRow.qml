import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One of several, with a line that says what it means. */
Basic.AbstractButton {
    id: row

    property string about
    readonly property real radius: Theme.rowRadius

    height: words.height + Theme.padding
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.6
    Accessible.role: Accessible.RadioButton
    Accessible.name: about ? text + ". " + about : text
    Accessible.checked: checked
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    background: Rectangle {
        radius: row.radius
        color: row.down ? Theme.press : row.checked ? Theme.selected : row.hovered ? Theme.hover : Theme.clear
        FocusRing { target: row }
    }
    contentItem: Item {
        Column {
            id: words
            x: Theme.gapLarge
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 2 * x - Theme.px(24)
            Words { width: parent.width; text: row.text; elide: Text.ElideRight; Accessible.ignored: true }
            Note { width: parent.width; text: row.about; Accessible.ignored: true }
        }
        Icon {
            visible: row.checked
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            name: "check"
            size: Theme.iconSmall
        }
    }
}
