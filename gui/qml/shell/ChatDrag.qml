import QtQuick
import "../theme"
import "../controls"

/*
    A chat dragged over the list: onto a project, or out of it among the others. Esc ends it with nothing moved.
    Fingers scroll instead; the menu of the chat does the same by keyboard.
*/
Item {
    id: drag

    required property ListView rows
    property string sessionId
    property string title
    property string from
    property string target
    property bool inside: false
    readonly property bool active: sessionId !== ""
    readonly property bool moves: active && inside && target !== from
    readonly property string targetName: {
        const found = App.chats.shelves.names.find(item => item.shelf === target)
        return found ? found.name : ""
    }

    function rowAt(point) {
        return rows.itemAtIndex(rows.indexAt(rows.width / 2, point.y + rows.contentY))
    }
    function begin(point) {
        const row = rowAt(point)
        if (!row || row.kind !== "chat" || row.editing)
            return
        title = row.words
        from = row.shelf
        target = from
        sessionId = row.sessionId
    }
    function look(point) {
        ghost.x = point.x + Theme.gapLarge
        ghost.y = point.y + Theme.gapSmall
        inside = contains(point) && point.y + rows.contentY >= 0
        const row = inside ? rowAt(point) : null
        target = row && (row.kind === "shelf" || row.section === "shelf") ? row.shelf : ""
    }
    function end() {
        const chat = moves ? sessionId : ""
        sessionId = ""
        inside = false
        App.chats.shelves.put(chat, target)
    }
    function cancel() {
        sessionId = ""
    }

    anchors.fill: parent
    z: 1
    DragHandler {
        id: handler
        parent: drag.parent  // below the rows: what they do with a press goes first
        target: null
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad | PointerDevice.Stylus
        cursorShape: Qt.ClosedHandCursor
        onActiveChanged: active ? drag.begin(centroid.pressPosition) : drag.active ? drag.end() : undefined
        onCanceled: drag.cancel()
        onCentroidChanged: if (drag.active) drag.look(centroid.position)
    }
    Shortcut {
        enabled: drag.active
        sequence: "Esc"
        onActivated: drag.cancel()
    }
    // At its ends the list comes along.
    Timer {
        readonly property real step: handler.centroid.position.y < Theme.rowHeight ? -Theme.gap
            : handler.centroid.position.y > drag.height - Theme.rowHeight ? Theme.gap : 0
        running: drag.active && step !== 0
        repeat: true
        interval: 30
        onTriggered: {
            const first = drag.rows.originY
            const last = Math.max(first, first + drag.rows.contentHeight - drag.rows.height)
            drag.rows.contentY = Math.max(first, Math.min(last, drag.rows.contentY + step))
            drag.look(handler.centroid.position)
        }
    }
    Rectangle {
        id: ghost
        objectName: "dragGhost"
        visible: drag.active
        width: Math.min(Theme.px(200), Math.max(name.implicitWidth, what.implicitWidth) + 2 * Theme.gapLarge)
        height: words.implicitHeight + 2 * Theme.gap
        radius: Theme.rowRadius
        color: Theme.raised
        border.width: Theme.hairline
        border.color: Theme.border
        Column {
            id: words
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.gapLarge
            Words {
                id: name
                width: parent.width
                text: drag.title
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            Words {
                id: what
                objectName: "dragWords"
                visible: drag.moves
                width: parent.width
                text: drag.target !== "" ? qsTr("Move to %1").arg(drag.targetName) : qsTr("Remove from project")
                font: Theme.captionFont
                color: Theme.textSecondary
                elide: Text.ElideRight
                Accessible.ignored: true
            }
        }
    }
}
