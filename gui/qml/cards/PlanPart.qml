import QtQuick
import "../theme"
import "../controls"

/* What will be built, as the architect drew it. */
Column {
    id: part

    property var plan: ({})
    readonly property var modules: plan.modules || []
    readonly property var changed: plan.changed || []
    readonly property var targets: ({
        "exe": qsTr("program file"), "zip": qsTr("zip archive"), "source": qsTr("source code")
    })

    spacing: Theme.gapLarge
    visible: modules.length > 0
    HonestText {
        width: parent.width
        foreign: part.plan.summary || ""
    }
    Column {
        width: parent.width
        spacing: Theme.gapSmall
        FactRow { label: qsTr("Target"); value: part.targets[part.plan.target] || part.plan.target || "" }
        FactRow { label: qsTr("Language"); value: part.plan.language || "" }
        FactRow { label: qsTr("Starts with"); value: part.plan.entry_point || ""; mono: true }
        FactRow {
            label: qsTr("Packages")
            value: (part.plan.dependencies || []).length > 0 ? part.plan.dependencies.join(", ") : qsTr("none from others")
        }
    }
    Column {
        width: parent.width
        spacing: Theme.gapSmall
        Words {
            text: qsTr("%n module(s)", "", part.modules.length)
            font: Theme.uiMedium
        }
        Repeater {
            model: part.modules
            Item {
                id: row
                required property var modelData
                readonly property bool kept: part.changed.indexOf(modelData.name) < 0
                width: part.width
                height: purpose.height
                HonestText {
                    id: name
                    width: Math.min(Theme.px(132), row.width * 0.34)
                    foreign: row.modelData.name
                    oneLine: true
                    font: Theme.logFont
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    y: Theme.px(2)
                }
                HonestText {
                    id: purpose
                    x: name.width + Theme.gapLarge
                    width: row.width - x
                    foreign: row.kept ? qsTr("%1 (stays as it is)").arg(row.modelData.purpose) : row.modelData.purpose
                    color: row.kept ? Theme.textSecondary : Theme.text
                }
            }
        }
    }
    Bullets {
        width: parent.width
        heading: qsTr("It is done when")
        lines: (part.plan.acceptance || []).map(item => item.when + " → " + item.then)
        most: 4
    }
    Bullets {
        width: parent.width
        heading: qsTr("Decided for you")
        lines: part.plan.notes || []
        most: 4
    }
}
