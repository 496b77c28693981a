import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* Whose models do the work in this chat: the person's own providers, a preset of them, or the scripted demo team. */
Basic.AbstractButton {
    id: selector

    required property Item shell
    property real widest: Theme.px(420)
    readonly property var teams: App.team.options
    readonly property string chosen: App.team.current
    readonly property string chosenName: {
        const found = teams.find(team => team.value === chosen)
        return found ? found.name : ""
    }
    readonly property real radius: Theme.buttonRadius

    objectName: "modelSelector"
    text: chosenName ? "MultiCoder, " + chosenName : "MultiCoder"
    implicitHeight: Theme.buttonSize
    implicitWidth: Math.min(widest, leftPadding + rightPadding + program.implicitWidth + Theme.gapSmall * 2
        + team.implicitWidth + arrow.width)
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(10)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: qsTr("Team: %1").arg(text)
    Accessible.role: Accessible.ButtonMenu
    onClicked: menu.popup(selector, 0, selector.height + Theme.gapSmall)
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    Keys.onDownPressed: clicked()
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    background: Rectangle {
        radius: selector.radius
        color: selector.down || menu.visible ? Theme.press : selector.hovered ? Theme.hover : Theme.clear
        FocusRing { target: selector }
    }
    contentItem: Item {
        Words {
            id: program
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, parent.width - arrow.width - Theme.gapSmall)
            text: "MultiCoder"
            font: Theme.modelFont
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Words {
            id: team
            visible: width > Theme.px(24)
            anchors.left: program.right
            anchors.leftMargin: Theme.gapSmall
            anchors.right: arrow.left
            anchors.rightMargin: Theme.gapSmall
            anchors.verticalCenter: parent.verticalCenter
            text: selector.chosenName
            font: Theme.modelFont
            color: Theme.textTertiary
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Icon {
            id: arrow
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-down"
            size: Theme.iconSmall
            colour: Theme.iconTertiary
        }
    }
    PopupMenu {
        id: menu
        objectName: "modelMenu"
        Instantiator {
            model: selector.teams
            delegate: MenuEntry {
                required property var modelData
                objectName: "team_" + modelData.value
                text: modelData.name
                description: modelData.description
                ticked: selector.chosen === modelData.value
                onTriggered: App.team.choose(modelData.value)
            }
            onObjectAdded: (index, entry) => menu.insertItem(index, entry)
            onObjectRemoved: (index, entry) => menu.removeItem(entry)
        }
        MenuLine {}
        MenuEntry {
            iconName: "people"
            text: qsTr("Team and models")
            onTriggered: selector.shell.openDrawer("team")
        }
        MenuEntry {
            iconName: "key"
            text: qsTr("Providers and keys")
            onTriggered: selector.shell.openDrawer("providers")
        }
    }
}
