import QtQuick
import "../theme"
import "../controls"

/* One key as it is printed on a keyboard. */
Rectangle {
    property alias text: caption.text

    implicitWidth: Math.max(height, caption.implicitWidth + Theme.gapLarge)
    implicitHeight: Theme.px(24)
    radius: Theme.px(6)
    color: Theme.clear
    border.width: Theme.hairline
    border.color: Theme.border
    Words {
        id: caption
        anchors.centerIn: parent
        font: Theme.captionFont
        color: Theme.textSecondary
        Accessible.ignored: true
    }
}
