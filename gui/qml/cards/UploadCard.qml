import QtQuick
import "../theme"
import "../controls"

/* A project the person hands over: what is in it, told from its names alone, before anything is done with it. */
CardFrame {
    id: upload

    required property var content
    required property string rowKey

    readonly property var found: content.summary || ({})
    readonly property bool odd: !!found.bursts || !!found.encrypted || found.outside > 0
    property bool ready: true
    signal buildWanted()

    function line() {
        const parts = [qsTr("%n file(s)", "", found.files || 0)]
        if (found.bytes > 0)
            parts.push(Qt.locale().formattedDataSize(found.bytes, 1, Locale.DataSizeTraditionalFormat))
        if (found.language)
            parts.push(found.language)
        return parts.join(" · ")
    }

    function warning() {
        const parts = []
        if (found.encrypted)
            parts.push(qsTr("Some of it is locked with a password."))
        if (found.bursts)
            parts.push(qsTr("Unpacked it is far larger than it looks."))
        if (found.outside > 0)
            parts.push(qsTr("%n name(s) lead out of the project's folder.", "", found.outside))
        return parts.join(" ")
    }

    objectName: "uploadCard"
    iconName: "archive"
    title: content.name || qsTr("Project")

    Words {
        objectName: "uploadFacts"
        width: parent.width
        text: upload.line()
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Grid {
        width: parent.width
        columns: width > Theme.px(480) ? 3 : 2
        columnSpacing: Theme.gapLarge
        rowSpacing: Theme.gapSmall
        Repeater {
            model: (upload.found.names || []).slice(0, 9)
            Row {
                id: entry
                required property string modelData
                readonly property bool folder: modelData.endsWith("/")
                width: (parent.width - (parent.columns - 1) * Theme.gapLarge) / parent.columns
                spacing: Theme.gapSmall
                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: entry.folder ? "folder" : "file"
                    size: Theme.iconSmall
                    colour: Theme.iconSecondary
                }
                HonestText {
                    width: parent.width - Theme.px(24)
                    foreign: entry.modelData
                    oneLine: true
                    font: Theme.logFont
                    elide: Text.ElideMiddle
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
    Words {
        objectName: "uploadWarning"
        visible: upload.odd
        width: parent.width
        text: upload.warning()
        color: Theme.warningInk
        wrapMode: Text.Wrap
        Accessible.role: Accessible.AlertMessage
    }
    Flow {
        width: parent.width
        spacing: Theme.gapLarge
        PillButton {
            id: build
            objectName: "buildUploadButton"
            kind: "primary"
            text: qsTr("Build and run")
            enabled: upload.ready && upload.found.files > 0
            onClicked: upload.buildWanted()
        }
        Words {
            height: build.height
            width: Math.min(implicitWidth, parent.width)
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Nothing is started before you approved it.")
            font: Theme.captionFont
            color: Theme.textSecondary
        }
    }
}
