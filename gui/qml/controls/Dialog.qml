import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* A dialog in the middle of the window; Esc closes it and the focus goes back to where it was. */
Basic.Popup {
    id: dialog

    property string title
    property real widest: Theme.px(680)
    default property alias body: holder.data
    property alias actions: buttons.data

    parent: Basic.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(widest, parent ? parent.width - 2 * Theme.marginBase : widest)
    modal: true
    focus: true
    closePolicy: Basic.Popup.CloseOnEscape | Basic.Popup.CloseOnPressOutside
    padding: Theme.px(24)
    Basic.Overlay.modal: Rectangle { color: Theme.scrim }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.fast } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.fast } }
    background: Rectangle {
        color: Theme.raised
        radius: Theme.cardRadius
        border.width: Theme.hairline
        border.color: Theme.borderLight
    }
    contentItem: Column {
        spacing: Theme.padding
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.title
        Words {
            visible: dialog.title !== ""
            text: dialog.title
            font: Theme.fontOf(18, 600)
            width: parent.width
            wrapMode: Text.Wrap
        }
        Column {
            id: holder
            width: parent.width
            spacing: Theme.gapLarge
        }
        // Side by side where the words leave room for it, else one below the other.
        Grid {
            id: buttons
            readonly property real natural: Array.from(children).reduce((sum, button) => sum + button.implicitWidth + spacing, -spacing)
            visible: children.length > 0
            anchors.right: parent.right
            columns: natural > parent.width ? 1 : Math.max(1, children.length)
            horizontalItemAlignment: Grid.AlignRight
            spacing: Theme.gap
        }
    }
}
