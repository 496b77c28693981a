import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* All keys of the window in groups. */
Dialog {
    id: dialog

    required property Item shortcuts
    readonly property var groups: [
        {id: "chats", text: qsTr("Chats")},
        {id: "writing", text: qsTr("Writing")},
        {id: "cards", text: qsTr("Cards that ask you")},
        {id: "window", text: qsTr("Window")}
    ]

    objectName: "shortcutsDialog"
    title: qsTr("Keyboard shortcuts")
    widest: Theme.px(560)
    Flickable {
        id: flick
        width: parent.width
        height: Math.min(list.height, (dialog.parent ? dialog.parent.height : Theme.px(480)) - Theme.px(180))
        contentHeight: list.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        focus: true
        Accessible.role: Accessible.List
        Accessible.name: dialog.title
        Keys.onUpPressed: flick.flick(0, Theme.px(600))
        Keys.onDownPressed: flick.flick(0, -Theme.px(600))
        Basic.ScrollBar.vertical: SlimScrollBar {}
        Column {
            id: list
            width: parent.width - Theme.gapLarge
            spacing: Theme.padding
            Repeater {
                model: dialog.groups
                Column {
                    id: group
                    required property var modelData
                    width: list.width
                    Words {
                        text: group.modelData.text
                        font: Theme.chipFont
                        color: Theme.textTertiary
                        bottomPadding: Theme.gapSmall
                    }
                    Repeater {
                        model: dialog.shortcuts.all.filter(key => key.group === group.modelData.id)
                        Item {
                            id: line
                            required property var modelData
                            width: group.width
                            height: Theme.rowHeight
                            Words {
                                anchors.left: parent.left
                                anchors.right: caps.left
                                anchors.rightMargin: Theme.gapLarge
                                anchors.verticalCenter: parent.verticalCenter
                                text: line.modelData.text
                                elide: Text.ElideRight
                                Accessible.name: text + ": " + line.modelData.keys
                            }
                            Row {
                                id: caps
                                anchors.right: parent.right
                                anchors.verticalCenter: parent.verticalCenter
                                spacing: Theme.gapSmall
                                Repeater {
                                    model: dialog.shortcuts.shown(line.modelData.keys).split("+").map(part => part || "+")
                                    KeyCap {
                                        required property string modelData
                                        text: modelData
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    actions: [
        PillButton {
            text: qsTr("Close")
            onClicked: dialog.close()
        }
    ]
}
