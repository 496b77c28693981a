import QtQuick
import "../theme"
import "../controls"

/* The sidebar folded to its icons; a click on nothing opens it. */
FocusScope {
    id: rail

    required property Item shell

    function focusFirst(reason) {
        program.forceActiveFocus(reason)
    }

    implicitWidth: Theme.railWidth
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Sidebar")
    Rectangle {
        anchors.fill: parent
        color: Theme.page
    }
    HoverHandler { cursorShape: Qt.SizeHorCursor }
    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: rail.shell.toggleSidebar()
    }
    Column {
        anchors.top: parent.top
        anchors.topMargin: (Theme.headerHeight - Theme.buttonSize) / 2
        anchors.horizontalCenter: parent.horizontalCenter
        ProgramButton {
            id: program
            objectName: "openSidebar"
            opensSidebar: true
            text: qsTr("Open sidebar")
            shortcut: rail.shell.keyText("sidebar")
            tipBeside: true
            onClicked: rail.shell.toggleSidebar()
        }
        Item {
            width: Theme.buttonSize
            height: Theme.padding
        }
        IconButton {
            iconName: "pen-square"
            text: qsTr("New chat")
            shortcut: rail.shell.keyText("new")
            tipBeside: true
            onClicked: rail.shell.newChat()
        }
        IconButton {
            iconName: "search"
            text: qsTr("Search chats")
            shortcut: rail.shell.keyText("search")
            tipBeside: true
            onClicked: rail.shell.openSearch()
        }
        IconButton {
            iconName: "library"
            text: qsTr("Library")
            tipBeside: true
            onClicked: rail.shell.openDrawer("artifacts")
        }
        IconButton {
            objectName: "railProjects"
            iconName: "folder"
            text: qsTr("Projects")
            tipBeside: true
            onClicked: rail.shell.showProjects()
        }
    }
    IconButton {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.headerHeight - Theme.buttonSize) / 2
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: "settings"
        text: qsTr("Settings")
        tipBeside: true
        Accessible.description: light.word
        onClicked: rail.shell.openDrawer("")
        SystemLight {
            id: light
            objectName: "railLight"
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.px(3)
        }
    }
}
