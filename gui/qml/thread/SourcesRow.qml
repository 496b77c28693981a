import QtQuick
import "../theme"
import "../controls"

/* The numbered sources of an answer; a long list opens on demand. */
Item {
    id: entry

    required property Item row
    readonly property var sources: row.content.sources ?? []
    readonly property int most: 6
    property bool all: false

    objectName: "sourcesRow"
    implicitHeight: Theme.padding + column.height

    Column {
        id: column
        y: Theme.padding
        width: parent.width
        Words {
            objectName: "sourcesHeading"
            text: qsTr("Sources")
            font: Theme.chipFont
            color: Theme.textSecondary
            bottomPadding: Theme.gapSmall
            Accessible.role: Accessible.Heading
        }
        Repeater {
            model: entry.all ? entry.sources : entry.sources.slice(0, entry.most)
            SourceLine {
                required property var modelData
                width: column.width
                source: modelData
            }
        }
        PillButton {
            objectName: "allSources"
            visible: entry.sources.length > entry.most
            x: -Theme.padding + Theme.gapSmall
            height: Theme.buttonSize
            kind: "ghost"
            text: entry.all ? qsTr("Show less") : qsTr("Show all %n", "", entry.sources.length)
            onClicked: entry.all = !entry.all
        }
    }
}
