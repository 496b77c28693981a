import QtQuick
import "../theme"
import "../controls"

/* What the engine found out about this computer, in plain words. */
Rectangle {
    id: examination

    readonly property var steps: App.firstSteps
    readonly property bool looking: steps.state === "" || steps.state === "looking"

    objectName: "examination"
    implicitHeight: lines.implicitHeight + 2 * Theme.padding
    radius: Theme.gapLarge
    color: Theme.clear
    border.width: Theme.hairline
    border.color: Theme.border
    Column {
        id: lines
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.padding
        spacing: Theme.gapLarge
        Finding {
            width: parent.width
            busy: examination.looking
            mark: examination.steps.state === "failed" ? "light-unknown" : "light-ok"
            colour: examination.steps.state === "failed" ? Theme.iconTertiary : Theme.green
            title: examination.looking ? qsTr("Looking whether everything is in order here…")
                : examination.steps.state === "failed" ? qsTr("The engine could not be asked. You can look later under Settings, System.")
                : qsTr("%n system(s) of MultiCoder work here.", "", examination.steps.working)
        }
        Repeater {
            model: examination.steps.state === "done" ? examination.steps.findings.slice(0, 3) : []
            Finding {
                required property var modelData
                width: lines.width
                mark: modelData.state === "down" ? "light-down" : "light-degraded"
                colour: modelData.state === "down" ? Theme.red : Theme.yellow
                title: modelData.name + ": " + modelData.evidence
                advice: modelData.action
            }
        }
    }
}
