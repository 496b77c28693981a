import QtQuick
import "../theme"
import "../controls"

/* The head of a run: title, how far, how long, and what may be done with it. */
Column {
    id: head

    required property Item timeline
    readonly property bool over: timeline.over
    readonly property bool guarded: timeline.content.reason === "guard" && movable
    property bool asks: false
    readonly property bool movable: App.tasks !== undefined && App.tasks !== null && !!timeline.content.task

    function goOn() {
        if (timeline.phase !== "paused")
            App.conversation.pause()
        else if (guarded)
            asks = true
        else
            App.conversation.resume()
    }

    function goOnBecause(reason) {
        if (reason === "")
            return
        asks = false
        App.tasks.resume(timeline.content.task, reason)
    }

    spacing: Theme.gapLarge
    Item {
        width: parent.width
        height: Math.max(names.height, tools.height)
        Column {
            id: names
            width: parent.width - tools.width - Theme.gapLarge
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(2)
            Words {
                objectName: "runHeading"
                width: parent.width
                text: head.timeline.heading()
                font: Theme.titleFont
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
            }
            HonestText {
                objectName: "runElapsed"
                width: parent.width
                foreign: [head.timeline.content.step || head.timeline.content.title || "", head.timeline.took(head.timeline.seconds)]
                    .filter(text => text !== "").join(" · ")
                oneLine: true
                font: Theme.captionFont
                color: Theme.textSecondary
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
        }
        Row {
            id: tools
            visible: !head.over
            width: visible ? implicitWidth : 0
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gapSmall
            IconButton {
                objectName: "pauseButton"
                iconName: head.timeline.phase === "paused" ? "play" : "pause"
                text: head.timeline.phase === "paused" ? qsTr("Resume") : qsTr("Pause")
                visible: head.timeline.phase !== "waits"
                onClicked: head.goOn()
            }
            IconButton {
                objectName: "priorityButton"
                visible: head.movable
                iconName: "arrow-up"
                text: qsTr("Priority")
                onClicked: priorities.popup(this, 0, height)
                PopupMenu {
                    id: priorities
                    MenuEntry { text: qsTr("First of all"); onTriggered: head.timeline.prioritise(50) }
                    MenuEntry { text: qsTr("Normal"); onTriggered: head.timeline.prioritise(0) }
                    MenuEntry { text: qsTr("When there is time"); onTriggered: head.timeline.prioritise(-50) }
                }
            }
            IconButton {
                objectName: "cancelButton"
                iconName: "x"
                text: qsTr("Cancel the run")
                onClicked: head.timeline.asksToCancel = true
            }
        }
    }
    ProgressLine {
        width: parent.width
        value: (head.timeline.content.percent || 0) / 100
    }
    Field {
        objectName: "reasonField"
        visible: head.asks && head.guarded && head.timeline.phase === "paused"
        width: parent.width
        label: qsTr("The guard stopped this. Why may it go on?")
        onAccepted: head.goOnBecause(text.trim())
    }
    Flow {
        visible: head.timeline.asksToCancel && !head.over
        width: parent.width
        spacing: Theme.gap
        Words {
            width: Math.min(implicitWidth, parent.width)
            height: Theme.buttonSize
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Cancel this run? What is finished is kept.")
            wrapMode: Text.Wrap
        }
        PillButton {
            objectName: "confirmCancelButton"
            kind: "danger"
            text: qsTr("Cancel the run")
            onClicked: {
                head.timeline.asksToCancel = false
                App.conversation.stop()
            }
        }
        PillButton {
            kind: "ghost"
            text: qsTr("Keep going")
            onClicked: head.timeline.asksToCancel = false
        }
    }
}
