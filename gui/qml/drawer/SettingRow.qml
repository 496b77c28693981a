import QtQuick
import "../theme"
import "../controls"

/* A line of settings: words at the left, the control at the right or, when there is no room, below. */
Item {
    id: row

    property string label
    property string help
    property bool below: false
    readonly property bool mirrored: LayoutMirroring.enabled
    default property alias control: holder.data

    width: parent ? parent.width : 0
    implicitHeight: below ? words.height + holder.height + Theme.gap + 2 * words.y
        : Math.max(Theme.px(52), Math.max(words.height, holder.height) + 2 * Theme.gap)
    Column {
        id: words
        x: row.mirrored ? row.width - width : 0
        y: row.below ? Theme.gap : (row.height - height) / 2
        width: row.below ? row.width : row.width - holder.width - Theme.gapLarge
        spacing: Theme.px(2)
        Words { width: parent.width; text: row.label; wrapMode: Text.Wrap }
        Note { visible: row.help !== ""; width: parent.width; text: row.help }
    }
    Item {
        id: holder
        width: childrenRect.width
        height: childrenRect.height
        x: row.below === row.mirrored ? row.width - width : 0
        y: row.below ? words.y + words.height + Theme.gap : (row.height - height) / 2
    }
    Rectangle {
        width: parent.width
        height: Theme.hairline
        anchors.bottom: parent.bottom
        color: Theme.borderLight
    }
}
