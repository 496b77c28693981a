import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* Lines of a change; a sign stands before each, the colour only repeats it. */
Rectangle {
    id: view

    property var lines: []
    readonly property real lineHeight: Theme.px(18)
    readonly property var signs: ({ "added": "+", "removed": "−", "place": "", "same": " ", "cut": "" })

    function ink(kind) {
        return kind === "added" ? Theme.greenInk : kind === "removed" ? Theme.errorInk
            : kind === "same" ? Theme.text : Theme.textSecondary
    }

    implicitHeight: Math.min(Theme.px(320), lines.length * lineHeight + 2 * Theme.gap)
    radius: Theme.rowRadius
    color: Theme.code
    border.width: Theme.hairline
    border.color: Theme.borderLight
    ListView {
        id: list
        anchors.fill: parent
        anchors.margins: Theme.gap
        clip: true
        model: view.lines
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        reuseItems: true
        Basic.ScrollBar.vertical: SlimScrollBar {}
        delegate: Item {
            id: line
            required property var modelData
            width: list.width
            height: view.lineHeight
            Text {
                width: Theme.px(16)
                text: view.signs[line.modelData.kind]
                textFormat: Text.PlainText
                font: Theme.logFont
                color: view.ink(line.modelData.kind)
            }
            Text {
                x: Theme.px(18)
                width: parent.width - x - Theme.gap
                text: line.modelData.kind === "cut" ? qsTr("and %n more line(s)", "", Number(line.modelData.text))
                    : App.desktop.oneLineCode(line.modelData.text)
                textFormat: Text.PlainText
                font: Theme.logFont
                color: view.ink(line.modelData.kind)
                elide: Text.ElideRight
            }
        }
    }
}
