import QtQuick
import "../theme"
import "../controls"

/* One key of a provider, known by its ends only. */
Rectangle {
    id: row

    required property var modelData
    required property string provider
    required property string name
    readonly property string title: modelData.label || qsTr("First key")
    readonly property var look: ({
        "ok": {light: "ok", word: qsTr("In order")},
        "limited": {light: "degraded", word: modelData.seconds > 0 ? qsTr("At its limit for %1 s").arg(modelData.seconds) : qsTr("At its limit")},
        "refused": {light: "down", word: qsTr("Refused")},
        "locked": {light: "down", word: modelData.problem},
        "missing": {light: "degraded", word: qsTr("Not in the key storage")},
        "keyless": {light: "ok", word: qsTr("No key is needed")},
        "off": {light: "off", word: qsTr("Off")},
    })[modelData.state] || {light: "unknown", word: ""}
    signal replaced(var key)

    objectName: "providerKeyRow"
    height: column.height + 2 * Theme.gapLarge
    radius: Theme.gapLarge
    color: Theme.dark ? Theme.raised : Theme.sidebar
    border.width: Theme.hairline
    border.color: Theme.borderLight
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, modelData.hint, look.word].filter(part => part).join(", ")
    Column {
        id: column
        x: Theme.gapLarge
        y: Theme.gapLarge
        width: parent.width - 2 * x
        spacing: Theme.gapSmall
        Item {
            width: parent.width
            height: used.height
            Lamp { id: lamp; anchors.verticalCenter: parent.verticalCenter; light: row.look.light }
            Words {
                anchors.left: lamp.right
                anchors.leftMargin: Theme.gap
                anchors.right: used.left
                anchors.verticalCenter: parent.verticalCenter
                text: row.title + (row.modelData.hint ? "   " + row.modelData.hint : "")
                font: Theme.uiMedium
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            Toggle {
                id: used
                objectName: "keyUsed"
                anchors.right: parent.right
                text: qsTr("Use the key %1").arg(row.title)
                checked: row.modelData.enabled
                onToggled: App.providers.enableKey(row.provider, row.modelData.label, checked)
            }
        }
        Note { objectName: "keyState"; width: parent.width; text: row.look.word }
        Note {
            width: parent.width
            visible: text !== ""
            text: [
                row.modelData.perMinute > 0 ? qsTr("%1 a minute").arg(row.modelData.perMinute) : "",
                row.modelData.parallel > 0 ? qsTr("%1 at the same time").arg(row.modelData.parallel) : "",
                row.modelData.sent > 0 ? qsTr("%n sent", "", row.modelData.sent) : ""
            ].filter(part => part).join(" · ")
        }
        Flow {
            width: parent.width
            topPadding: Theme.gapSmall
            spacing: Theme.gap
            PillButton {
                objectName: "replaceKey"
                implicitHeight: Theme.smallButton
                text: qsTr("Replace")
                Accessible.name: qsTr("Replace the key %1").arg(row.title)
                onClicked: row.replaced(row.modelData)
            }
            PillButton {
                objectName: "deleteKey"
                implicitHeight: Theme.smallButton
                kind: "dangerGhost"
                text: qsTr("Delete…")
                Accessible.name: qsTr("Delete the key %1").arg(row.title)
                onClicked: deletion.open()
            }
        }
    }
    ConfirmDialog {
        id: deletion
        objectName: "deleteKeyDialog"
        title: qsTr("Delete this key?")
        question: qsTr("“%1” of %2 leaves the key storage of this computer. At its maker it stays valid until it is withdrawn there.").arg(row.title).arg(row.name)
        verb: qsTr("Delete")
        onAgreed: App.providers.removeKey(row.provider, row.modelData.label)
    }
}
