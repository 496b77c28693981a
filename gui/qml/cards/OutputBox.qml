import QtQuick
import "../theme"

/* What a program or a tool has said, as it said it; long output scrolls inside. */
Rectangle {
    id: box

    property alias foreign: output.foreign

    height: Math.min(Theme.px(320), output.height + 2 * Theme.gap)
    radius: Theme.rowRadius
    color: Theme.code
    border.width: Theme.hairline
    border.color: Theme.borderLight
    Flickable {
        id: flick
        anchors.fill: parent
        anchors.margins: Theme.gap
        contentHeight: output.height
        clip: true
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        HonestText {
            id: output
            objectName: "stageOutput"
            width: flick.width
            font: Theme.logFont
            wrapMode: Text.WrapAnywhere
        }
    }
}
