import QtQuick
import "../theme"
import "../controls"

/* Words over which a light band passes: a few narrow windows on the same words in a lighter ink, no shader. */
Item {
    id: sweep

    property string text
    property bool running: false
    property real phase: 0
    readonly property bool moving: running && visible && !Theme.reduceMotion
    readonly property real step: Theme.px(12)
    readonly property var strengths: [0.3, 0.6, 0.9, 0.6, 0.3]

    implicitWidth: base.implicitWidth
    implicitHeight: base.implicitHeight

    Words {
        id: base
        text: sweep.text
        width: sweep.width
        elide: Text.ElideRight
        font: Theme.proseFont
        color: sweep.moving ? Theme.textTertiary : Theme.textSecondary
    }
    Repeater {
        model: sweep.moving ? sweep.strengths : []
        Item {
            id: pane
            required property int index
            required property real modelData
            x: sweep.phase * (base.width + sweep.step * sweep.strengths.length) - sweep.step * (sweep.strengths.length - index)
            width: sweep.step
            height: base.height
            clip: true
            opacity: modelData
            Text {
                x: -pane.x
                width: base.width
                elide: Text.ElideRight
                text: sweep.text
                textFormat: Text.PlainText
                font: base.font
                color: Theme.text
                Accessible.ignored: true
            }
        }
    }
    Timer {
        // 25 pictures a second are enough for a band, and half the work of an animation.
        interval: 40
        repeat: true
        running: sweep.moving
        onTriggered: sweep.phase = (sweep.phase + interval / 2000) % 1
    }
}
