import QtQuick
import "../theme"
import "../controls"

/* The line on top of the main area: the way to the sidebar, the team, the run at work and the chat's menu. */
FocusScope {
    id: header

    required property Item shell

    function focusFirst(reason) {
        (hamburger.visible ? hamburger : model).forceActiveFocus(reason)
    }

    objectName: "header"
    implicitHeight: Theme.headerHeight
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Header")
    Rectangle {
        anchors.fill: parent
        color: Theme.page
    }
    IconButton {
        id: hamburger
        objectName: "hamburger"
        visible: header.shell.narrow
        anchors.left: parent.left
        anchors.leftMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        iconName: "menu"
        text: qsTr("Open sidebar")
        shortcut: header.shell.keyText("sidebar")
        onClicked: header.shell.toggleSidebar()
    }
    ModelSelector {
        id: model
        shell: header.shell
        anchors.left: hamburger.visible ? hamburger.right : parent.left
        anchors.leftMargin: hamburger.visible ? Theme.gapSmall : Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        widest: header.width - actions.width - 3 * Theme.gapLarge - (hamburger.visible ? hamburger.width : 0)
    }
    Row {
        id: actions
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gapLarge
        RunPill {
            shell: header.shell
            short: header.width < Theme.px(620)
        }
        IconButton {
            id: overflow
            objectName: "overflow"
            visible: App.chats.current !== ""
            iconName: "dots"
            text: qsTr("More about this chat")
            onClicked: menu.popup(overflow, overflow.width - menu.width, overflow.height + Theme.gapSmall)
        }
    }
    OverflowMenu {
        id: menu
        shell: header.shell
    }
}
