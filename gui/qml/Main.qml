import QtQuick
import QtQuick.Controls.Basic as Basic
import "theme"
import "shell"

Basic.ApplicationWindow {
    id: window

    minimumWidth: 480
    minimumHeight: 480
    title: "MultiCoder"
    color: Theme.page
    property bool mirrored: Application.layoutDirection === Qt.RightToLeft

    LayoutMirroring.enabled: mirrored
    LayoutMirroring.childrenInherit: true
    onClosing: close => close.accepted = shell.mayClose()
    Component.onCompleted: App.placement.restore(window)

    Shell {
        id: shell
        anchors.fill: parent
        focus: true
    }
}
