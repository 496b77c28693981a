import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* The name of a control that shows only an icon, with its shortcut. */
Basic.ToolTip {
    id: tip

    property string shortcut

    delay: 500
    padding: Theme.px(4)
    leftPadding: Theme.gap
    rightPadding: Theme.gap
    font: Theme.captionStrong
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.fast } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.fast } }
    contentItem: Text {
        text: tip.shortcut ? tip.text + "   " + tip.shortcut : tip.text
        textFormat: Text.PlainText
        font: tip.font
        elide: Text.ElideMiddle
        color: Theme.tooltipInk
    }
    background: Rectangle {
        color: Theme.tooltip
        radius: Theme.tooltipRadius
    }
}
