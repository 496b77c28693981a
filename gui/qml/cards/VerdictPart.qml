import QtQuick
import "../theme"
import "../controls"

/* What the judge says: reasons, rules, whether it can be done, what is recommended. */
Column {
    id: part

    property var verdict: ({})
    readonly property string level: verdict.level || ""

    spacing: Theme.gapLarge
    visible: level !== ""
    Bullets {
        width: parent.width
        heading: part.level === "green" ? qsTr("Why") : qsTr("Risks and reasons")
        lines: part.verdict.reasons || []
    }
    Column {
        width: parent.width
        spacing: Theme.gapSmall
        FactRow { label: qsTr("Rule"); value: (part.verdict.policy_rules || []).join(", "); mono: true }
        FactRow { label: qsTr("Can it be done"); value: part.verdict.feasibility || "" }
        FactRow { label: qsTr("Recommended"); value: part.verdict.recommendation || "" }
    }
}
