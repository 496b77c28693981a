import QtQuick
import "../theme"
import "../controls"

/* A heading and lines under it; a long list opens on demand. */
Column {
    id: list

    property string heading
    property var lines: []
    property int most: 6
    property bool all: false
    property color ink: Theme.text

    visible: lines.length > 0
    spacing: Theme.gapSmall
    Words {
        visible: list.heading !== ""
        text: list.heading
        font: Theme.uiMedium
    }
    Repeater {
        model: list.all ? list.lines : list.lines.slice(0, list.most)
        Item {
            id: line
            required property string modelData
            width: list.width
            height: words.height
            Rectangle {
                x: Theme.px(6)
                y: Theme.px(7)
                width: Theme.px(4)
                height: width
                radius: width / 2
                color: list.ink
            }
            HonestText {
                id: words
                x: Theme.px(20)
                width: parent.width - x
                foreign: line.modelData
                color: list.ink
            }
        }
    }
    PillButton {
        visible: list.lines.length > list.most
        height: Theme.smallButton
        kind: "ghost"
        text: list.all ? qsTr("Show less") : qsTr("Show all %n", "", list.lines.length)
        onClicked: list.all = !list.all
    }
}
