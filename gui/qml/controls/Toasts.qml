import QtQuick
import "../theme"

/* Short messages at the top of the window, at most three; what they say also stands elsewhere. */
Column {
    id: toasts

    spacing: Theme.gap
    Repeater {
        model: App.toasts
        Rectangle {
            id: toast
            required property int index
            required property string text
            required property string kind
            width: Math.min(message.implicitWidth + Theme.px(62), toasts.width)
            height: message.implicitHeight + 2 * Theme.gapLarge
            anchors.horizontalCenter: parent ? parent.horizontalCenter : undefined
            radius: Theme.rowRadius + Theme.px(4)
            color: Theme.raised
            border.width: Theme.hairline
            border.color: kind === "error" ? Theme.errorInk : Theme.border
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
            Icon {
                x: Theme.padding
                anchors.verticalCenter: parent.verticalCenter
                name: toast.kind === "error" ? "alert" : toast.kind === "success" ? "check" : "info"
                size: Theme.iconSmall
                colour: toast.kind === "error" ? Theme.errorInk : toast.kind === "success" ? Theme.green : Theme.icon
            }
            Words {
                id: message
                x: Theme.px(44)
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, toasts.width - Theme.px(62))
                text: toast.text
                wrapMode: Text.Wrap
            }
            Timer {
                interval: 5000
                running: true
                onTriggered: App.toasts.dismiss(toast.index)
            }
            Shadow { target: toast; radius: toast.radius }
            TapHandler { onTapped: App.toasts.dismiss(toast.index) }
        }
    }
}
