import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* What can be added: known providers by group, found by a part of their name, and any other address. */
PageColumn {
    id: picker

    required property Item page

    function focusFirst() {
        search.input.forceActiveFocus(Qt.OtherFocusReason)
    }
    function step(from, by) {
        for (let number = from + by; number >= 0 && number < rows.count; number += by) {
            const row = rows.itemAt(number)
            if (row && row.button.enabled) {
                row.button.forceActiveFocus(Qt.TabFocusReason)
                return
            }
        }
        if (by < 0)
            search.input.forceActiveFocus(Qt.TabFocusReason)
    }

    objectName: "presetPicker"
    Component.onCompleted: App.providers.presets.search("")
    SubHead { title: qsTr("Add a provider"); onReturned: picker.page.show("list") }
    SignInBox { width: parent.width }
    Field {
        id: search
        objectName: "presetSearch"
        width: parent.width
        placeholder: qsTr("Search providers")
        input.onTextChanged: App.providers.presets.search(text)
        input.Keys.onDownPressed: picker.step(-1, 1)
    }
    Repeater {
        id: rows
        model: App.providers.presets
        Column {
            id: row
            required property var model
            required property int index
            property alias button: button
            width: parent ? parent.width : 0
            spacing: Theme.gap
            SectionTitle { visible: text !== ""; text: row.model.heading }
            Basic.AbstractButton {
                id: button
                readonly property real radius: Theme.rowRadius
                objectName: "preset_" + row.model.id
                width: parent.width
                height: words.height + Theme.padding
                enabled: row.model.kind !== "gone"
                text: row.model.title
                hoverEnabled: true
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Button
                Accessible.name: row.model.title + ". " + row.model.about
                onClicked: picker.page.edit("", row.model.id)
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
                Keys.onDownPressed: picker.step(row.index, 1)
                Keys.onUpPressed: picker.step(row.index, -1)
                HoverHandler { cursorShape: Qt.PointingHandCursor; enabled: button.enabled }
                background: Rectangle {
                    radius: button.radius
                    color: button.down ? Theme.press : button.hovered && button.enabled ? Theme.hover : Theme.clear
                    border.width: Theme.hairline
                    border.color: Theme.borderLight
                    FocusRing { target: button }
                }
                contentItem: Item {
                    Column {
                        id: words
                        x: Theme.gapLarge
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - 2 * x - Theme.iconSmall
                        Words {
                            width: parent.width
                            text: row.model.title
                            color: button.enabled ? Theme.text : Theme.textSecondary
                            elide: Text.ElideRight
                            Accessible.ignored: true
                        }
                        Note { width: parent.width; text: row.model.about; Accessible.ignored: true }
                    }
                    Icon {
                        visible: button.enabled
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.gap
                        anchors.verticalCenter: parent.verticalCenter
                        name: "chevron-right"
                        size: Theme.iconSmall
                        colour: Theme.iconTertiary
                    }
                }
            }
        }
    }
}
