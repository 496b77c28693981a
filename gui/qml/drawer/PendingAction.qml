import QtQuick
import "../theme"
import "../controls"

/* A dangerous action that was stopped: what it would do, and the person's decision with its reason. */
Rectangle {
    id: action

    required property var model
    property var kinds: ({})
    property bool allowing: false

    objectName: "pendingAction"
    width: parent ? parent.width : 0
    height: column.height + 2 * Theme.gapLarge
    radius: Theme.rowRadius
    color: Theme.page
    border.width: Theme.hairline
    border.color: Theme.red
    Column {
        id: column
        x: Theme.gapLarge
        y: Theme.gapLarge
        width: parent.width - 2 * x
        spacing: Theme.gapSmall
        Row {
            spacing: Theme.gap
            Lamp { anchors.verticalCenter: parent.verticalCenter; light: "lock"; size: Theme.iconSmall }
            Words {
                width: column.width - Theme.px(28)
                text: (action.kinds[action.model.kind] || action.model.kind) + ": " + action.model.target
                font: Theme.uiMedium
                wrapMode: Text.Wrap
            }
        }
        Note {
            width: parent.width
            text: [action.model.askedBy ? qsTr("asked by %1").arg(action.model.askedBy) : "", action.model.when, action.model.run].filter(part => part).join(" · ")
        }
        Note { width: parent.width; visible: text !== ""; text: action.model.facts }
        Row {
            topPadding: Theme.gapSmall
            spacing: Theme.gap
            PillButton {
                objectName: "allowAction"
                visible: !action.model.never
                text: qsTr("Allow once")
                onClicked: { action.allowing = true; reason.open() }
            }
            PillButton {
                objectName: "refuseAction"
                text: qsTr("Refuse")
                kind: "dangerGhost"
                onClicked: { action.allowing = false; reason.open() }
            }
        }
    }
    ReasonField {
        id: reason
        title: action.allowing ? qsTr("Allow this once?") : qsTr("Refuse this?")
        question: action.model.target
        verb: action.allowing ? qsTr("Allow once") : qsTr("Refuse")
        onGiven: words => App.board.paranoid.decide(action.model.action, action.allowing, words)
    }
}
