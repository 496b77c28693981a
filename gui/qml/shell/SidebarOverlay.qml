import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The sidebar of a narrow window: laid over it on demand. */
Basic.Popup {
    id: overlay

    required property Item shell

    parent: Basic.Overlay.overlay
    x: mirrored && parent ? parent.width - width : 0
    y: 0
    width: Math.min(Theme.sidebarWidth, Theme.sidebarWidest)
    height: parent ? parent.height : 0
    margins: 0
    padding: 0
    modal: true
    focus: true
    closePolicy: Basic.Popup.CloseOnEscape | Basic.Popup.CloseOnPressOutside
    Basic.Overlay.modal: Rectangle {
        objectName: "sidebarScrim"
        color: Theme.scrim
        Behavior on opacity { NumberAnimation { duration: Theme.fast } }
    }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.fast } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.fast } }
    background: Item {
        Shadow {
            target: parent
            radius: 0
            blur: Theme.px(64)
            lift: 0
            strength: 0.07
        }
    }
    onOpened: holder.item.focusFirst(Qt.PopupFocusReason)
    contentItem: Loader {
        id: holder
        active: overlay.visible
        sourceComponent: SidebarPanel {
            objectName: "sidebar"
            shell: overlay.shell
        }
    }
}
