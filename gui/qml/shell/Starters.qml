import QtQuick
import "../theme"
import "../controls"

/* What one can begin with, as chips under the composer of a chat that is still empty. */
Flow {
    id: starters

    signal chosen(string id, string words)

    readonly property var all: [
        {id: "build", icon: "package", text: qsTr("Build a program"), words: qsTr("Build a program that ")},
        {id: "review", icon: "archive", text: qsTr("Review a project (zip)"), words: qsTr("Review the attached project: what does it do, what is wrong, what would you change?")},
        {id: "fix", icon: "terminal", text: qsTr("Fix an error"), words: qsTr("I get this error: ")},
        {id: "ask", icon: "question", text: qsTr("Ask a question"), words: qsTr("Explain to me ")}
    ]
    readonly property real natural: {
        let sum = 0
        for (let at = 0; at < repeater.count; ++at)
            sum += (repeater.itemAt(at) ? repeater.itemAt(at).implicitWidth : 0) + (at > 0 ? spacing : 0)
        return sum
    }

    spacing: Theme.gap
    Repeater {
        id: repeater
        model: starters.all
        Chip {
            required property var modelData
            objectName: "starter_" + modelData.id
            text: modelData.text
            iconName: modelData.icon
            onClicked: starters.chosen(modelData.id, modelData.words)
        }
    }
}
