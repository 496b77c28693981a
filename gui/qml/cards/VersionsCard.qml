import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The versions of a program: who wrote each, when, how much changed; two ticks show what lies between. */
CardFrame {
    id: history

    required property var content
    required property string rowKey

    readonly property var versions: content.versions || []
    property var ticked: []
    readonly property var pair: ticked.slice().sort((one, other) => one - other)
    signal compared(int older, int newer)
    signal restored(int version)

    function tick(version) {
        ticked = ticked.indexOf(version) >= 0 ? ticked.filter(other => other !== version) : [...ticked, version].slice(-2)
        if (ticked.length === 2)
            compared(pair[0], pair[1])
    }

    function when(at) {
        return at ? new Date(at * 1000).toLocaleString(Qt.locale(), Locale.ShortFormat) : ""
    }

    function changes(version) {
        return version.added === undefined ? "" : "+" + version.added + " −" + (version.removed || 0)
    }

    objectName: "versionsCard"
    iconName: "branch"
    title: content.title ? qsTr("Versions of %1").arg(content.title) : qsTr("Versions")

    Words {
        visible: history.versions.length === 0
        width: parent.width
        text: qsTr("There is only what was delivered first.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Column {
        width: parent.width
        Repeater {
            model: history.versions
            Item {
                id: row
                required property var modelData
                readonly property bool chosen: history.ticked.indexOf(modelData.version) >= 0
                objectName: "versionRow"
                width: parent.width
                height: Theme.px(44)
                Basic.CheckBox {
                    id: box
                    readonly property real radius: Theme.gapSmall
                    width: Theme.smallButton
                    height: Theme.smallButton
                    anchors.verticalCenter: parent.verticalCenter
                    checked: row.chosen
                    focusPolicy: Qt.StrongFocus
                    Accessible.name: qsTr("Compare version %1").arg(row.modelData.version)
                    onClicked: history.tick(row.modelData.version)
                    contentItem: null
                    indicator: Rectangle {
                        anchors.centerIn: parent
                        width: Theme.px(18)
                        height: width
                        radius: Theme.gapSmall
                        color: row.chosen ? Theme.primary : Theme.clear
                        border.width: Theme.hairline
                        border.color: Theme.borderHeavy
                        Icon {
                            visible: row.chosen
                            anchors.centerIn: parent
                            name: "check"
                            size: Theme.iconTiny
                            colour: Theme.primaryInk
                        }
                        FocusRing { target: box }
                    }
                }
                Column {
                    x: box.width + Theme.gap
                    width: parent.width - x - back.width - Theme.gapLarge
                    anchors.verticalCenter: parent.verticalCenter
                    Words {
                        text: qsTr("Version %1").arg(row.modelData.version)
                        font: Theme.uiMedium
                    }
                    HonestText {
                        width: parent.width
                        foreign: [row.modelData.model || "", history.when(row.modelData.at), history.changes(row.modelData)]
                            .filter(part => part !== "").join(" · ")
                        oneLine: true
                        font: Theme.captionFont
                        color: Theme.textSecondary
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                    }
                }
                PillButton {
                    id: back
                    objectName: "restoreButton"
                    visible: row.modelData.version !== history.versions[0].version
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("Restore")
                    onClicked: history.restored(row.modelData.version)
                }
            }
        }
    }
    Repeater {
        model: history.ticked.length === 2 ? history.content.diffs || [] : []
        Column {
            id: file
            required property var modelData
            width: parent.width
            spacing: Theme.gapSmall
            HonestText {
                width: parent.width
                foreign: file.modelData.path
                oneLine: true
                font: Theme.captionStrong
            }
            DiffView {
                width: parent.width
                lines: App.desktop.difference(file.modelData.old || "", file.modelData["new"] || "")
            }
        }
    }
    Words {
        visible: history.versions.length > 1
        width: parent.width
        text: qsTr("Two ticks show the difference. Restoring makes a new version; nothing is lost.")
        font: Theme.captionFont
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
}
