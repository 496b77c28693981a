import QtQuick
import "../theme"
import "../controls"

/* One provider: where it is, how it and its keys do, and what can be done with it. */
Column {
    id: row

    required property var model
    required property int index
    required property Item list
    required property Item page

    objectName: "providerRow"
    spacing: Theme.gap
    opacity: list.dragged === index ? 0.5 : 1
    Accessible.role: Accessible.ListItem
    Accessible.name: [model.name, model.host, lamp.word, model.keyWords, model.evidence].filter(part => part).join(", ")
    SectionTitle { visible: text !== ""; text: row.model.heading }
    Rectangle {
        width: parent.width
        height: column.height + 2 * Theme.gapLarge
        radius: Theme.gapLarge
        color: Theme.dark ? Theme.raised : Theme.sidebar
        border.width: Theme.hairline
        border.color: Theme.borderLight
        Item {
            id: grip
            objectName: "providerGrip"
            width: Theme.px(28)
            height: parent.height
            visible: App.providers.count > 1
            Icon { anchors.centerIn: parent; name: "grip"; size: Theme.iconSmall; colour: Theme.iconTertiary }
            HoverHandler { cursorShape: drag.active ? Qt.ClosedHandCursor : Qt.OpenHandCursor }
            DragHandler {
                id: drag
                target: null
                xAxis.enabled: false
                grabPermissions: PointerHandler.CanTakeOverFromAnything
                onActiveChanged: active ? row.list.begin(row.index) : row.list.end()
                onCanceled: row.list.dragged = -1
                onCentroidChanged: if (active) row.list.look(grip.mapToItem(row.parent, 0, centroid.position.y).y)
            }
        }
        Column {
            id: column
            x: grip.visible ? grip.width : Theme.gapLarge
            y: Theme.gapLarge
            width: parent.width - x - Theme.gapLarge
            spacing: Theme.gapSmall
            Item {
                width: parent.width
                height: Math.max(names.height, controls.height)
                Lamp { id: lamp; y: Theme.px(4); light: row.model.state }
                Column {
                    id: names
                    anchors.left: lamp.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: controls.left
                    anchors.rightMargin: Theme.gap
                    Row {
                        width: parent.width
                        spacing: Theme.gap
                        Words {
                            width: Math.min(implicitWidth, parent.width - (fragile.visible ? fragile.width + Theme.gap : 0))
                            text: row.model.name
                            font: Theme.uiMedium
                            elide: Text.ElideRight
                            Accessible.ignored: true
                        }
                        Note { id: fragile; visible: row.model.web; anchors.verticalCenter: parent.verticalCenter; text: qsTr("fragile"); color: Theme.warningInk }
                    }
                    Note { width: parent.width; visible: text !== ""; text: row.model.host; elide: Text.ElideRight; wrapMode: Text.NoWrap }
                }
                Row {
                    id: controls
                    anchors.right: parent.right
                    spacing: Theme.gapSmall
                    Toggle {
                        objectName: "providerUsed"
                        text: qsTr("Use %1").arg(row.model.name)
                        checked: row.model.enabled
                        onToggled: {
                            App.providers.enable(row.model.id, checked)
                            checked = Qt.binding(() => row.model.enabled)
                        }
                    }
                    IconButton {
                        id: dots
                        objectName: "providerMenu"
                        size: Theme.smallButton
                        iconSize: Theme.iconSmall
                        iconName: "dots"
                        text: qsTr("More about %1").arg(row.model.name)
                        onClicked: menu.popup(dots, dots.width - menu.width, dots.height + Theme.gapSmall)
                    }
                }
            }
            Note {
                width: parent.width
                text: [lamp.word, row.model.latency, row.model.success ? qsTr("%1 of the looks went well").arg(row.model.success) : "", row.model.keyWords].filter(part => part).join(" · ")
            }
            Note { objectName: "providerEvidence"; width: parent.width; visible: text !== ""; text: row.model.evidence; color: row.model.state === "degraded" ? Theme.yellowInk : Theme.alpha(Theme.text, 0.7) }
            Note { width: parent.width; visible: text !== ""; text: row.model.action; color: Theme.warningInk }
            Note { width: parent.width; visible: row.model.models.length > 0; text: qsTr("Models: %1").arg(row.model.models.join(", ")) }
            Flow {
                width: parent.width
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
                    onClicked: row.page.edit(row.model.id, "")
                }
                PillButton {
                    objectName: "showKeys"
                    implicitHeight: Theme.smallButton
                    visible: !row.model.web
                    text: qsTr("Keys")
                    Accessible.name: qsTr("Keys of %1").arg(row.model.name)
                    onClicked: row.page.showKeys(row.model.id)
                }
            }
        }
    }
    PopupMenu {
        id: menu
        MenuEntry { objectName: "moveUp"; iconName: "arrow-up"; text: qsTr("Move up"); enabled: row.index > 0; onTriggered: App.providers.move(row.index, row.index - 1) }
        MenuEntry {
            objectName: "moveDown"
            iconName: "arrow-down"
            text: qsTr("Move down")
            enabled: row.index < App.providers.count - 1
            onTriggered: App.providers.move(row.index, row.index + 1)
        }
        MenuEntry {
            objectName: "signInAtPage"
            iconName: "globe"
            text: qsTr("Sign in at its page…")
            visible: row.model.web
            height: visible ? implicitHeight : 0
            onTriggered: App.providers.signInAtPage(row.model.id)
        }
        MenuLine {}
        MenuEntry { objectName: "removeProvider"; iconName: "trash"; dangerous: true; text: qsTr("Delete…"); onTriggered: deletion.open() }
    }
    ConfirmDialog {
        id: deletion
        objectName: "removeProviderDialog"
        title: qsTr("Delete this provider?")
        question: qsTr("“%1” leaves the list, and its keys leave the key storage. Other programs keep theirs.").arg(row.model.name)
        verb: qsTr("Delete")
        onAgreed: App.providers.remove(row.model.id)
    }
}
