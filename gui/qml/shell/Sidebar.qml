import QtQuick
import "../theme"

/* Both layers of the sidebar of a wide window: the width jumps, the layers fade into each other. */
Item {
    id: sidebar

    required property Item shell
    property bool open: true

    function focusFirst(reason) {
        (open ? panel : rail).focusFirst(reason)
    }

    function focusChats(reason) {
        panel.focusChats(reason)
    }

    width: open ? Theme.sidebarWidth : Theme.railWidth
    clip: true
    Rail {
        id: rail
        objectName: "rail"
        shell: sidebar.shell
        anchors.left: parent.left
        height: parent.height
        width: Theme.railWidth
        opacity: sidebar.open ? 0 : 1
        visible: opacity > 0
        enabled: !sidebar.open
        Behavior on opacity { NumberAnimation { duration: Theme.fast } }
    }
    SidebarPanel {
        id: panel
        objectName: "sidebar"
        shell: sidebar.shell
        anchors.left: parent.left
        height: parent.height
        width: Theme.sidebarWidth
        opacity: sidebar.open ? 1 : 0
        visible: opacity > 0
        enabled: sidebar.open
        Behavior on opacity { NumberAnimation { duration: Theme.fast } }
    }
    Rectangle {
        anchors.right: parent.right
        width: Theme.hairline
        height: parent.height
        color: Theme.borderLight
    }
}
