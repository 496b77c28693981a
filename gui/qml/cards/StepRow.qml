import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One stage or module of a run; opens to show what is behind it. */
Column {
    id: step

    property string name
    property string standing
    property string model
    property string instead
    property string figures
    property bool mono: false
    property int beat: 0
    property var drafts: []
    property bool opened: false
    readonly property bool opens: drafts.length > 0
    readonly property bool works: word.works
    // Comparing texts is dear: what is behind a row is shown anew only when it reads differently.
    property var kept: []
    readonly property string reading: drafts.map(draft => [draft.id, draft.status, draft.output,
        (draft.diffs || []).map(diff => [diff.path, (diff.old || "").length, (diff["new"] || "").length])].join()).join()
    onReadingChanged: kept = drafts

    Basic.AbstractButton {
        id: button
        objectName: "stepHead"
        readonly property real radius: Theme.rowRadius
        width: parent.width
        height: Theme.rowHeight
        enabled: step.opens
        focusPolicy: Qt.StrongFocus
        hoverEnabled: true
        Accessible.role: Accessible.Button
        Accessible.name: [step.name, word.word, step.model, step.instead, step.figures].filter(part => part !== "").join(", ")
        onClicked: step.opened = !step.opened
        Keys.onReturnPressed: clicked()
        background: Rectangle {
            radius: button.radius
            color: button.hovered && step.opens ? Theme.hover : Theme.clear
            FocusRing { target: button }
        }
        contentItem: Item {
            Icon {
                id: arrow
                visible: step.opens
                anchors.verticalCenter: parent.verticalCenter
                name: step.opened ? "chevron-down" : "chevron-right"
                size: Theme.iconSmall
                colour: Theme.iconTertiary
            }
            HonestText {
                x: Theme.px(22)
                width: parent.width - x - right.width - Theme.gapLarge
                anchors.verticalCenter: parent.verticalCenter
                foreign: step.name
                oneLine: true
                font: step.mono ? Theme.logFont : Theme.uiFont
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
            Row {
                id: right
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gapLarge
                Icon {
                    objectName: "otherModel"
                    visible: step.instead !== ""
                    anchors.verticalCenter: parent.verticalCenter
                    name: "swap"
                    size: Theme.iconSmall
                    colour: Theme.yellowInk
                    HoverHandler { id: over }
                    Tip { visible: over.hovered; text: App.desktop.oneLine(step.instead) }
                }
                HonestText {
                    visible: foreign !== "" && step.width > Theme.px(520)
                    width: Math.min(implicitWidth, Theme.px(160))
                    foreign: step.model
                    oneLine: true
                    font: Theme.captionFont
                    color: Theme.textSecondary
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                    Accessible.ignored: true
                }
                Words {
                    visible: text !== "" && step.width > Theme.px(400)
                    text: step.figures
                    font: Theme.captionFont
                    color: Theme.textSecondary
                    anchors.verticalCenter: parent.verticalCenter
                    Accessible.ignored: true
                }
                StatusWord {
                    id: word
                    width: Math.max(Theme.px(92), implicitWidth)
                    standing: step.standing
                    beat: step.beat
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }
    }
    Loader {
        x: Theme.px(22)
        width: parent.width - x
        active: step.opened && step.opens
        visible: active
        height: active && item ? item.implicitHeight + Theme.gap : 0
        sourceComponent: DetailPanel {
            drafts: step.kept
        }
    }
}
