import QtQuick
import "../theme"
import "../controls"

/* A run: how far it is, its stages and modules. When it is over, one line is left that opens again. */
Item {
    id: timeline

    required property var content
    required property string rowKey

    readonly property string phase: content.state || "running"
    readonly property bool over: phase === "done" || phase === "failed" || phase === "cancelled"
    readonly property bool works: phase === "running"
    readonly property var stages: content.stages || []
    readonly property var modules: content.modules || []
    readonly property var parted: sorted()
    property bool opened: false
    property bool asksToCancel: false
    property int beat: 0
    // While it works the time is counted from its beginning, however old what is shown here is.
    readonly property int seconds: works && content.since && beat >= 0 ? Math.max(0, Math.round(Date.now() / 1000 - content.since))
        : content.seconds || 0

    // Drafts of modules are stages to the engine; here they stand behind their module.
    function sorted() {
        const names = modules.map(module => module.name)
        const found = { "before": [], "after": [], "drafts": {} }
        for (const stage of stages) {
            const node = stage.module || String(stage.id || "").split("/")[1] || ""
            if (names.indexOf(node) >= 0)
                (found.drafts[node] = found.drafts[node] || []).push(stage)
            else if (["judge", "judge_plan", "architect"].indexOf(node) >= 0)
                found.before.push(stage)
            else
                found.after.push(stage)
        }
        return found
    }

    function took(total) {
        const hours = Math.floor(total / 3600), minutes = Math.floor(total / 60) % 60, rest = total % 60
        if (hours > 0)
            return qsTr("%1 h %2 m").arg(hours).arg(minutes)
        return minutes > 0 ? qsTr("%1 m %2 s").arg(minutes).arg(rest) : qsTr("%1 s").arg(rest)
    }

    function figures(module) {
        const parts = []
        if (module.tokens)
            parts.push(qsTr("%1 tokens").arg(Number(module.tokens).toLocaleString(Qt.locale(), "f", 0)))
        if (module.seconds)
            parts.push(took(Math.round(module.seconds)))
        return parts.join(" · ")
    }

    function heading() {
        const percent = Math.round(content.percent || 0)
        const names = {
            "running": qsTr("Building"), "paused": qsTr("Paused"), "waits": qsTr("Waits for you"),
            "done": qsTr("Built"), "failed": qsTr("Failed"), "cancelled": qsTr("Cancelled")
        }
        const name = names[phase] || names.running
        return content.total > 0 ? qsTr("%1 · %2 % (%3 of %4 modules)").arg(name).arg(percent).arg(content.done || 0).arg(content.total)
            : qsTr("%1 · %2 %").arg(name).arg(percent)
    }

    function ended() {
        const names = {
            "done": content.total > 0 ? qsTr("Built in %1") : qsTr("Done in %1"), "failed": qsTr("Failed after %1"), "cancelled": qsTr("Cancelled after %1")
        }
        return (names[phase] || names.done).arg(took(seconds))
    }

    function prioritise(priority) {
        if (App.tasks && content.task)
            App.tasks.prioritise(content.task, priority)
    }

    objectName: "runTimeline"
    implicitHeight: over && !opened ? line.height : line.height + (line.visible ? Theme.gap : 0) + sheet.height
    Timer {
        interval: 1000
        repeat: true
        running: timeline.works && timeline.visible && timeline.Window.visibility !== Window.Hidden
            && timeline.Window.visibility !== Window.Minimized
        onTriggered: timeline.beat += 1
    }
    RunLine {
        id: line
        objectName: "runLine"
        visible: timeline.over
        height: visible ? implicitHeight : 0
        text: timeline.ended()
        standing: timeline.phase
        opened: timeline.opened
        onClicked: timeline.opened = !timeline.opened
    }
    Rectangle {
        id: sheet
        visible: !timeline.over || timeline.opened
        y: line.visible ? line.height + Theme.gap : 0
        width: parent.width
        height: column.height + 2 * Theme.padding
        radius: Theme.cardRadius
        color: Theme.raised
        border.width: Theme.hairline
        border.color: Theme.border
        Accessible.role: Accessible.Grouping
        Accessible.name: timeline.heading()
    }
    Column {
        id: column
        visible: sheet.visible
        x: Theme.padding
        y: sheet.y + Theme.padding
        width: parent.width - 2 * x
        spacing: Theme.gapLarge
        RunHead {
            width: parent.width
            timeline: timeline
        }
        Column {
            width: parent.width
            StepList {
                width: parent.width
                timeline: timeline
                entries: timeline.parted.before
            }
            StepList {
                width: parent.width
                timeline: timeline
                entries: timeline.modules
                ofModules: true
            }
            StepList {
                width: parent.width
                timeline: timeline
                entries: timeline.parted.after
            }
        }
    }
}
