import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* How far the run of this chat is; a click goes to it. */
Basic.AbstractButton {
    id: pill

    required property Item shell
    property bool short: false
    readonly property var progress: App.conversation.progress
    readonly property int percent: Math.round(progress.percent || 0)
    readonly property int total: progress.total || 0
    readonly property int done: progress.done || 0
    readonly property real radius: height / 2

    objectName: "runPill"
    visible: progress.state !== undefined && progress.state !== ""
    implicitHeight: Theme.buttonSize
    implicitWidth: content.implicitWidth + 2 * Theme.gapLarge
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    text: short || total === 0 ? qsTr("%1 %").arg(percent) : qsTr("%1 % · %2/%3 modules").arg(percent).arg(done).arg(total)
    Accessible.name: qsTr("Go to the run: %1").arg(text)
    Accessible.role: Accessible.Button
    onClicked: shell.showRun()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    background: Rectangle {
        radius: pill.radius
        color: pill.down ? Theme.press : pill.hovered ? Theme.hover : Theme.clear
        border.width: Theme.hairline
        border.color: Theme.border
        FocusRing { target: pill }
    }
    contentItem: Item {
        Row {
            id: content
            anchors.centerIn: parent
            spacing: Theme.gap
            ProgressRing {
                anchors.verticalCenter: parent.verticalCenter
                value: pill.percent / 100
                Accessible.ignored: true
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: pill.text
                font: Theme.chipFont
                Accessible.ignored: true
            }
        }
    }
}
