import QtQuick
import "../theme"
import "../controls"

/* Work of chats that is not finished, offered in a new one: what it is and what it was doing. A click goes to it. */
Column {
    id: unfinished

    required property Item shell

    spacing: Theme.gapSmall
    Repeater {
        model: App.chats.unfinished
        NavRow {
            required property var modelData
            readonly property string standing: modelData.waits ? qsTr("waits for you")
                : modelData.running ? qsTr("working") : qsTr("paused")
            objectName: "unfinishedRow"
            width: unfinished.width
            iconName: modelData.waits ? "question" : modelData.running ? "clock" : "pause"
            text: [modelData.title, standing, modelData.doing].filter(part => part !== "").join(" · ")
            onClicked: unfinished.shell.openChat(modelData.sessionId)
        }
    }
}
