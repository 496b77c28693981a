import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The versions of a program; two ticks show what lies between them, an earlier one can become the newest. */
Dialog {
    id: dialog

    property int wanted: 0
    readonly property var model: App.versions
    readonly property int newest: model.rows.length > 0 ? model.rows[0].version : 0

    objectName: "versionsDialog"
    title: model.title ? qsTr("Versions of %1").arg(App.desktop.oneLine(model.title)) : qsTr("Versions")
    onAboutToShow: wanted = 0
    Connections {
        target: App.versions
        function onOpened() { dialog.open() }
        function onClosed() { dialog.close() }
    }

    Flickable {
        id: page
        objectName: "versionsPage"
        width: parent.width
        height: Math.min(pile.height, dialog.parent ? dialog.parent.height - Theme.px(240) : pile.height)
        contentHeight: pile.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        Basic.ScrollBar.vertical: SlimScrollBar {}
        Column {
            id: pile
            width: page.width - Theme.gapLarge
            spacing: Theme.gapLarge
            Words {
                objectName: "versionsHint"
                width: parent.width
                text: dialog.model.rows.length > 1
                    ? qsTr("Two ticks show the difference. Restoring makes a new version; nothing is lost.")
                    : dialog.model.rows.length === 1 ? qsTr("There is only what was delivered first.")
                    : dialog.model.busy ? qsTr("One moment ...") : ""
                visible: text !== ""
                color: Theme.textSecondary
                wrapMode: Text.Wrap
            }
            Column {
                width: parent.width
                Repeater {
                    model: dialog.model.rows
                    VersionRow {
                        required property var modelData
                        version: modelData
                        newest: modelData.version === dialog.newest
                        width: pile.width
                        onRestoreWanted: dialog.wanted = version.version
                    }
                }
            }
            Words {
                objectName: "versionsSame"
                visible: dialog.model.compared && dialog.model.files.length === 0
                width: parent.width
                text: qsTr("The source files of these two versions are the same.")
                color: Theme.textSecondary
                wrapMode: Text.Wrap
            }
            Repeater {
                model: dialog.model.files
                Column {
                    id: file
                    required property var modelData
                    width: pile.width
                    spacing: Theme.gapSmall
                    HonestText {
                        width: parent.width
                        foreign: file.modelData.kind === "added" ? qsTr("%1 (new)").arg(file.modelData.path)
                            : file.modelData.kind === "removed" ? qsTr("%1 (removed)").arg(file.modelData.path) : file.modelData.path
                        oneLine: true
                        font: Theme.captionStrong
                    }
                    Words {
                        visible: file.modelData.tooLong
                        width: parent.width
                        text: qsTr("This file is too long to be compared here.")
                        color: Theme.textSecondary
                        wrapMode: Text.Wrap
                    }
                    DiffView {
                        visible: lines.length > 0
                        width: parent.width
                        lines: file.modelData.lines
                    }
                }
            }
            PillButton {
                objectName: "moreFiles"
                visible: dialog.model.left > 0
                enabled: !dialog.model.busy
                text: qsTr("Show %n more file(s)", "", dialog.model.left)
                onClicked: dialog.model.more()
            }
        }
    }
    Words {
        objectName: "restoreQuestion"
        visible: dialog.wanted > 0
        width: parent.width
        text: qsTr("Deliver version %1 again, exactly as it was, as version %2? Later changes begin from it; versions in between stay.")
            .arg(dialog.wanted).arg(dialog.newest + 1)
        wrapMode: Text.Wrap
    }
    Words {
        objectName: "versionsProblem"
        visible: text !== ""
        width: parent.width
        text: dialog.model.problem
        color: Theme.errorInk
        wrapMode: Text.Wrap
        Accessible.role: Accessible.AlertMessage
    }
    actions: [
        PillButton {
            objectName: "versionsClose"
            kind: dialog.wanted > 0 ? "ghost" : "secondary"
            text: dialog.wanted > 0 ? qsTr("Cancel") : qsTr("Close")
            onClicked: dialog.wanted > 0 ? dialog.wanted = 0 : dialog.close()
        },
        PillButton {
            objectName: "restoreConfirm"
            visible: dialog.wanted > 0
            enabled: !dialog.model.busy
            kind: "primary"
            text: qsTr("Restore version %1").arg(dialog.wanted)
            onClicked: dialog.model.restore(dialog.wanted)
        }
    ]
}
