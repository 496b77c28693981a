import QtQuick
import "../theme"
import "../controls"

/* One role: who answers now, and which models the person wishes for it, best first. */
Rectangle {
    id: row

    required property var model

    objectName: "roleRow"
    height: column.height + 2 * Theme.gapLarge
    radius: Theme.gapLarge
    color: Theme.dark ? Theme.raised : Theme.sidebar
    border.width: Theme.hairline
    border.color: Theme.borderLight
    Accessible.role: Accessible.Grouping
    Accessible.name: [model.title, model.about, now.text].filter(part => part).join(", ")
    Column {
        id: column
        x: Theme.gapLarge
        y: Theme.gapLarge
        width: parent.width - 2 * x
        spacing: Theme.gapSmall
        Item {
            width: parent.width
            height: Math.max(names.height, add.height)
            Column {
                id: names
                anchors.left: parent.left
                anchors.right: add.left
                anchors.rightMargin: Theme.gap
                Words { width: parent.width; text: row.model.title; font: Theme.uiMedium; elide: Text.ElideRight; Accessible.ignored: true }
                Note { width: parent.width; text: row.model.about; Accessible.ignored: true }
            }
            PillButton {
                id: add
                objectName: "wishModels"
                anchors.right: parent.right
                implicitHeight: Theme.smallButton
                text: qsTr("Choose…")
                Accessible.name: qsTr("Choose models for: %1").arg(row.model.title)
                onClicked: choosing.ask()
            }
        }
        Note {
            id: now
            objectName: "roleAnswers"
            width: parent.width
            visible: text !== ""
            text: row.model.answers ? qsTr("Answers now: %1").arg(App.desktop.oneLine(row.model.answers)) : ""
        }
        Repeater {
            model: row.model.wished
            Item {
                id: wish
                required property string modelData
                required property int index
                objectName: "wishRow"
                width: column.width
                height: Theme.smallButton
                Words {
                    anchors.left: parent.left
                    anchors.right: buttons.left
                    anchors.rightMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    text: (wish.index + 1) + ". " + App.desktop.oneLine(wish.modelData)
                    elide: Text.ElideMiddle
                }
                Row {
                    id: buttons
                    anchors.right: parent.right
                    IconButton {
                        objectName: "wishUp"
                        size: Theme.smallButton; iconSize: Theme.iconSmall; iconName: "arrow-up"
                        enabled: wish.index > 0
                        text: qsTr("Prefer %1").arg(wish.modelData)
                        onClicked: App.team.roles.move(row.model.role, wish.modelData, -1)
                    }
                    IconButton {
                        objectName: "wishDown"
                        size: Theme.smallButton; iconSize: Theme.iconSmall; iconName: "arrow-down"
                        enabled: wish.index < row.model.wished.length - 1
                        text: qsTr("Put %1 behind").arg(wish.modelData)
                        onClicked: App.team.roles.move(row.model.role, wish.modelData, 1)
                    }
                    IconButton {
                        objectName: "wishNoMore"
                        size: Theme.smallButton; iconSize: Theme.iconSmall; iconName: "x"
                        text: qsTr("No longer wish for %1").arg(wish.modelData)
                        onClicked: App.team.roles.toggle(row.model.role, wish.modelData)
                    }
                }
            }
        }
    }
    ModelsDialog {
        id: choosing
        function ask() {
            offered = [...new Set([...App.providers.models(), ...App.team.roles.models, ...row.model.wished])]
            open()
        }
        objectName: "wishDialog"
        title: row.model.title
        help: qsTr("The first one that can be reached answers. A provider without a model stands for whatever it offers.")
        chosen: row.model.wished
        fetches: true
        onToggled: name => App.team.roles.toggle(row.model.role, name)
        onFetching: App.providers.testAll()
        Connections {
            target: App.providers
            enabled: choosing.visible
            function onDataChanged() {
                choosing.offered = [...new Set([...choosing.offered, ...App.providers.models()])]
            }
        }
    }
}
