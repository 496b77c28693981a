import QtQuick
import "../theme"
import "../controls"

/* What is behind a row of the run: its drafts, what was said about each, what each changed. */
Column {
    id: panel

    property var drafts: []
    property int chosen: -1
    property string shown: "log"
    readonly property int at: chosen >= 0 && chosen < drafts.length ? chosen : drafts.length - 1
    readonly property var draft: at >= 0 ? drafts[at] : ({})
    readonly property var diffs: draft.diffs || []

    spacing: Theme.gap
    Flow {
        width: parent.width
        spacing: Theme.gap
        Segmented {
            visible: panel.drafts.length > 1
            options: panel.drafts.map((draft, number) => ({ "value": String(number), "text": qsTr("Draft %1").arg(number + 1) }))
            value: String(panel.at)
            onChosen: value => panel.chosen = Number(value)
        }
        Segmented {
            visible: panel.diffs.length > 0
            options: [{ "value": "log", "text": qsTr("Log") }, { "value": "diff", "text": qsTr("Changes") }]
            value: panel.shown
            onChosen: value => panel.shown = value
        }
    }
    OutputBox {
        visible: panel.shown === "log" || panel.diffs.length === 0
        width: parent.width
        foreign: panel.draft.output || qsTr("Nothing was said about this yet.")
    }
    Repeater {
        model: panel.shown === "diff" ? panel.diffs : []
        Column {
            id: changed
            required property var modelData
            width: panel.width
            spacing: Theme.gapSmall
            HonestText {
                width: parent.width
                foreign: changed.modelData.path
                oneLine: true
                font: Theme.captionStrong
                elide: Text.ElideMiddle
                wrapMode: Text.NoWrap
            }
            DiffView {
                width: parent.width
                lines: App.desktop.difference(changed.modelData.old || "", changed.modelData["new"] || "")
            }
        }
    }
}
