import QtQuick
import "../theme"

/* What it will take, roughly, and the limits that will be kept. */
Column {
    id: part

    property var estimate: ({})
    property var caps: ({})
    property var models: []

    function number(value) {
        return Number(value).toLocaleString(Qt.locale(), "f", value % 1 === 0 ? 0 : 2)
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
        label: qsTr("Models")
        value: (part.models || []).join(", ")
    }
    FactRow {
        label: qsTr("Estimate")
        value: part.estimate.calls === undefined ? ""
            : qsTr("about %1 calls, %2 tokens").arg(part.number(part.estimate.calls)).arg(part.number(part.estimate.tokens))
    }
    FactRow {
        label: qsTr("Hard limits")
        value: part.limits()
    }
}
