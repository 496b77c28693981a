import QtQuick
import "../theme"

/* What it will take, roughly, and the limits that will be kept. */
Column {
    id: part

    property var estimate: ({})
    property var caps: ({})
    property var models: ({})
    readonly property var roles: ({
        "architect": qsTr("plan"), "coder": qsTr("code"), "reviewer": qsTr("review"), "tester": qsTr("tests"),
        "judge": qsTr("judgement"), "packager": qsTr("packing")
    })

    function number(value) {
        return Number(value).toLocaleString(Qt.locale(), "f", value % 1 === 0 ? 0 : 2)
    }

    // Each model once, with everything it does for this program.
    function team() {
        const tasks = {}
        Object.keys(roles).filter(role => models[role]).forEach(role =>
            tasks[models[role]] = [...(tasks[models[role]] || []), roles[role]])
        return Object.keys(tasks).map(model => qsTr("%1 (%2)").arg(model).arg(tasks[model].join(", "))).join("\n")
    }

    function time() {
        if (estimate.seconds === undefined)
            return ""
        const minutes = Math.ceil(estimate.seconds / 60)
        return minutes === 0 ? qsTr("no figures yet: this team has finished no program here")
            : qsTr("about %1 min, as %n earlier program(s) of this team took", "", estimate.programs).arg(number(minutes))
    }

    function limits() {
        const names = {
            "usd": qsTr("%1 USD"), "tokens": qsTr("%1 tokens"), "calls": qsTr("%1 calls"), "minutes": qsTr("%1 minutes")
        }
        return Object.keys(names).filter(name => caps[name] !== undefined)
            .map(name => names[name].arg(number(caps[name]))).join(" · ")
    }

    spacing: Theme.gapSmall
    FactRow {
        objectName: "planModels"
        label: qsTr("Models")
        value: part.team()
    }
    FactRow {
        label: qsTr("Estimate")
        value: part.estimate.calls === undefined ? ""
            : qsTr("about %1 calls, %2 tokens").arg(part.number(part.estimate.calls)).arg(part.number(part.estimate.tokens))
    }
    FactRow {
        objectName: "planTime"
        label: qsTr("Time")
        value: part.time()
    }
    FactRow {
        label: qsTr("Hard limits")
        value: part.limits()
    }
}
