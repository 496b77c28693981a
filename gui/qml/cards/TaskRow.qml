import QtQuick
import "../theme"
import "../controls"

/* One task: name, bar, state; up, down, pause, cancel, again. What the guard paused is let go only with a reason. */
Column {
    id: row

    required property string task
    required property string title
    required property string kind
    required property var model
    readonly property string standing: model.state || ""
    required property string reason
    required property real progress
    required property string step
    required property int priority
    required property bool ended
    property var tasks: null
    property bool explains: false
    readonly property bool guarded: standing === "paused" && reason === "guard"
    readonly property bool paused: standing === "paused"

    function goOn(note) {
        explains = false
        tasks.resume(task, note)
    }

    objectName: "taskRow"
    spacing: Theme.gapSmall
    bottomPadding: Theme.gap
    Item {
        width: row.width
        height: Math.max(names.height, tools.height)
        Column {
            id: names
            width: parent.width - tools.width - Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            HonestText {
                width: parent.width
                foreign: row.title || row.kind
                oneLine: true
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
            Row {
                spacing: Theme.gap
                StatusWord { standing: row.standing }
                HonestText {
                    visible: foreign !== ""
                    width: Math.min(implicitWidth, names.width - Theme.px(100))
                    foreign: row.step
                    oneLine: true
                    font: Theme.captionFont
                    color: Theme.textSecondary
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }
            }
        }
        Row {
            id: tools
            anchors.right: parent.right
            IconButton {
                visible: !row.ended
                size: Theme.smallButton
                iconSize: Theme.iconSmall
                iconName: "arrow-up"
                text: qsTr("Sooner")
                enabled: row.priority < 100
                onClicked: row.tasks.prioritise(row.task, Math.min(100, row.priority + 10))
            }
            IconButton {
                visible: !row.ended
                size: Theme.smallButton
                iconSize: Theme.iconSmall
                iconName: "arrow-down"
                text: qsTr("Later")
                enabled: row.priority > -100
                onClicked: row.tasks.prioritise(row.task, Math.max(-100, row.priority - 10))
            }
            IconButton {
                visible: !row.ended
                size: Theme.smallButton
                iconSize: Theme.iconSmall
                iconName: row.paused ? "play" : "pause"
                text: row.paused ? qsTr("Resume") : qsTr("Pause")
                onClicked: row.guarded ? row.explains = true : row.paused ? row.goOn("") : row.tasks.pause(row.task, "")
            }
            IconButton {
                visible: !row.ended
                size: Theme.smallButton
                iconSize: Theme.iconSmall
                iconName: "x"
                text: qsTr("Cancel")
                onClicked: row.tasks.cancel(row.task)
            }
            IconButton {
                visible: row.ended && row.standing !== "done"
                size: Theme.smallButton
                iconSize: Theme.iconSmall
                iconName: "retry"
                text: qsTr("Again")
                onClicked: row.tasks.restart(row.task)
            }
        }
    }
    ProgressLine {
        visible: !row.ended && row.progress >= 0
        width: row.width
        value: row.progress
    }
    Field {
        id: note
        visible: row.explains && row.guarded
        width: row.width
        label: qsTr("The guard stopped this. Why may it go on?")
        onAccepted: if (text.trim() !== "") row.goOn(text.trim())
    }
}
