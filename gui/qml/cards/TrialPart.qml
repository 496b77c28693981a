import QtQuick
import "../theme"
import "../controls"

/* A finished program that was started in the sandbox: that it runs, then what was seen of it. */
Column {
    id: part

    required property string run
    required property int version
    readonly property var trial: App.trials.states[run + "/" + version] || ({})
    readonly property bool works: ["asked", "waiting", "running"].indexOf(trial.state) >= 0
    readonly property string output: [trial.stdout || "", trial.stderr || ""].map(text => text.trim())
        .filter(text => text !== "").join("\n")

    function number(value) {
        return Number(value).toLocaleString(Qt.locale(), "f", 1)
    }

    function ending() {
        switch (trial.ending) {
        case "exit": return qsTr("It ended by itself after %1 s with exit code %2.").arg(number(trial.seconds)).arg(trial.exit_code)
        case "timeout": return qsTr("It was still running after %1 s and was stopped; it may wait for input nobody gives here.").arg(trial.limit)
        case "output": return qsTr("It was stopped because its output never ended.")
        case "signal": return qsTr("It broke off after %1 s.").arg(number(trial.seconds))
        default: return ""
        }
    }

    function told() {
        if (trial.state === "cancelled")
            return qsTr("It was stopped.")
        if (trial.state !== "done")
            return ""
        switch (trial.look) {
        case "window": return trial.alive
            ? qsTr("It opened the window “%1” on a screen of its own; it was closed when its picture was taken.").arg(App.desktop.oneLine(trial.title || ""))
            : qsTr("It opened no window that stayed. %1").arg(ending())
        case "server": return trial.title ? qsTr("It answered as a server: %1.").arg(App.desktop.oneLine(trial.title))
            : qsTr("No server answered. %1").arg(ending())
        case "pages": return trial.ending ? qsTr("The page as a browser draws it here.")
            : qsTr("There is no browser on this computer that could draw the page in the sandbox.")
        default: return ending()
        }
    }

    objectName: "trialPart"
    visible: !!trial.state
    spacing: Theme.gap
    Row {
        visible: part.works
        spacing: Theme.gap
        Spinner { anchors.verticalCenter: parent.verticalCenter }
        Words {
            objectName: "trialWorks"
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, part.width - stop.width - Theme.px(48))
            text: qsTr("Running in the sandbox: no network, none of your files, a minute at most")
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
        PillButton {
            id: stop
            objectName: "trialStop"
            anchors.verticalCenter: parent.verticalCenter
            enabled: part.trial.state !== "asked"
            iconName: "stop"
            text: qsTr("Stop")
            Accessible.name: qsTr("Stop the trial")
            onClicked: App.trials.stop(part.run, part.version)
        }
    }
    Item {
        visible: !part.works
        width: parent.width
        height: Math.max(words.height, shut.height)
        Words {
            id: words
            objectName: "trialTold"
            width: parent.width - shut.width - Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: part.trial.problem || part.told()
            color: part.trial.problem ? Theme.errorInk : Theme.text
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
        }
        IconButton {
            id: shut
            objectName: "trialClose"
            anchors.right: parent.right
            size: Theme.smallButton
            iconName: "x"
            text: qsTr("Close the trial")
            onClicked: App.trials.close(part.run, part.version)
        }
    }
    Image {
        objectName: "trialPicture"
        readonly property real share: Math.min(1, parent.width / Math.max(1, implicitWidth),
            Theme.px(320) / Math.max(1, implicitHeight))
        visible: status === Image.Ready
        source: part.trial.picture || ""
        width: implicitWidth * share
        height: visible ? implicitHeight * share : 0
        fillMode: Image.PreserveAspectFit
        mipmap: true
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("The program as it looks in the sandbox")
        Rectangle {
            anchors.fill: parent
            color: Theme.clear
            border.width: Theme.hairline
            border.color: Theme.border
        }
    }
    OutputBox {
        objectName: "trialOutput"
        visible: !part.works && foreign !== ""
        width: parent.width
        foreign: part.output
    }
    Words {
        visible: !!part.trial.cut
        width: parent.width
        text: qsTr("Only the end of its output is shown.")
        font: Theme.captionFont
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
}
