import QtQuick
import "../theme"
import "../controls"

/* The buttons under a message, and the arrows between its branches. */
Row {
    id: buttons

    required property Item row
    readonly property var content: row.content
    readonly property Item thread: row.thread
    readonly property var branch: content.branch ?? ({"index": 1, "count": 1})
    readonly property bool busy: thread.conversation?.busy === true

    component Action: IconButton {
        size: Theme.smallButton
        colour: Theme.iconSecondary
    }

    Row {
        visible: (buttons.branch.count ?? 1) > 1
        anchors.verticalCenter: parent.verticalCenter
        Action {
            objectName: "previousBranch"
            iconName: "chevron-left"
            iconSize: Theme.iconSmall
            text: qsTr("Previous version")
            enabled: !buttons.busy && buttons.branch.index > 1
            onClicked: buttons.thread.conversation.branch(buttons.row.turn, -1)
        }
        Words {
            objectName: "branchNumber"
            anchors.verticalCenter: parent.verticalCenter
            text: buttons.branch.index + "/" + buttons.branch.count
            font: Theme.chipFont
            color: Theme.textSecondary
            Accessible.name: qsTr("Version %1 of %2").arg(buttons.branch.index).arg(buttons.branch.count)
        }
        Action {
            objectName: "nextBranch"
            iconName: "chevron-right"
            iconSize: Theme.iconSmall
            text: qsTr("Next version")
            enabled: !buttons.busy && buttons.branch.index < buttons.branch.count
            onClicked: buttons.thread.conversation.branch(buttons.row.turn, 1)
        }
    }
    Action {
        id: copy
        objectName: "copyTurn"
        iconName: copied.running ? "check" : "copy"
        text: copied.running ? qsTr("Copied") : qsTr("Copy")
        onClicked: {
            buttons.thread.conversation.copyTurn(buttons.row.turn, buttons.content.speaker ?? "")
            copied.restart()
        }
        Timer {
            id: copied
            interval: 2000
        }
    }
    Action {
        objectName: "rateGood"
        visible: buttons.content.speaker !== "user"
        iconName: "thumb-up"
        text: qsTr("Good answer")
        checkedLook: buttons.content.rated === "good"
        onClicked: buttons.thread.conversation.rate(buttons.row.turn, true)
    }
    Action {
        objectName: "rateBad"
        visible: buttons.content.speaker !== "user"
        iconName: "thumb-down"
        text: qsTr("Bad answer")
        checkedLook: buttons.content.rated === "bad"
        onClicked: buttons.thread.conversation.rate(buttons.row.turn, false)
    }
    Action {
        objectName: "tryAgain"
        visible: buttons.content.canRegenerate === true
        iconName: "retry"
        text: qsTr("Try again")
        enabled: !buttons.busy
        onClicked: buttons.thread.offerAgain(buttons.row.turn, this)
    }
    Action {
        objectName: "editTurn"
        visible: buttons.content.canEdit === true
        iconName: "edit"
        text: qsTr("Edit")
        enabled: !buttons.busy
        onClicked: buttons.thread.edit(buttons.row.turn)
    }
}
