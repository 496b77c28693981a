import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One delivered version: a tick for the comparison, who made it and when, the way back to it. */
Item {
    id: row

    required property var version
    property bool newest: false
    readonly property bool chosen: App.versions.ticked.indexOf(version.version) >= 0
    signal restoreWanted()

    function when(at) {
        return at ? new Date(at * 1000).toLocaleString(Qt.locale(), Locale.ShortFormat) : ""
    }

    function facts() {
        const found = version.restored > 0 ? [qsTr("version %1 again").arg(version.restored)] : version.models.slice()
        found.push(when(version.at), "+" + version.added + " −" + version.removed)
        if (version.passed !== null && version.passed !== undefined)
            found.push(qsTr("%n test(s) passed", "", version.passed))
        if (version.missing)
            found.push(qsTr("the file was moved"))
        return found.filter(part => part !== "").join(" · ")
    }

    objectName: "versionRow"
    implicitHeight: Math.max(Theme.px(44), words.height + Theme.gap)
    Basic.CheckBox {
        id: box
        readonly property real radius: Theme.gapSmall
        objectName: "versionTick"
        width: Theme.smallButton
        height: Theme.smallButton
        anchors.verticalCenter: parent.verticalCenter
        checked: row.chosen
        focusPolicy: Qt.StrongFocus
        Accessible.name: qsTr("Compare version %1").arg(row.version.version)
        onClicked: {
            App.versions.tick(row.version.version)
            checked = Qt.binding(() => row.chosen)
        }
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
        id: words
        x: box.width + Theme.gap
        width: parent.width - x - (back.visible ? back.width + Theme.gapLarge : 0)
        anchors.verticalCenter: parent.verticalCenter
        Words {
            width: parent.width
            text: row.newest ? qsTr("Version %1, the newest").arg(row.version.version) : qsTr("Version %1").arg(row.version.version)
            font: Theme.uiMedium
            wrapMode: Text.Wrap
        }
        HonestText {
            objectName: "versionFacts"
            width: parent.width
            foreign: row.facts()
            oneLine: true
            font: Theme.captionFont
            color: Theme.textSecondary
        }
    }
    PillButton {
        id: back
        objectName: "restoreButton"
        visible: !row.newest && row.version.restorable
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Restore")
        Accessible.name: qsTr("Restore version %1").arg(row.version.version)
        onClicked: row.restoreWanted()
    }
}
