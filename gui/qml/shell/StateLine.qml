import QtQuick
import "../theme"
import "../controls"

/* Says that the engine is not there yet, or not any more, and what helps. Typing goes on meanwhile. */
Item {
    id: line

    readonly property string engine: App.link.state
    readonly property string problem: App.link.problem
    readonly property bool wanted: engine !== "ready"
    readonly property bool failed: engine === "failed"
    readonly property bool stopped: engine === "stopped"

    objectName: "stateLine"
    implicitHeight: Math.max(Theme.px(40), words.implicitHeight + Theme.padding)
    visible: failed || stopped || (wanted && shown)
    property bool shown: false
    onWantedChanged: {
        shown = false
        if (wanted)
            patience.restart()
        else
            patience.stop()
    }
    Component.onCompleted: if (wanted) patience.restart()

    // An engine that is quickly there needs no words.
    Timer {
        id: patience
        interval: 600
        onTriggered: line.shown = true
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.rowRadius
        color: line.failed ? Theme.error : Theme.dark ? Theme.raised : Theme.tertiary
        border.width: line.failed ? Theme.hairline : 0
        border.color: Theme.errorBorder
    }
    Spinner {
        id: spinner
        anchors.left: parent.left
        anchors.leftMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.iconSmall
        visible: !line.failed && !line.stopped
        running: line.visible && visible
    }
    Icon {
        anchors.centerIn: spinner
        visible: !spinner.visible
        name: line.failed ? "alert" : "pause"
        size: Theme.iconSmall
        colour: line.failed ? Theme.errorInk : Theme.iconSecondary
    }
    Words {
        id: words
        objectName: "stateWords"
        anchors.left: spinner.right
        anchors.leftMargin: Theme.gapLarge
        anchors.right: again.visible ? again.left : parent.right
        anchors.rightMargin: Theme.gapLarge
        anchors.verticalCenter: parent.verticalCenter
        wrapMode: Text.Wrap
        color: line.failed ? Theme.errorInk : Theme.textSecondary
        text: line.failed ? (line.problem || qsTr("The engine does not start.")) + " "
                + qsTr("What you write here is kept. Try again; if that does not help, start the program anew.")
            : line.stopped ? line.problem
            : line.engine === "reconnecting" ? qsTr("The engine was restarted. Your work goes on where it was…")
            : qsTr("Starting the engine…")
        Accessible.role: Accessible.AlertMessage
    }
    PillButton {
        id: again
        objectName: "engineRetry"
        visible: line.failed || line.stopped
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapSmall
        anchors.verticalCenter: parent.verticalCenter
        implicitHeight: Theme.smallButton
        text: line.stopped ? qsTr("Start") : qsTr("Retry")
        onClicked: App.link.retry()
    }
}
