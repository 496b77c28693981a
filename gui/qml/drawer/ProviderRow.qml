import QtQuick
import "../theme"
import "../controls"

/* One provider: where it is, how it does, and what can be done with it. */
Rectangle {
    id: row

    required property var model
    required property int index
    signal edited()

    objectName: "providerRow"
    height: column.height + 2 * Theme.gapLarge
    radius: Theme.gapLarge
    color: Theme.dark ? Theme.raised : Theme.sidebar
    border.width: Theme.hairline
    border.color: Theme.borderLight
    Accessible.role: Accessible.ListItem
    Accessible.name: [model.name, model.host, lamp.word, model.evidence].filter(part => part).join(", ")
    Column {
        id: column
        x: Theme.gapLarge
        y: Theme.gapLarge
        width: parent.width - 2 * x
        spacing: Theme.gapSmall
        Item {
            width: parent.width
            height: Math.max(names.height, used.height)
            Lamp { id: lamp; y: Theme.px(4); light: row.model.state }
            Column {
                id: names
                anchors.left: lamp.right
                anchors.leftMargin: Theme.gap
                anchors.right: used.left
                Words { width: parent.width; text: row.model.name; font: Theme.uiMedium; elide: Text.ElideRight; Accessible.ignored: true }
                Note { width: parent.width; visible: text !== ""; text: row.model.host; elide: Text.ElideRight; wrapMode: Text.NoWrap }
            }
            Toggle {
                id: used
                objectName: "providerUsed"
                anchors.right: parent.right
                text: qsTr("Use %1").arg(row.model.name)
                checked: row.model.enabled
                onToggled: {
                    if (!checked)
                        App.providers.disable(row.model.id)
                    else if (App.providers.knows(row.model.id))
                        App.providers.enable(row.model.id)
                    else
                        row.edited()
                    checked = Qt.binding(() => row.model.enabled)
                }
            }
        }
        Note {
            width: parent.width
            text: [lamp.word, row.model.latency, row.model.success ? qsTr("%1 of the looks went well").arg(row.model.success) : ""].filter(part => part).join(" · ")
        }
        Note { width: parent.width; visible: text !== ""; text: row.model.evidence }
        Note { width: parent.width; visible: text !== ""; text: row.model.action; color: Theme.warningInk }
        Note { width: parent.width; visible: row.model.models.length > 0; text: qsTr("Models: %1").arg(row.model.models.join(", ")) }
        Row {
            topPadding: Theme.gapSmall
            spacing: Theme.gap
            PillButton {
                objectName: "testProvider"
                implicitHeight: Theme.smallButton
                visible: row.model.enabled
                enabled: row.model.state !== "testing"
                text: qsTr("Test")
                Accessible.name: qsTr("Test %1").arg(row.model.name)
                onClicked: App.providers.test(row.model.id)
            }
            PillButton {
                objectName: "editProvider"
                implicitHeight: Theme.smallButton
                text: qsTr("Change")
                Accessible.name: qsTr("Change %1").arg(row.model.name)
                onClicked: row.edited()
            }
        }
    }
}
