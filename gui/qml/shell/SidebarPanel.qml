import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The sidebar at its full width: what can be begun, the chats by date, and the settings below. */
FocusScope {
    id: panel

    required property Item shell

    function focusFirst(reason) {
        newChat.forceActiveFocus(reason)
    }
    function focusChats(reason) {
        chats.forceActiveFocus(reason)
    }

    implicitWidth: Theme.sidebarWidth
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Sidebar")
    Rectangle {
        anchors.fill: parent
        color: Theme.sidebar
    }
    Item {
        id: top
        anchors.left: parent.left
        anchors.right: parent.right
        height: Theme.headerHeight
        ProgramButton {
            anchors.left: parent.left
            anchors.leftMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("New chat")
            onClicked: panel.shell.newChat()
        }
        IconButton {
            objectName: "closeSidebar"
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            iconName: panel.shell.narrow ? "x" : "panel"
            text: qsTr("Close sidebar")
            shortcut: panel.shell.keyText("sidebar")
            colour: Theme.iconSecondary
            onClicked: panel.shell.toggleSidebar()
            HoverHandler { cursorShape: panel.shell.narrow ? Qt.PointingHandCursor : Qt.SizeHorCursor }
        }
    }
    Column {
        id: nav
        anchors.top: top.bottom
        anchors.topMargin: Theme.gap
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.rowGutter
        anchors.rightMargin: Theme.rowGutter
        NavRow {
            id: newChat
            objectName: "newChat"
            width: parent.width
            iconName: "pen-square"
            text: qsTr("New chat")
            shortcut: panel.shell.keyText("new")
            onClicked: panel.shell.newChat()
        }
        NavRow {
            objectName: "searchChats"
            width: parent.width
            iconName: "search"
            text: qsTr("Search chats")
            shortcut: panel.shell.keyText("search")
            onClicked: panel.shell.openSearch()
        }
        NavRow {
            objectName: "libraryRow"
            width: parent.width
            iconName: "library"
            text: qsTr("Library")
            onClicked: panel.shell.openDrawer("artifacts")
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: chats.top
        height: Theme.hairline
        color: Theme.borderLight
        visible: !chats.atTop
    }
    ChatList {
        id: chats
        shell: panel.shell
        anchors.top: nav.bottom
        anchors.topMargin: Theme.gap
        anchors.bottom: footer.top
        anchors.left: parent.left
        anchors.right: parent.right
    }
    Item {
        id: footer
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        height: Theme.headerHeight
        Rectangle {
            anchors.top: parent.top
            width: parent.width
            height: Theme.hairline
            color: Theme.borderLight
        }
        NavRow {
            objectName: "settingsRow"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.rowGutter
            anchors.rightMargin: Theme.rowGutter
            anchors.verticalCenter: parent.verticalCenter
            iconName: "settings"
            text: qsTr("Settings")
            Accessible.description: light.word
            onClicked: panel.shell.openDrawer("")
            SystemLight {
                id: light
                anchors.verticalCenter: parent ? parent.verticalCenter : undefined
            }
        }
    }
}
