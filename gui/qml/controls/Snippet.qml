import QtQuick
import "../theme"

/* One line of a find, the words that fit in bold. Each piece is plain text: nothing in it is markup. */
Item {
    id: snippet

    property var pieces: []

    objectName: "snippet"
    implicitHeight: Theme.px(18)
    clip: true
    Row {
        LayoutMirroring.enabled: false
        Repeater {
            model: snippet.pieces
            Words {
                required property var modelData
                text: modelData.text
                font: modelData.marked ? Theme.captionStrong : Theme.captionFont
                color: modelData.marked ? Theme.text : Theme.textSecondary
                Accessible.ignored: true
            }
        }
    }
}
