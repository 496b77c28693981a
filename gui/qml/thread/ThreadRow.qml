import QtQuick
import "../theme"

/* One item of the thread: it shows one row after another of its shape, and says how high each is. */
Item {
    id: row

    required property int index
    required property string rowKey
    required property string kind
    required property int turn
    required property bool lastTurn
    required property var content
    required property string shape
    required property real start
    required property bool shown
    required property Item thread
    readonly property bool asked: kind === "user" || (kind === "actions" && content.speaker === "user")
    readonly property string part: turn + (asked ? "/user" : "/answer")
    readonly property bool current: thread.currentPart === part || thread.hoveredPart === part
    readonly property bool marked: thread.selectedPart === part || thread.foundKey === rowKey || thread.flashKey === rowKey
    readonly property alias body: loader.item

    function file() {
        switch (kind) {
        case "user": return "UserTurn.qml"
        case "block": return "BlockRow.qml"
        case "actions": return "ActionRow.qml"
        case "thinking": return "ThinkingRow.qml"
        case "divider": return "Divider.qml"
        case "waiting": return "WaitingDot.qml"
        case "sources": return "SourcesRow.qml"
        default: return "CardRow.qml"
        }
    }

    width: thread.columnWidth
    height: loader.height
    y: start
    visible: shown
    onHeightChanged: thread.view.measured(index, height)
    Component.onCompleted: loader.setSource(file(), {"row": row})

    Rectangle {
        visible: row.marked
        anchors.fill: parent
        anchors.leftMargin: -Theme.gap
        anchors.rightMargin: -Theme.gap
        color: Theme.selection
        radius: Theme.buttonRadius
    }
    Loader {
        id: loader
        width: row.width
        height: item ? item.implicitHeight : 0
    }
}
