import QtQuick
import "../theme"
import "../controls"

/* Says that another model answered than the first choice, and why. */
Row {
    id: badge

    property string instead
    readonly property real natural: words.implicitWidth

    objectName: "otherModelBadge"
    visible: instead !== ""
    spacing: Theme.px(6)
    Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: "swap"
        size: Theme.iconSmall
        colour: Theme.yellowInk
    }
    Words {
        id: words
        objectName: "otherModelWords"
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, badge.width - Theme.px(22))
        text: App.desktop.oneLine(badge.instead)
        font: Theme.captionFont
        color: Theme.textSecondary
        elide: Text.ElideRight
        HoverHandler { id: over }
        Tip { visible: over.hovered && words.truncated; text: words.text }
    }
}
