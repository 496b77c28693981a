import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* A small round offer: an icon and a few words. */
Basic.AbstractButton {
    id: chip

    property string iconName
    property color colour: Theme.textSecondary
    readonly property real radius: height / 2
    readonly property real around: 2 * Theme.gapLarge + (iconName !== "" ? Theme.iconSmall + row.spacing : 0)

    implicitHeight: Theme.px(34)
    implicitWidth: Math.ceil(words.implicitWidth) + around
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: text
    Accessible.role: Accessible.Button
    background: Rectangle {
        radius: chip.radius
        color: chip.down ? Theme.press : chip.hovered ? Theme.hover : Theme.clear
        border.width: Theme.hairline
        border.color: Theme.border
        FocusRing { target: chip }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: Theme.px(6)
            Icon {
                visible: chip.iconName !== ""
                anchors.verticalCenter: parent.verticalCenter
                name: chip.iconName
                size: Theme.iconSmall
                colour: chip.colour
            }
            Words {
                id: words
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, chip.width - chip.around)
                text: chip.text
                font: Theme.chipFont
                elide: Text.ElideRight
                color: chip.colour
                Accessible.ignored: true
            }
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    Keys.onReturnPressed: chip.clicked()
    Keys.onEnterPressed: chip.clicked()
}
