import QtQuick
import "../theme"
import "../controls"

/* How a card was answered, by whom and when; buttons are gone by then. */
Row {
    id: line

    property string standing: "open"
    property string decision
    property string via
    property var at

    function said() {
        if (standing === "sent")
            return qsTr("Your answer is on its way…")
        if (standing === "gone")
            return qsTr("This question no longer waits for an answer.")
        const words = {
            "approve": qsTr("Approved"), "modify": qsTr("Changes were asked for"), "reject": qsTr("Rejected"),
            "answer": qsTr("Answered"), "retry": qsTr("Gone on"), "stop": qsTr("Stopped"),
            "allow": qsTr("Allowed"), "refuse": qsTr("Refused")
        }
        return [words[decision] || qsTr("Answered"), who(), when()].filter(part => part !== "").join(" · ")
    }

    function who() {
        if (via === "" || via === "acp:multicoder-window")
            return qsTr("you")
        if (via.startsWith("terminal"))
            return qsTr("you, in the terminal")
        return via.startsWith("acp") ? qsTr("you, in %1").arg(App.desktop.oneLine(via.slice(4) || "MultiCoder"))
            : App.desktop.oneLine(via)
    }

    function when() {
        if (!at)
            return ""
        const moment = typeof at === "number" ? new Date(at * 1000) : new Date(at)
        return isNaN(moment.getTime()) ? String(at) : moment.toLocaleString(Qt.locale(), Locale.ShortFormat)
    }

    visible: standing !== "open"
    spacing: Theme.gapSmall
    Icon {
        name: line.standing === "sent" ? "clock" : ["reject", "stop", "refuse"].indexOf(line.decision) >= 0 ? "x"
            : line.standing === "gone" ? "info" : "check"
        size: Theme.iconSmall
        colour: Theme.iconSecondary
        y: Theme.px(2)
    }
    Words {
        objectName: "answerLine"
        width: Math.min(implicitWidth, line.parent ? line.parent.width - Theme.px(24) : implicitWidth)
        text: line.said()
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
}
