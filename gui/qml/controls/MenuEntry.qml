import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* One line of a menu, with an icon, a second line of words and a tick where they are given. */
Basic.MenuItem {
    id: entry

    property string iconName
    property string description
    property bool dangerous: false
    // A letter goes to the next entry that begins with it.
    Keys.onPressed: event => event.accepted = event.text.trim() !== "" && event.modifiers === Qt.NoModifier
        && entry.menu && entry.menu.seek !== undefined && entry.menu.seek(event.text)
    property bool ticked: false
    property string shortcutText
    readonly property color ink: dangerous ? Theme.red : Theme.text

    implicitHeight: visible ? Math.max(Theme.rowHeight, column.implicitHeight + Theme.gapLarge) : 0
    // Of the words themselves: what is shown of them depends on the width again.
    implicitWidth: Math.max(words.implicitWidth, details.visible ? details.implicitWidth : 0)
        + leftPadding + rightPadding + (iconName ? Theme.px(30) : 0)
        + (shortcutText ? hint.implicitWidth + Theme.padding : 0) + (tickRoom || subMenu ? Theme.px(28) : 0)
    property bool tickRoom: ticked || description !== ""
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(10)
    topPadding: Theme.px(6)
    bottomPadding: Theme.px(6)
    opacity: enabled ? 1 : 0.5
    Accessible.name: description ? text + ". " + description : text
    Accessible.role: Accessible.MenuItem
    arrow: Icon {
        visible: entry.subMenu !== null
        x: entry.width - width - Theme.px(10)
        anchors.verticalCenter: parent ? parent.verticalCenter : undefined
        name: "chevron-right"
        size: Theme.iconSmall
        colour: Theme.iconTertiary
    }
    indicator: null
    contentItem: Item {
        Icon {
            id: picture
            visible: entry.iconName !== ""
            anchors.verticalCenter: parent.verticalCenter
            name: entry.iconName
            colour: entry.ink
        }
        Column {
            id: column
            anchors.verticalCenter: parent.verticalCenter
            x: entry.iconName !== "" ? Theme.px(30) : 0
            width: parent.width - x - (entry.tickRoom ? Theme.px(28) : 0)
            Text {
                id: words
                text: entry.text
                textFormat: Text.PlainText
                font: Theme.uiFont
                color: entry.ink
                elide: Text.ElideRight
                width: Math.min(implicitWidth, parent.width)
            }
            Text {
                id: details
                visible: entry.description !== ""
                text: entry.description
                textFormat: Text.PlainText
                font: Theme.captionFont
                color: Theme.textSecondary
                wrapMode: Text.Wrap
                maximumLineCount: 3
                elide: Text.ElideRight
                width: Math.min(implicitWidth, parent.width)
            }
        }
        Text {
            id: hint
            visible: entry.shortcutText !== ""
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: entry.shortcutText
            textFormat: Text.PlainText
            font: Theme.captionFont
            color: Theme.textSecondary
        }
        Icon {
            visible: entry.ticked
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: "check"
            size: Theme.iconSmall
        }
    }
    background: Rectangle {
        radius: Theme.rowRadius
        color: entry.highlighted ? (Theme.dark ? Theme.hover : Theme.press) : Theme.clear
    }
}
