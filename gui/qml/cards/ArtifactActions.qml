import QtQuick
import "../theme"
import "../controls"

/* What may be done with a finished program. */
Flow {
    id: actions

    required property Item artifact
    readonly property var content: artifact.content
    readonly property var editors: artifact.missing ? [] : App.desktop.editors

    spacing: Theme.gap
    PillButton {
        objectName: "rebuildButton"
        visible: actions.artifact.gone
        kind: "primary"
        iconName: "refresh"
        text: qsTr("Rebuild")
        onClicked: App.conversation.send(qsTr("Build “%1” again.").arg(App.desktop.oneLine(actions.content.name || "")), [])
    }
    PillButton {
        objectName: "saveAsButton"
        visible: !actions.artifact.missing
        enabled: actions.artifact.saving < 0
        kind: "primary"
        iconName: "save"
        text: qsTr("Save as")
        onClicked: App.desktop.saveAs(actions.artifact.path, "")
    }
    PillButton {
        objectName: "openFolderButton"
        iconName: "folder"
        text: qsTr("Open folder")
        onClicked: App.desktop.openFolder(actions.artifact.path)
    }
    PillButton {
        objectName: "openInButton"
        visible: actions.editors.length > 0
        iconName: "code"
        text: qsTr("Open in IDE")
        onClicked: actions.editors.length === 1 ? App.desktop.openIn(actions.editors[0].id, actions.artifact.path)
            : choice.popup(this, 0, height)
        PopupMenu {
            id: choice
            Repeater {
                model: actions.editors
                MenuEntry {
                    required property var modelData
                    text: modelData.name
                    onTriggered: App.desktop.openIn(modelData.id, actions.artifact.path)
                }
            }
        }
    }
    IconButton {
        objectName: "artifactMore"
        iconName: "dots"
        text: qsTr("More")
        onClicked: more.popup(this, 0, height)
        PopupMenu {
            id: more
            MenuEntry {
                objectName: "runInSandbox"
                visible: !!actions.content.run && actions.content.version > 0
                iconName: "play"
                text: qsTr("Run in the sandbox")
                onTriggered: App.trials.start(actions.content.run, actions.content.version)
            }
            MenuEntry {
                objectName: "showVersions"
                visible: !!actions.content.run
                iconName: "branch"
                text: qsTr("Versions")
                onTriggered: App.versions.show(actions.content.run)
            }
            MenuEntry {
                visible: !!actions.artifact.facts.report
                iconName: "report"
                text: qsTr("Report")
                onTriggered: App.desktop.openFile(actions.artifact.facts.report)
            }
            MenuEntry {
                visible: actions.artifact.sha256 !== ""
                iconName: "copy"
                text: qsTr("Copy SHA-256")
                onTriggered: App.desktop.copyText(actions.artifact.sha256)
            }
            MenuEntry {
                iconName: "copy"
                text: qsTr("Copy path")
                onTriggered: App.desktop.copyText(actions.artifact.path)
            }
        }
    }
}
