import QtQuick
import "../theme"
import "../controls"

/* A project the person hands over: what is in it, before anything is done with it. */
CardFrame {
    id: upload

    required property var content
    required property string rowKey

    readonly property string path: content.path || content.uri || ""
    property var found: ({})
    property bool asked: false

    function look() {
        found = {}
        if (path !== "")
            App.desktop.lookInto(path)
    }

    function line() {
        const parts = [qsTr("%n file(s)", "", found.files || 0)]
        if (found.size > 0)
            parts.push(Qt.locale().formattedDataSize(found.size, 1, Locale.DataSizeTraditionalFormat))
        if (found.language)
            parts.push(found.language)
        return parts.join(" · ")
    }

    function build() {
        asked = true
        const file = {"name": content.name || "", "uri": content.uri || path, "size": content.size || 0,
                      "mime": content.mime || "application/zip"}
        App.conversation.send(qsTr("Look through this project, build it and run it."), [file])
    }

    objectName: "uploadCard"
    iconName: "archive"
    title: content.name || qsTr("Project")
    Component.onCompleted: look()
    onPathChanged: look()
    Connections {
        target: App.desktop
        function onLookedInto(path, found) {
            if (path === upload.path)
                upload.found = found
        }
    }

    Words {
        objectName: "uploadFacts"
        width: parent.width
        text: upload.found.problem === "missing" ? qsTr("It is no longer there.")
            : upload.found.problem === "broken" ? qsTr("This archive cannot be read.")
            : upload.found.files === undefined ? qsTr("Looking into it…") : upload.line()
        color: upload.found.problem ? Theme.errorInk : Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Grid {
        width: parent.width
        columns: width > Theme.px(480) ? 2 : 1
        columnSpacing: Theme.gapLarge
        rowSpacing: Theme.gapSmall
        Repeater {
            model: upload.found.tree || []
            Row {
                id: entry
                required property var modelData
                readonly property bool folder: modelData.name.endsWith("/")
                width: (parent.width - (parent.columns - 1) * Theme.gapLarge) / parent.columns
                spacing: Theme.gapSmall
                Icon {
                    name: entry.folder ? "folder" : "file"
                    size: Theme.iconSmall
                    colour: Theme.iconSecondary
                }
                HonestText {
                    width: parent.width - Theme.px(24)
                    foreign: entry.folder ? entry.modelData.name + " (" + entry.modelData.files + ")" : entry.modelData.name
                    oneLine: true
                    font: Theme.logFont
                    elide: Text.ElideMiddle
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
    Words {
        visible: !!upload.found.cut
        width: parent.width
        text: qsTr("There is more than is counted here.")
        font: Theme.captionFont
        color: Theme.textSecondary
    }
    Words {
        width: parent.width
        text: qsTr("Nothing is started before you approved it.")
        font: Theme.captionFont
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    PillButton {
        objectName: "buildUploadButton"
        kind: "primary"
        text: qsTr("Build and run")
        enabled: !upload.asked && upload.found.files > 0 && !upload.found.problem
        onClicked: upload.build()
    }
}
