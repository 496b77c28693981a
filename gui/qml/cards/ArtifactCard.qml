import QtQuick
import "../theme"
import "../controls"

/* A finished program: what it is, what was tested, and where it may go. */
CardFrame {
    id: artifact

    required property var content
    required property string rowKey

    property var facts: ({})
    property real saving: -1
    readonly property string path: content.path || ""
    readonly property bool missing: facts.exists === undefined ? !!content.missing : !facts.exists
    readonly property bool gone: missing || trial.trial.kind === "version-gone"
    readonly property string sha256: content.sha256 || facts.sha256 || ""
    readonly property var platforms: ({
        "windows": "Windows", "linux": "Linux", "mac": "macOS", "web": qsTr("Web page"), "source": qsTr("Source code")
    })
    readonly property string picture: facts.screenshot || ""

    function look() {
        facts = path !== "" ? App.desktop.facts(path) : ({})
        if (facts.exists)
            App.desktop.inspect(path, content.evidence || "", content.sha256 || "")
    }

    function size(bytes) {
        return bytes > 0 ? Qt.locale().formattedDataSize(bytes, 1, Locale.DataSizeTraditionalFormat) : ""
    }

    function line() {
        const parts = [size(facts.size || content.size || 0)]
        if (sha256)
            parts.push("SHA-256 " + sha256.slice(0, 8))
        parts.push(platforms[facts.platform] || "")
        if (facts.total > 0)
            parts.push(qsTr("tests %1/%2").arg(facts.passed).arg(facts.total))
        if (content.version > 1)
            parts.push(qsTr("version %1").arg(content.version))
        if (facts.signed !== undefined && facts.signed !== null)
            parts.push(facts.signed ? qsTr("signed") : qsTr("not signed"))
        return parts.filter(part => part !== "").join(" · ")
    }

    function typeIcon() {
        const ending = (content.name || "").split(".").pop().toLowerCase()
        return ending === "zip" ? "archive" : ending === "html" ? "globe" : facts.folder ? "folder" : "package"
    }

    objectName: "artifactCard"
    Accessible.name: qsTr("Finished program: %1").arg(App.desktop.oneLine(content.name || ""))
    Component.onCompleted: look()
    onPathChanged: look()
    Connections {
        target: App.desktop
        function onInspected(path, found) {
            if (path === artifact.path)
                artifact.facts = found
        }
        function onSaving(path, share) {
            if (path === artifact.path)
                artifact.saving = share
        }
        function onSaved(path) {
            if (path === artifact.path)
                artifact.saving = -1
        }
    }

    Item {
        width: parent.width
        height: Math.max(tile.height, names.height)
        Rectangle {
            id: tile
            width: Theme.px(40)
            height: width
            radius: Theme.rowRadius
            color: Theme.tertiary
            Icon {
                anchors.centerIn: parent
                name: artifact.missing ? "alert" : artifact.typeIcon()
                size: Theme.iconLarge
                colour: artifact.missing ? Theme.yellowInk : Theme.icon
            }
        }
        Column {
            id: names
            x: tile.width + Theme.gapLarge
            width: parent.width - x
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(2)
            HonestText {
                objectName: "artifactName"
                width: parent.width
                foreign: artifact.content.name || ""
                oneLine: true
                font: Theme.titleFont
                elide: Text.ElideMiddle
                wrapMode: Text.NoWrap
            }
            Words {
                objectName: "artifactFacts"
                width: parent.width
                text: artifact.missing ? qsTr("The file is no longer where it was put.") : artifact.line()
                color: artifact.missing ? Theme.yellowInk : Theme.textSecondary
                wrapMode: Text.Wrap
            }
        }
    }
    Image {
        id: shot
        objectName: "artifactScreenshot"
        visible: artifact.picture !== "" && status === Image.Ready && !artifact.missing
        source: artifact.picture
        readonly property real share: Math.min(1, parent.width / Math.max(1, implicitWidth),
            Theme.px(320) / Math.max(1, implicitHeight))
        width: implicitWidth * share
        height: visible ? implicitHeight * share : 0
        fillMode: Image.PreserveAspectFit
        mipmap: true
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("The program as it looked when it was tried")
        Rectangle {
            anchors.fill: parent
            color: Theme.clear
            border.width: Theme.hairline
            border.color: Theme.border
        }
    }
    Words {
        objectName: "artifactChanged"
        visible: !!artifact.facts.changed
        width: parent.width
        text: qsTr("Careful: this file is not the one that was delivered; its SHA-256 differs.")
        color: Theme.errorInk
        wrapMode: Text.Wrap
    }
    ProgressLine {
        visible: artifact.saving >= 0
        width: parent.width
        value: artifact.saving
    }
    ArtifactActions {
        width: parent.width
        artifact: artifact
    }
    TrialPart {
        id: trial
        width: parent.width
        run: artifact.content.run || ""
        version: artifact.content.version || 0
    }
}
