import QtQuick
import "../theme"
import "../controls"

/* A line of settings: words at the left, the control at the right or, when there is no room, below. */
Item {
    id: row

    property string label
    property string help
    property bool below: false
    readonly property bool stacked: below || width - holder.width - Theme.gapLarge < Theme.px(120)
    readonly property bool mirrored: LayoutMirroring.enabled
    default property alias control: holder.data

    width: parent ? parent.width : 0
    implicitHeight: stacked ? words.height + holder.height + 3 * Theme.gap
        : Math.max(Theme.px(52), Math.max(words.height, holder.height) + 2 * Theme.gap)
    Column {
        id: words
        x: row.mirrored ? row.width - width : 0
        y: row.stacked ? Theme.gap : (row.height - height) / 2
        width: row.stacked ? row.width : row.width - holder.width - Theme.gapLarge
        spacing: Theme.px(2)
        Words { width: parent.width; text: row.label; wrapMode: Text.Wrap }
        Note { visible: row.help !== ""; width: parent.width; text: row.help }
    }
    Item {
        id: holder
        width: childrenRect.width
        height: childrenRect.height
        x: row.stacked === row.mirrored ? row.width - width : 0
        y: row.stacked ? words.y + words.height + Theme.gap : (row.height - height) / 2
    }
    Rectangle {
        width: parent.width
        height: Theme.hairline
        anchors.bottom: parent.bottom
        color: Theme.borderLight
    }
}
