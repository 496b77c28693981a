import QtQuick
import "../theme"
import "../controls"

/* Where this conversation was branched off from another one. */
Item {
    id: divider

    required property Item row

    implicitHeight: Theme.px(32) + Math.max(caption.height, Theme.px(20))
    Rectangle {
        anchors.verticalCenter: caption.verticalCenter
        width: caption.x - Theme.gapLarge
        height: Theme.hairline
        color: Theme.border
    }
    Words {
        id: caption
        y: Theme.px(32)
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(implicitWidth, parent.width * 0.7)
        text: divider.row.content.text ?? ""
        font: Theme.captionFont
        color: Theme.textSecondary
        elide: Text.ElideRight
    }
    Rectangle {
        anchors.verticalCenter: caption.verticalCenter
        x: caption.x + caption.width + Theme.gapLarge
        width: parent.width - x
        height: Theme.hairline
        color: Theme.border
    }
}
