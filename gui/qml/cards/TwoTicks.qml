import QtQuick
import "../theme"
import "../controls"

/* Both sides of an approval: the person and the program, each with a mark and a word. */
Row {
    id: ticks

    property string you: "open"
    property string program: "open"
    readonly property var signs: ({ "yes": "check", "no": "x", "doubt": "question", "open": "circle" })
    readonly property var words: ({
        "yes": qsTr("agrees"), "no": qsTr("refuses"), "doubt": qsTr("has doubts"), "open": qsTr("not decided")
    })

    function colour(side) {
        return side === "yes" ? Theme.green : side === "no" ? Theme.red : side === "doubt" ? Theme.yellow : Theme.iconTertiary
    }

    spacing: Theme.gapLarge
    Repeater {
        model: [{ "side": ticks.you, "name": qsTr("You") }, { "side": ticks.program, "name": "MultiCoder" }]
        Row {
            id: tick
            required property var modelData
            spacing: Theme.gapSmall
            Accessible.role: Accessible.StaticText
            Accessible.name: modelData.name + ": " + ticks.words[modelData.side]
            Icon {
                name: ticks.signs[tick.modelData.side]
                size: Theme.iconSmall
                colour: ticks.colour(tick.modelData.side)
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: tick.modelData.name
                textFormat: Text.PlainText
                font: Theme.captionFont
                color: Theme.textSecondary
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
