import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* What is being thought or done; afterwards how long it took, and on demand what it was. */
Item {
    id: thinking

    required property Item row
    readonly property var content: row.content
    readonly property bool running: content.running === true
    readonly property var lines: content.lines ?? []
    property bool open: false

    function duration(seconds) {
        const whole = Math.max(1, Math.round(seconds ?? 0))
        if (whole < 60)
            return qsTr("%1 s").arg(whole)
        if (whole < 3600)
            return qsTr("%1 m %2 s").arg(Math.floor(whole / 60)).arg(whole % 60)
        return qsTr("%1 h %2 m").arg(Math.floor(whole / 3600)).arg(Math.floor(whole % 3600 / 60))
    }

    implicitHeight: Theme.gapLarge + head.height + (open ? details.height + Theme.gap : 0)

    Basic.AbstractButton {
        id: head
        objectName: "thinking"
        readonly property real radius: Theme.buttonRadius
        y: Theme.gapLarge
        width: Math.min(parent.width, caption.implicitWidth + Theme.px(22))
        height: Theme.smallButton
        text: thinking.running ? thinking.content.text || qsTr("Thinking") : qsTr("Worked for %1").arg(thinking.duration(thinking.content.seconds))
        enabled: thinking.lines.length > 0
        focusPolicy: Qt.StrongFocus
        Accessible.name: text
        Accessible.role: Accessible.Button
        Accessible.checkable: true
        Accessible.checked: thinking.open
        onClicked: thinking.open = !thinking.open
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()
        background: Item { FocusRing { target: head } }
        contentItem: Item {
            SweepingText {
                id: caption
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, parent.width - Theme.px(22))
                text: head.text
                running: thinking.running && thinking.row.shown && thinking.row.thread.awake
            }
            Icon {
                visible: head.enabled
                anchors.verticalCenter: parent.verticalCenter
                anchors.left: caption.right
                anchors.leftMargin: Theme.gapSmall
                name: "chevron-right"
                size: Theme.iconSmall
                colour: Theme.iconSecondary
                rotation: thinking.open ? 90 : 0
            }
        }
        HoverHandler { cursorShape: Qt.PointingHandCursor }
    }
    Column {
        id: details
        visible: thinking.open
        y: head.y + head.height + Theme.gap
        x: Theme.padding
        width: parent.width - x
        spacing: Theme.gap
        Repeater {
            model: thinking.open ? thinking.lines : []
            Words {
                required property string modelData
                width: details.width
                text: modelData
                wrapMode: Text.Wrap
                color: Theme.textSecondary
            }
        }
    }
    Rectangle {
        visible: thinking.open
        y: details.y
        width: Theme.px(2)
        height: details.height
        color: Theme.border
    }
}
